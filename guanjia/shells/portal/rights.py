"""What residents may do that nobody else does."""

from guanjia.people import posts

RIGHTS = {"portal.change_number": frozenset({posts.RESIDENT})}
