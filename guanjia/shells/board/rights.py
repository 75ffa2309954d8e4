"""Managers and administrators hang up a board and take it down."""

from guanjia.people import posts

RIGHTS = dict.fromkeys(
    ("board.pair_display", "board.rename_display", "board.revoke_display"), posts.SETTERS | posts.MANAGERS
)
