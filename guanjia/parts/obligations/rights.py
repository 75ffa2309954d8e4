"""Everybody who owes something may explain a miss; managers excuse one."""

from guanjia.people import posts

RIGHTS = {
    "obligations.explain": posts.EVERYONE - {posts.ADMINISTRATOR, posts.GENERAL_MANAGER},
    "obligations.excuse": frozenset({posts.SERVICE_MANAGER, posts.PROJECT_MANAGER}),
}
