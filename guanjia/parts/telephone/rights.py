"""Administrators connect; who answers takes a seat."""

from guanjia.people import posts

from .models import SETTERS

RIGHTS = {
    "telephone.connect": SETTERS,
    "telephone.change_line_secret": SETTERS,
    "telephone.disconnect": SETTERS,
    "telephone.take_seat": posts.SERVICE,
}
