"""Who may do what to people's own accounts: everybody to their own."""

from . import posts

_ALL = posts.EVERYONE | {posts.RESIDENT}
RIGHTS = {"people.change_password": _ALL, "people.set_language": _ALL, "people.set_pin": _ALL}
