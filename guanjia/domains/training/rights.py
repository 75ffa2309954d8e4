"""Service leads and the group's quality department examine; everybody sits, learns and signs for themself."""

from guanjia.people import posts

EXAMINERS = frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.COMPANY_SERVICE})
PLANNERS = EXAMINERS | {posts.HR_OFFICER, posts.PROJECT_MANAGER}
EDITORS = EXAMINERS | {posts.SERVICE_OFFICER, posts.PROJECT_MANAGER}
DECIDERS = frozenset({posts.PROJECT_MANAGER, posts.SERVICE_MANAGER})
# Heads of a department (TRN-15): their people come onto the roster with certificates.
HEADS = frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER})
RIGHTS = {
    "training.write_question": EXAMINERS,
    "training.renew_question": EXAMINERS,
    "training.withdraw_question": EXAMINERS,
    "training.hold_exam": EXAMINERS | {posts.HR_OFFICER},
    "training.call_off_exam": EXAMINERS | {posts.HR_OFFICER},
    "training.begin": posts.EVERYONE,
    "training.hand_in": posts.EVERYONE,
    "training.confirm_result": EXAMINERS | {posts.PROJECT_MANAGER},
    "training.print_result": PLANNERS,
    "training.print_paper": EXAMINERS | {posts.HR_OFFICER},
    "training.print_register": PLANNERS,
    "training.plan_course": PLANNERS,
    "training.call_off_course": PLANNERS,
    "training.print_plan": PLANNERS,
    "training.give": PLANNERS,
    "training.give_course": PLANNERS,
    "training.attend": posts.EVERYONE,
    "training.close_course": PLANNERS,
    "training.print_record": PLANNERS,
    "training.write_handbook": EDITORS,
    "training.note_change": EDITORS,
    "training.update_handbook": EDITORS,
    "training.check_handbook": EDITORS,
    "training.print_handbook": EDITORS,
    "training.register_certificate": HEADS | {posts.HR_OFFICER},
    "training.renew_certificate": HEADS | {posts.HR_OFFICER},
    "training.strike_certificate": HEADS | {posts.HR_OFFICER},
    "training.print_certificates": HEADS | {posts.HR_OFFICER},
    "training.change_clothes": posts.EVERYONE,
    "training.confirm_in_post": EXAMINERS,
    "training.demand_confirmation": DECIDERS,
    "training.end_demand": DECIDERS,
}
