"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.parts.casework.tests.reach import a_case
from guanjia.parts.clocks.models import Clock
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "clocks:clock": "clock",
}


def _clock(community: Community) -> Any:
    a_case(community)
    return Clock.objects.filter(project=community.project).order_by("-id").first()


MAKERS: dict[str, Callable[[Community], Any]] = {
    "clock": _clock,
}
