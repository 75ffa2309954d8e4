"""Who may do what to people's own accounts: everybody to their own."""

from . import posts

RIGHTS = {"people.change_password": posts.EVERYONE | {posts.RESIDENT}}
