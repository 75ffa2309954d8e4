"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.goods.operations import register_good
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "goods:page": "borrowable",
}


def a_good(community: Community) -> Any:
    return register_good(community.project, by=community.by("receptionist"), name="雨伞", position="前台")


MAKERS: dict[str, Callable[[Community], Any]] = {
    "borrowable": a_good,
}
