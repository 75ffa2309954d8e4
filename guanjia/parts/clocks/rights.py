"""Who may speak about a breach, and who may take one out of the rate."""

from guanjia.people import posts

RIGHTS = {
    "clocks.give_reason": posts.SERVICE | posts.ENGINEERING | posts.SUPERVISORS | posts.SECURITY,
    "clocks.exempt": frozenset({posts.SERVICE_MANAGER, posts.PROJECT_MANAGER}),
}
