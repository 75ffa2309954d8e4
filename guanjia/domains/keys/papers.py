"""The official forms of keys, from the records: list, log, loans, handovers, issues, authorisations; and tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import override

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import Count, Handout, Line
from guanjia.parts.papers.records import heading, seal_of
from guanjia.parts.papers.tags import tags
from guanjia.people.models import Department
from guanjia.places.models import Project

from . import queries
from .models import Authorisation, Category, Key

MOST = 500
PEN = 6  # empty lines at the end, for what happens while there is no power


def sheet(name: str, project: Project, *, by: Actor, base: str) -> bytes:
    """One of the registers as a table; `base` is where codes lead."""
    if name == "tags":
        return labels(project, by=by, base=base)
    form, rows = {
        "list": ("F-KEY-LIST", listed), "log": ("F-KEY-LOG", log), "loans": ("F-KEY-LOAN", loans),
        "handovers": ("F-KEY-HANDOVER", handovers), "issues": ("F-KEY-ISSUE", issues),
    }[name]  # fmt: skip
    return papers.register(
        form, rows(project, by), printed_by=by.name, at=by.at, heading=heading(project), empty_rows=PEN,
        zone=project.zone,
    )  # fmt: skip


def listed(project: Project, by: Actor) -> Iterator[dict[str, Any]]:
    """The key list: what hangs together stands together (KEY-07)."""
    rows = queries.keys(project, by).select_related("house__building", "house__unit", "spot__unit")[:MOST]
    for key in sorted(rows, key=lambda one: (one.category, one.bunch, one.number)):
        place = key.house or key.spot
        yield {
            "key_no": key.number, "category": key.category, "key_kind": key.kind,
            "building": place.building.name if place and place.building else "",
            "unit": place.unit.code if place and place.unit else "",
            "floor": str(key.house.floor) if key.house else key.floor,
            "place_name": key.house.room if key.house else key.name, "qty": key.quantity,
            "received_on": key.received_on, "handed_by": key.handed_by, "custodian": key.keeper.name,
            "storage": key.where, "seal_no": key.seal_no if key.is_sealed else "", "status": key.state,
        }  # fmt: skip


def log(project: Project, by: Actor) -> Iterator[dict[str, Any]]:
    """Keys used for work: every category but the owners'."""
    ours = [one for one in Category.values if one != Category.OWNER]
    for one in _newest(queries.loans(project, by, *ours)):
        yield {
            "key_no": one.title, "user": one.holder, "purpose": one.purpose, "taken_at": one.out_at,
            "due_at": one.due_at, "returned_at": one.back_at, "condition": _condition(one),
            "handled_by": one.handed_by.name if one.handed_by else "",
        }  # fmt: skip


def loans(project: Project, by: Actor) -> Iterator[dict[str, Any]]:
    """Loans by somebody's word: public and owners' keys."""
    names = dict(Department.objects.filter(project=project).values_list("key", "name"))
    for one in _newest(queries.loans(project, by, Category.PUBLIC, Category.OWNER)):
        yield {
            "key_no": one.title, "borrower": one.holder, "purpose": one.purpose, "due_at": one.due_at,
            "department": names.get(one.employee.department_key, "") if one.employee else "",
            "approved_by": one.approved_by, "lent_at": one.out_at, "returned_at": one.back_at,
            "overdue_reason": one.overdue_reason, "condition": _condition(one),
        }  # fmt: skip


def handovers(project: Project, by: Actor) -> Iterator[dict[str, Any]]:
    """Counts in which one shift handed the keys to the next."""
    rows = custody.counts(project, by).filter(label="key", receiver__isnull=False).order_by("-id")[:60]
    found = {count.pk: count for count in rows}
    lines: dict[int, list[Line]] = {}
    for line in Line.objects.filter(project=project, count_id__in=found).order_by("id"):
        lines.setdefault(line.count_id, []).append(line)
    for count in reversed(found.values()):
        yield _handover(count, lines.get(count.pk, []))


def _handover(count: Count, lines: list[Line]) -> dict[str, Any]:
    assert count.closed_at is not None and count.receiver is not None
    differences = [f"{line.title}：{line.remark}" for line in lines if line.is_found is False]
    return {
        "shift": f"{count.closed_at.astimezone(_zone(count.project)):%Y-%m-%d %H:%M}",
        "keys": [line.title.split(" ")[0] for line in lines],
        "expected": count.expected, "counted": count.found, "difference": "；".join(differences),
        "giver_sign": count.counted_by.name, "receiver_sign": count.receiver.name,
    }  # fmt: skip


def issues(project: Project, by: Actor) -> Iterator[dict[str, Any]]:
    """What owners took and signed for."""
    for one in reversed(queries.issues(project, by).order_by("-id")[:MOST]):
        yield {
            "house": one.house.code, "owner": one.resident.name, "id_checked": True,
            "security_door": one.security_door, "unit_door": one.unit_door, "interior_door": one.interior_door,
            "intercom_door": one.intercom_door, "mailbox": one.mailbox,
            "issued_on": one.issued_at.astimezone(_zone(project)).date(), "sign": one.resident.name,
        }  # fmt: skip


def authorisation(paper: Authorisation, *, by: Actor, address: str) -> bytes:
    """The owner's paper as it is on file."""
    values = {
        "house": paper.house.title, "owner": paper.resident.name,
        "authorised": paper.employee.name if paper.employee else heading(paper.project),
        "purpose": paper.purpose, "valid_until": paper.valid_until, "signed_on": paper.signed_on,
    }  # fmt: skip
    return papers.render(
        "F-KEY-AUTH", values, printed_by=by.name, at=by.at, heading=heading(paper.project),
        number=f"{paper.house.code}-{paper.pk}", seal=seal_of(paper), address=address,
        signed={"owner": (paper.resident.name, None)}, zone=paper.project.zone,
    )  # fmt: skip


def labels(project: Project, *, by: Actor, base: str) -> bytes:
    """A tag for every key that is kept: number and code; the address only where the project chose it."""
    with_address = queries.shows_address(project)
    rows = queries.in_keeping(project).order_by("number")[:MOST]
    with override("zh-hans"):
        items = [
            {"number": key.number, "code": f"{base}{key.tag}", "words": _on_tag(key) if with_address else ""}
            for key in rows
        ]
    return tags(items, heading=project.name, at=by.at)


def _on_tag(key: Key) -> str:
    """栋号-单元、楼层房号, or the name of the equipment room, and the kind."""
    return key.title


def _newest(rows: Any) -> list[Handout]:
    return list(reversed(rows.order_by("-id")[:MOST]))


def _condition(handout: Handout) -> str:
    with override("zh-hans"):
        return str(handout.get_condition_back_display()) if handout.condition_back else ""


def _zone(project: Project) -> ZoneInfo:
    return ZoneInfo(project.zone)
