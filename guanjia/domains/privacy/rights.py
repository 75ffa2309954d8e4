"""Who may see in full, tell, and change rights."""

from guanjia.people import posts

_CONTACTS = posts.SERVICE | posts.SUPERVISORS | {posts.CASHIER}

RIGHTS = {
    "privacy.reveal": _CONTACTS,
    "privacy.reveal_contact": _CONTACTS,
    "privacy.reveal_document": frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER}),
    "privacy.disclose": frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER}),
    "privacy.export": posts.SUPERVISORS | {posts.ADMINISTRATOR, posts.HR_OFFICER, posts.COMPANY_SERVICE},
    "privacy.sign_nda": frozenset({posts.ADMINISTRATOR, posts.HR_OFFICER, posts.SERVICE_MANAGER}),
    "privacy.override_right": frozenset({posts.ADMINISTRATOR, posts.PROJECT_MANAGER}),
}
