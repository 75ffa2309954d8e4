"""The official forms of keys, from the records: list, log, loans, handovers, issues, authorisations; and tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import Count, Handout, Line
from guanjia.parts.files import queries as files
from guanjia.parts.papers.press import Press
from guanjia.parts.papers.records import heading
from guanjia.parts.papers.tags import tags
from guanjia.people.models import Department, Duty
from guanjia.places.models import Project
from guanjia.web.sheets import paper

from . import queries
from .forms import SheetForm
from .models import Authorisation, Category

MOST = 500
LATE = timedelta(hours=2)  # a count that is closed after the shift is still that shift's
PEN = 6  # empty lines at the end, for what happens while there is no power


@paper(Project, label=_("Print"), form=SheetForm, back="keys:sheets")
def print_sheet(project: Project, press: Press, *, sheet: str) -> bytes:
    """One of the registers as a table, with empty lines for a power cut; or the tags."""
    if sheet == "tags":
        return labels(project, press)
    form, rows = {
        "list": ("F-KEY-LIST", listed), "log": ("F-KEY-LOG", log), "loans": ("F-KEY-LOAN", loans),
        "handovers": ("F-KEY-HANDOVER", handovers), "issues": ("F-KEY-ISSUE", issues),
    }[sheet]  # fmt: skip
    return press.table(form, project, rows(project, press.by), empty_rows=PEN)


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
    rows = _newest(queries.loans(project, by, *ours))
    strokes = files.signatures_of(one for one in rows if one.back_at)
    for one in rows:
        back = [stroke for stroke in strokes.get(one.pk, []) if one.back_at and stroke.taken_at >= one.back_at][-1:]
        yield {
            "sign": (one.holder, one.back_at, *map(files.content, back)) if back else "",
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
    shifts = _shifts(project, found.values())
    lines: dict[int, list[Line]] = {}
    for line in Line.objects.filter(project=project, count_id__in=found).order_by("id"):
        lines.setdefault(line.count_id, []).append(line)
    for count in reversed(found.values()):
        yield _handover(count, lines.get(count.pk, []), shifts.get(count.pk, ""))


def _shifts(project: Project, counts: Iterable[Count]) -> dict[int, str]:
    """Which shift ended with each count: the one that whoever counted was on."""
    closed = {count.pk: (count.counted_by_id, count.closed_at) for count in counts if count.closed_at}
    moments = [at for _who, at in closed.values()]
    if not moments:
        return {}
    duties = Duty.objects.filter(
        project=project, employee__in={who for who, _at in closed.values()}, from_at__lte=max(moments),
        to_at__gte=min(moments) - LATE,
    )  # fmt: skip
    rows = list(duties.order_by("from_at"))
    return {
        pk: str(duty.get_shift_display())
        for pk, (who, at) in closed.items()
        for duty in rows
        if duty.employee_id == who and duty.from_at <= at <= duty.to_at + LATE
    }


def _handover(count: Count, lines: list[Line], shift: str) -> dict[str, Any]:
    assert count.closed_at is not None and count.receiver is not None
    differences = [f"{line.title}：{line.remark}" for line in lines if line.is_found is False]
    return {
        "shift": f"{count.closed_at.astimezone(_zone(count.project)):%Y-%m-%d %H:%M} {shift}".strip(),
        "keys": "、".join(line.title.split(" ")[0] for line in lines),
        "expected": count.expected, "counted": count.found, "difference": "；".join(differences),
        "giver_sign": count.counted_by.name, "receiver_sign": count.receiver.name,
    }  # fmt: skip


def issues(project: Project, by: Actor) -> Iterator[dict[str, Any]]:
    """What owners took and signed for."""
    rows = list(reversed(queries.issues(project, by).order_by("-id")[:MOST]))
    strokes = files.signatures_of(rows)
    for one in rows:
        yield {
            "house": one.house.code, "owner": one.resident.name, "id_checked": True,
            "security_door": one.security_door, "unit_door": one.unit_door, "interior_door": one.interior_door,
            "intercom_door": one.intercom_door, "mailbox": one.mailbox,
            "sign": (one.resident.name, one.issued_at, *map(files.content, strokes.get(one.pk, [])[:1])),
            "issued_on": one.issued_at.astimezone(_zone(project)).date(),
        }  # fmt: skip


@paper(Authorisation, label=_("Print the authorisation"))
def print_paper(authorisation: Authorisation, press: Press) -> bytes:
    """The owner's paper as it is on file."""
    house, owner, to = authorisation.house, authorisation.resident, authorisation.employee
    values = {
        "house": house.title, "owner": owner.name,
        "authorised": to.name if to else heading(authorisation.project), "purpose": authorisation.purpose,
        "valid_until": authorisation.valid_until, "signed_on": authorisation.signed_on,
    }  # fmt: skip
    signed = {"owner": (owner.name, authorisation.signed_on)}
    return press.form("F-KEY-AUTH", authorisation, values, number=f"{house.code}-{authorisation.pk}", signed=signed)


def labels(project: Project, press: Press) -> bytes:
    """A tag for every key that is kept: number and code; the address only where the project chose it."""
    with_address = queries.shows_address(project)
    rows = queries.in_keeping(project).order_by("number")[:MOST]
    items = [
        {
            "number": key.number, "code": press.site + reverse("keys:tag", args=[project.code, key.tag]),
            "words": key.title if with_address else "",
        }
        for key in rows
    ]  # fmt: skip
    return tags(items, heading=project.name, at=press.by.at)


def _newest(rows: Any) -> list[Handout]:
    return list(reversed(rows.order_by("-id")[:MOST]))


def _condition(handout: Handout) -> str:
    return str(handout.get_condition_back_display()) if handout.condition_back else ""


def _zone(project: Project) -> ZoneInfo:
    return ZoneInfo(project.zone)
