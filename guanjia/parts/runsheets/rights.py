"""Everybody carries procedures out; which ones follows from the clause's own roles (see `queries.is_for`)."""

from guanjia.people import posts

WORKERS = posts.EVERYONE - {posts.ADMINISTRATOR, posts.GENERAL_MANAGER}
RIGHTS = {
    "runsheets.start": WORKERS,
    "runsheets.tick": WORKERS,
    "runsheets.skip": WORKERS,
    "runsheets.finish": WORKERS,
    "runsheets.abandon": posts.SUPERVISORS | posts.MANAGERS - {posts.GENERAL_MANAGER} | {
        posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER,
    },
}  # fmt: skip
