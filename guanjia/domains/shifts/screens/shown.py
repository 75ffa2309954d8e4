"""A handover as its page shows it, on the desk and on the phone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.places.models import Project
from guanjia.web.things import waits_for

from .. import queries
from ..models import Handover
from ..operations.handovers import everything_is_explained, is_givers

SHOWN = 8
BLOCKS = {
    "work": (_("Unfinished work"), "clipboard-list"),
    "goods": (_("Things at the desk"), "package"),
    "letters": (_("Letters and papers not given out"), "mail"),
    "keys": (_("Keys"), "key"),
    "notes": (_("Important matters"), "flag"),
}


def unsettled(handover: Handover) -> list[queries.Drafted]:
    """What the condition that was just asked found unexplained: nothing is read again."""
    return [one for one in handover.drawn if not one.is_settled]


waits_for(everything_is_explained, lambda thing: [(f"line-{one.line.key}", one.line.label) for one in unsettled(thing)])


def blocks(handover: Handover, drafted: list[queries.Drafted], project: Project, by: Actor) -> list[dict[str, Any]]:
    """The lines under the blocks of the form."""
    writes = handover.is_open and is_givers(handover, by)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in BLOCKS}
    for one in drafted:
        found[one.line.block].append(_line(one, project, writes=writes, is_open=handover.is_open))
    return [
        {"label": BLOCKS[name][0], "icon": BLOCKS[name][1], "lines": lines} for name, lines in found.items() if lines
    ]


def _line(one: queries.Drafted, project: Project, *, writes: bool, is_open: bool) -> dict[str, Any]:
    urgent = set(one.urgent_ids)
    rows = []
    for row in one.rows[:SHOWN]:
        row.project = project
        rows.append({"words": one.line.says(row), "url": subjects.address_of(row), "presses": row.pk in urgent})
    owes = is_open and not one.is_settled
    return {
        "key": one.line.key, "label": one.line.label, "url": one.line.address(project), "rows": rows,
        "count": f"{one.count}+" if one.has_more else one.count, "more": max(0, one.count - SHOWN),
        "urgent": len(urgent), "counted": one.line.counted, "found": one.kept.found if one.kept else None,
        "reason": one.kept.reason if one.kept else "",
        "differs": bool(one.kept and one.kept.found is not None and one.kept.found != one.kept.count),
        "owes": owes, "asks": writes and (owes or bool(one.kept) or bool(urgent)),
    }  # fmt: skip
