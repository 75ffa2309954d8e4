"""Anybody of the staff may find something; the counter and security give back; security takes over."""

from guanjia.people import posts

FINDERS = posts.EVERYONE - {posts.ADMINISTRATOR, posts.GENERAL_MANAGER, posts.COMPANY_SERVICE, posts.HR_OFFICER}
KEEPERS = posts.COUNTER | posts.SUPERVISORS | posts.SECURITY | {posts.STEWARD, posts.SERVICE_LEAD}
RIGHTS = {
    "lostfound.register_find": FINDERS,
    "lostfound.claim": KEEPERS,
    "lostfound.hand_to_security": posts.SECURITY,
    "lostfound.dispose": posts.SUPERVISORS | {posts.SECURITY_MANAGER},
    "lostfound.report_loss": KEEPERS | {posts.RESIDENT},
    "lostfound.match": KEEPERS,
    "lostfound.give_up": KEEPERS | {posts.RESIDENT},
    "lostfound.print_record": KEEPERS,
    "lostfound.print_label": KEEPERS,
}
