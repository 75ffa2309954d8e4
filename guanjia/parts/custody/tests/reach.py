"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guanjia.domains.goods.operations import lend
from guanjia.domains.goods.tests.reach import a_good
from guanjia.parts.custody.operations import start_count
from guanjia.parts.custody.queries import current
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "custody:count": "stock_count",
    "custody:handout": "handout",
}


def _handout(community: Community) -> Any:
    good = a_good(community)
    due = timezone.now() + timedelta(hours=2)
    return current(lend(good, by=community.by("receptionist"), resident=community.owner, due_at=due))


def _count(community: Community) -> Any:
    a_good(community)
    return start_count(community.project, by=community.by("receptionist"), kind="borrowable")


MAKERS: dict[str, Callable[[Community], Any]] = {
    "handout": _handout,
    "stock_count": _count,
}
