"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from guanjia.domains.lostfound.operations import register_find, report_loss
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "lostfound:loss": "loss",
    "lostfound:page": "find",
}


def _find(community: Community) -> Any:
    given = {"description": "雨伞", "place": "大堂", "position": "前台"}
    return register_find(community.project, by=community.by("steward"), **given)


def _loss(community: Community) -> Any:
    given = {"description": "雨伞", "lost_on": timezone.localdate(), "resident": community.owner}
    return report_loss(community.project, by=community.by("receptionist"), **given)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "find": _find,
    "loss": _loss,
}
