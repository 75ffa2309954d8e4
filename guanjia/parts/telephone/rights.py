"""Administrators connect; who answers takes a seat."""

from guanjia.people import posts

RIGHTS = {
    "telephone.connect": posts.SETTERS,
    "telephone.change_line_secret": posts.SETTERS,
    "telephone.disconnect": posts.SETTERS,
    "telephone.take_seat": posts.SERVICE,
}
