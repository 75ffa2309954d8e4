"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.visitors.operations import arrive, issue
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "visitors:page": "visitor",
    "visitors:pass": "visitor_pass",
    "visitors:shared-word": "shared_word",
    "visitors:watched": "visitor_watch",
}


def _pass(community: Community) -> Any:
    said = {"house": community.house.code, "visitor": "客一", "purpose": "探亲"}
    return issue(community.project, by=community.by("owner"), **said)


def _visitor(community: Community) -> Any:
    said = {"house": community.house.code, "name": "客二", "purpose": "送货"}
    return arrive(community.project, by=community.by("guard"), **said)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "visitor_pass": _pass,
    "visitor": _visitor,
}
