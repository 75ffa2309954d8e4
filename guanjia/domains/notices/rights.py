"""Who serves residents drafts; who leads reviews and publishes (NTC-02)."""

from guanjia.people import posts

AUTHORS = posts.SERVICE | posts.SUPERVISORS | {posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER}
REVIEWERS = posts.SUPERVISORS

RIGHTS = {
    "notices.draft": AUTHORS,
    "notices.revise": AUTHORS,
    "notices.publish": REVIEWERS,
    "notices.drop": AUTHORS,
    "notices.take_down": REVIEWERS,
}
