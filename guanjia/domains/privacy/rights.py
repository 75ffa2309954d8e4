"""Who may see in full, tell, and change rights."""

from guanjia.people import posts

_CONTACTS = posts.SERVICE | posts.SUPERVISORS | {posts.CASHIER}

RIGHTS = {
    "privacy.reveal": _CONTACTS,
    "privacy.reveal_contact": _CONTACTS,
    "privacy.reveal_document": posts.DOCUMENT_READERS,
    "privacy.disclose": posts.DOCUMENT_READERS | posts.COUNTER,
    "privacy.export": posts.SUPERVISORS | {posts.ADMINISTRATOR, posts.HR_OFFICER, posts.COMPANY_SERVICE},
    "privacy.sign_nda": frozenset({posts.ADMINISTRATOR, posts.HR_OFFICER, posts.SERVICE_MANAGER}),
    "privacy.print_nda": frozenset({posts.ADMINISTRATOR, posts.HR_OFFICER, posts.SERVICE_MANAGER}),
    "privacy.ask": posts.SERVICE | {posts.RESIDENT},
    "privacy.grant": posts.DOCUMENT_READERS,
    "privacy.decline": posts.DOCUMENT_READERS,
    "privacy.erase": posts.DOCUMENT_READERS,
    "privacy.let_go": frozenset({posts.SERVICE_MANAGER, posts.PROJECT_MANAGER}),
    "privacy.decide_keeping": frozenset({posts.PROJECT_MANAGER, posts.ADMINISTRATOR}),
    "privacy.record_trial": frozenset({posts.ADMINISTRATOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER}),
    "privacy.override_right": frozenset({posts.ADMINISTRATOR, posts.PROJECT_MANAGER}),
}
