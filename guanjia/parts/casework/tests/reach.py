"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.repairs.operations import dispatch, record
from guanjia.people.tests.cast import Community


def a_case(community: Community) -> Any:
    report: dict[str, Any] = {
        "place": "home", "house": community.house, "resident": community.owner, "content": "厨房水管漏水",
        "channel": "phone", "urgency": "ordinary", "category": "plumbing", "problem": "leak", "apart": True,
    }  # fmt: skip
    case = record(community.project, by=community.by("receptionist"), **report)
    return dispatch(case, by=community.by("supervisor"), executor=community.staff["technician"])


MAKERS: dict[str, Callable[[Community], Any]] = {
    "case": a_case,
}
