"""Who may revisit."""

from guanjia.people import posts

RIGHTS = {"followups.revisit": (posts.SERVICE - {posts.CONTROL_ROOM}) | posts.SUPERVISORS}
