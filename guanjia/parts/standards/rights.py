"""Who decides otherwise than the Book: the group's quality department, and managers for their own project."""

from guanjia.people import posts

DECIDERS = frozenset({posts.COMPANY_SERVICE, posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER})

RIGHTS = {
    "standards.change_limit": DECIDERS,
    "standards.keep_default": DECIDERS,
    "standards.withdraw_edition": DECIDERS,
    "standards.decide_day": DECIDERS,
}
