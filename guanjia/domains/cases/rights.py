"""Who may do what with a case."""

from guanjia.people import posts

TAKERS = posts.SERVICE | {posts.SECURITY_GUARD, posts.PROJECT_MANAGER, posts.DUTY_MANAGER}
CASE_STAFF = posts.SERVICE | posts.ENGINEERING | posts.SUPERVISORS
LEADS = posts.SUPERVISORS

RIGHTS = {
    "cases.record_enquiry": TAKERS | {posts.RESIDENT},
    "cases.answer": posts.SERVICE | posts.SUPERVISORS,
    "cases.note": CASE_STAFF | {posts.RESIDENT},
    "cases.join": TAKERS,
    "cases.chase": posts.SERVICE | posts.SUPERVISORS | {posts.RESIDENT},
    "cases.refer": posts.SERVICE,
    "cases.reply_outside": posts.SERVICE | posts.SUPERVISORS,
    "cases.send_to_cleaning": posts.SERVICE | posts.SUPERVISORS,
    "cases.answer_cleaning": posts.SUPERVISORS | {posts.CLEANING_LEAD},
    "cases.observe": posts.SERVICE | posts.SUPERVISORS,
    "cases.change_urgency": posts.SERVICE | posts.SUPERVISORS | {posts.ENGINEERING_SUPERVISOR},
    "cases.cancel": posts.SERVICE | posts.SUPERVISORS | {posts.RESIDENT},
    "cases.force_close": LEADS,
    "cases.reopen": posts.SERVICE | posts.SUPERVISORS,
    "cases.print_call": posts.SERVICE | posts.SUPERVISORS,
    "cases.export": posts.SUPERVISORS | {posts.SERVICE_OFFICER},
}
