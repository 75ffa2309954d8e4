"""The sheets of this room, from its records: what is masked on a page is masked on paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.papers.asking import SpanForm, span_of, this_month
from guanjia.parts.papers.press import Press
from guanjia.parts.papers.printing import MOST_ROWS
from guanjia.places.models import Project
from guanjia.places.queries import between
from guanjia.web.sheets import paper

from . import attending, queries
from .models import Handover, Leave, Note, Transfer

MOST = 12  # rows of a line on paper; more are counted
FIELDS = {"work": "open_work", "goods": "goods", "letters": "undelivered", "keys": "keys", "notes": "important"}


@paper(Handover, label=_("Print the handover log"), clauses=["SFT-09"])
def print_handover(handover: Handover, press: Press) -> bytes:
    """The desk handover log (F-HANDOVER)."""
    signed: dict[str, Any] = {}
    if handover.signed_at:
        signed["giver_sign"] = (handover.giver.name, handover.signed_at)
    taker, at = handover.receiver or handover.taken_up_by, handover.taken_up_at or handover.signed_at
    if taker and at:
        signed["receiver_sign"] = (taker.name, at)
    return press.form("F-HANDOVER", handover, values(handover, press.by), signed=signed)


def values(handover: Handover, by: Actor) -> dict[str, Any]:
    """Each line under its block, with what was counted and why it differs."""
    blocks: dict[str, list[str]] = {name: [] for name in FIELDS.values()}
    nothing: dict[str, list[str]] = {name: [] for name in blocks}
    for one in queries.draft(handover, by):
        name = FIELDS[one.line.block]
        if one.count or (one.kept and (one.kept.found or one.kept.reason)):
            blocks[name].append(_line(one))
        else:
            nothing[name].append(str(one.line.label))
    for name, labels in nothing.items():
        if labels:
            blocks[name].append(f"无：{'、'.join(labels)}")
    notes = [handover.important, *blocks.pop("important"), handover.remark]
    if handover.key_place:
        notes.append(f"末班锁柜，钥匙放：{handover.key_place}")
    taker = handover.receiver or handover.taken_up_by
    return {
        "date": handover.on,
        "shift": f"{handover.get_post_display()} {handover.get_shift_display()}".strip(),
        "giver": handover.giver.name,
        "receiver": taker.name if taker else "",
        "important": "\n".join(note for note in notes if note),
        **blocks,
    }


def _line(one: queries.Drafted) -> str:
    count = f"{one.count}+" if one.has_more else str(one.count)
    said = [f"{one.line.label} {count}"]
    if one.kept and one.kept.found is not None:
        said.append(f"实点 {one.kept.found}")
    if one.kept and one.kept.reason:
        said.append(one.kept.reason)
    return "\n".join(["；".join(said), *(f"　· {one.line.says(row)}" for row in one.rows[:MOST])])


@paper(Note, label=_("Print the work log"), clauses=["SFT-06"])
def print_log(note: Note, press: Press) -> bytes:
    """The work log of one person's shift (F-WORKLOG), from the lines of its log."""
    lines = queries.notes_of(note, press.by)
    zone = ZoneInfo(note.project.zone)
    said = {kind: [f"{n.at.astimezone(zone):%H:%M} {n.words}" for n in lines if n.kind == kind] for kind in Note.Kind}
    shift = note.duty.get_shift_display() if note.duty else ""
    given = {
        "date": note.at.astimezone(zone).date(), "shift": f"{note.get_post_display()} {shift}".strip(),
        "plan": [n.words for n in lines if n.kind == Note.Kind.PLAN], "done": "\n".join(said[Note.Kind.DONE]),
        "open": "\n".join(said[Note.Kind.OPEN]), "events": "\n".join(said[Note.Kind.EVENT]), "author": note.author.name,
    }  # fmt: skip
    return press.form("F-WORKLOG", note, given, signed={"all_staff": (note.author.name, lines[-1].at)})


@paper(
    Project, label=_("Print the outing record"), form=SpanForm, clauses=["SFT-11"], back="shifts:outings:list",
    proposed=this_month,
)  # fmt: skip
def print_outings(project: Project, press: Press, *, since: date, until: date) -> bytes:
    """The outing record of a span (F-OUTING)."""
    begin, end = between(project, since, until)
    rows = queries.outings(project, press.by).filter(out_at__gte=begin, out_at__lt=end).order_by("out_at")[:MOST_ROWS]
    entries = (
        {
            "employee": row.employee.name, "destination": row.destination, "reason": row.reason, "out_at": row.out_at,
            "due_at": row.due_at, "told_to": row.told_to.name, "back_at": row.back_at,
        }
        for row in rows
    )  # fmt: skip
    return press.table("F-OUTING", project, entries, period=span_of(since, until))


class QuarterForm(SpanForm):
    longest = 92


@paper(
    Project, label=_("Print the sign-in sheet"), form=QuarterForm, clauses=["SFT-07"], back="shifts:attendance",
    proposed=this_month,
)  # fmt: skip
def print_attendance(project: Project, press: Press, *, since: date, until: date) -> bytes:
    """The sign-in and sign-out sheet of a span (F-SIGNIN)."""
    zone = ZoneInfo(project.zone)
    begin, end = between(project, since, until)
    rows = attending.shifts(project, press.by).filter(from_at__gte=begin, from_at__lt=end).order_by("from_at", "pk")
    entries = (
        {
            "date": row.from_at.astimezone(zone).date(), "employee": row.employee.name,
            "shift": f"{row.get_post_display()} {row.get_shift_display()}".strip(), "sign_in": row.signed_in_at,
            "sign_out": row.ended_at if row.signed_in_at else None,
            "closing_done": bool(row.is_closed),  # type: ignore[attr-defined]  # annotated by `attending.shifts`
        }
        for row in rows[:MOST_ROWS]
    )  # fmt: skip
    return press.table("F-SIGNIN", project, entries, period=span_of(since, until))


@paper(Leave, label=_("Print the leave slip"), clauses=["SFT-08"])
def print_leave(leave: Leave, press: Press) -> bytes:
    """A leave slip (F-LEAVE), signed by who hands it in and by who grants it."""
    zone = ZoneInfo(leave.project.zone)
    begins, ends = (moment.astimezone(zone) for moment in (leave.from_at, leave.until_at))
    granted = leave.decided_by if leave.state == Leave.State.GRANTED else None
    given = {
        "employee": leave.employee.name, "reason": leave.reason, "submitted_at": leave.asked_at,
        "period": f"{begins:%Y-%m-%d %H:%M} – {ends:%Y-%m-%d %H:%M}", "approved_by": granted.name if granted else "",
    }  # fmt: skip
    signed: dict[str, Any] = {"all_staff": (leave.employee.name, leave.asked_at)}
    if granted and leave.decided_at:
        signed["service_supervisor"] = (granted.name, leave.decided_at)
    return press.form("F-LEAVE", leave, given, signed=signed)


@paper(Transfer, label=_("Print the memo"), clauses=["SFT-13"])
def print_memo(transfer: Transfer, press: Press) -> bytes:
    """The memo for the successor (F-MEMO), without reserve."""
    given = {
        "giver": transfer.giver.name, "receiver": transfer.receiver.name, "district": str(transfer.district or ""),
        "open": _open(transfer, press.by), "lessons": transfer.lessons, "documents": transfer.documents.splitlines(),
        "date": (transfer.signed_at or press.by.at).astimezone(ZoneInfo(transfer.project.zone)).date(),
    }  # fmt: skip
    signed: dict[str, Any] = {}
    if transfer.signed_at:
        signed["all_staff:1"] = (transfer.giver.name, transfer.signed_at)
        signed["all_staff:2"] = (transfer.receiver.name, transfer.signed_at)
    return press.form("F-MEMO", transfer, given, signed=signed | _completed(transfer))


def _open(transfer: Transfer, by: Actor) -> list[str]:
    from guanjia.parts import handover as lines

    if not transfer.signed_at:
        return [f"{f.line.label} {f.count}：{'、'.join(f.said(MOST))}" for f in queries.own_of(transfer, by)]
    found = []
    for key, ids in transfer.open.items():
        line = lines.registry.get(key)
        if line is not None:
            rows = lines.again(line, transfer.project, by, ids[:MOST])
            found.append(f"{line.label} {len(ids)}：{'、'.join(str(line.says(row)) for row in rows)}")
    return found


@paper(Transfer, label=_("Print the offboarding list"), clauses=["SFT-13"])
def print_offboard(transfer: Transfer, press: Press) -> bytes:
    """The offboarding list (F-OFFBOARD)."""
    given: dict[str, Any] = {
        name: getattr(transfer, name)
        for name in ("uniform", "goods", "keys", "customer_data", "account_disabled", "statement")
    }
    given |= {
        "employee": transfer.giver.name,
        "date": (transfer.completed_at or press.by.at).astimezone(ZoneInfo(transfer.project.zone)).date(),
    }
    signed = {"all_staff": (transfer.giver.name, transfer.signed_at)} if transfer.signed_at else {}
    return press.form("F-OFFBOARD", transfer, given, signed=signed | _completed(transfer))


def _completed(transfer: Transfer) -> dict[str, Any]:
    if transfer.completed_by is None or transfer.completed_at is None:
        return {}
    return {"service_supervisor": (transfer.completed_by.name, transfer.completed_at)}
