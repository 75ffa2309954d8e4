"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.notices.operations import draft, publish
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "notices:page": "bulletin",
}


def _bulletin(community: Community) -> Any:
    said: dict[str, Any] = {"kind": "outage", "title": "明天 14:00–16:00 停水", "body": "清洗水箱。", "buildings": []}
    one = draft(community.project, by=community.by("steward"), **said)
    publish(one, by=community.by("supervisor"))
    return one


MAKERS: dict[str, Callable[[Community], Any]] = {
    "bulletin": _bulletin,
}
