"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.gifts.operations import receive
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "gifts:page": "gift",
}


def a_gift(community: Community) -> Any:
    said: dict[str, Any] = {"giver": community.owner.name, "description": "茶叶一盒", "declined": True}
    return receive(community.project, by=community.by("steward"), **said)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "gift": a_gift,
}
