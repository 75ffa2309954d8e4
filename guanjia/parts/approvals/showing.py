"""Approvals as the pages show them: cards, the page of one, its chain of signatures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.models import Posting
from guanjia.places.models import Project
from guanjia.web import states, words

from . import describing, queries, seats
from .models import Approval, Signature

State = Approval.State
TONES = {
    State.WAITING: ("hand", "warn"), State.DONE: ("tick", "ok"), State.REFUSED: ("cross", "danger"),
    State.WITHDRAWN: ("cross", "neutral"), State.EXPIRED: ("late", "danger"), State.FAILED: ("late", "danger"),
}  # fmt: skip
DAY = 86_400


def mark() -> None:
    """The marks of the states, for tables and cards."""
    for state, (shape, tone) in TONES.items():
        states.register(f"approval_{state}", shape, tone, State(state).label)


def cards(approvals: list[Approval], project: Project, by: Actor, *, phone: bool = False) -> list[dict[str, Any]]:
    """A list as cards: a fixed number of statements however long it is."""
    describing.load(approvals)
    signed = _signed(approvals)
    return [_card(one, signed.get(one.pk, []), project, by, phone) for one in approvals]


def _card(approval: Approval, signed: list[Signature], project: Project, by: Actor, phone: bool) -> dict[str, Any]:
    shown = approval.shown
    name = "approvals:phone-page" if phone else "approvals:page"
    shape, tone = TONES[State(approval.state)]
    last = signed[-1] if signed else None
    return {
        "pk": approval.pk, "number": approval.number, "url": reverse(name, args=[project.code, approval.pk]),
        "tag": shown.tag, "icon": shown.icon, "verb": shown.verb, "title": shown.title, "sub": shown.sub,
        "who": approval.requester.name, "reason": approval.reason, "due": due(approval, by.at),
        "place": approval.project.name if approval.project_id != project.pk else "",
        "state": approval.get_state_display(), "shape": shape, "tone": tone, "outcome": approval.outcome,
        "signed": _("%(name)s signed: %(words)s") % {
            "name": last.employee.name, "words": last.words or pgettext("approvals", "agreed"),
        } if last and approval.is_open else "",
        "waits": "、".join(str(n) for n in queries.post_names(approval.seats)) if approval.is_open else "",
        "asked": words.when(approval.asked_at, by.at), "wants_pin": approval.wants_pin,
    }  # fmt: skip


def due(approval: Approval, at: datetime) -> dict[str, str]:
    """`24 min left`, `today`, `within 3 days`; late is said as late."""
    if not approval.is_open:
        return {"words": words.when(approval.closed_at, at) if approval.closed_at else "", "tone": "ink-3"}
    left = int((approval.due_at - at).total_seconds())
    if left < 0 or approval.level:
        return {"words": words.over(-left) if left < 0 else _("past the deadline"), "tone": "danger"}
    if left < 3 * 3600:
        return {"words": words.left(left), "tone": "warn"}
    if timezone.localtime(approval.due_at).date() == timezone.localtime(at).date():
        return {"words": _("today"), "tone": "ink-2"}
    return {"words": _("within %(n)d days") % {"n": -(-left // DAY)}, "tone": "ink-2"}


def detail(approval: Approval, project: Project, by: Actor) -> dict[str, Any]:
    """Everything the page of one approval shows."""
    describing.load([approval])
    shown = approval.shown
    seat = seats.seat_of(approval, by) if approval.is_open else None
    has_signed = any(s.employee_id == by.id for s in queries.signatures(approval))
    facts = [{"label": _("Reason"), "value": approval.reason}] if approval.reason else []
    facts += [fact for fact in shown.facts if fact["value"]]
    return {
        "approval": approval, "shown": shown, "card": _card(approval, [], project, by, False),
        "facts": facts, "changes": shown.changes, "chain": chain(approval, by), "photos": _photos(approval, shown, by),
        "can_sign": seat is not None and not has_signed, "stands_for": _stands_for(seat),
        "can_withdraw": approval.is_open and approval.requester_id == by.id,
        "can_ask_again": approval.requester_id == by.id and approval.state in (
            State.REFUSED, State.FAILED, State.EXPIRED, State.WITHDRAWN),
        "result_url": _result_url(approval, by),
        "subject_url": shown.url if approval.project_id in by.posts else "",
        "clause_url": _clause_url(shown.tag, project),
    }  # fmt: skip


def chain(approval: Approval, by: Actor) -> list[dict[str, Any]]:
    """Who put it forward, who signed with which words, whom it waits for: oldest first."""
    at = by.at
    rows = [_link("check", "ok", approval.requester.name, _post(approval.requester_id, approval.project_id, at),
                  _("put it forward"), words.when(approval.asked_at, at))]  # fmt: skip
    for one in queries.signatures(approval):
        note = posts.NAMES.get(seats.post_of(one.seat)[0], "")
        if one.stands_for is not None:
            note = _("for %(name)s") % {"name": one.stands_for.name}
        said = (
            f"“{one.words}”" if one.words else (pgettext("approvals", "agreed") if one.agrees else _("did not agree"))
        )
        tone = "ok" if one.agrees else "danger"
        rows.append(_link("check" if one.agrees else "x", tone, one.employee.name, note, said, words.when(one.at, at)))
    if approval.is_open:
        for person in seats.people(approval, at)[:5]:
            post = posts.NAMES.get(seats.post_of(person.seat)[0], "")
            me = person.employee.pk == by.id
            note = _("%(post)s, you") % {"post": post} if me else post
            said = _("waits for you") if me else _("may sign")
            rows.append(_link("clock", "warn", person.employee.name, note, said, _("now") if me else ""))
    elif approval.state != State.REFUSED:
        tone = TONES[State(approval.state)][1]
        icon = "circle-check" if approval.state == State.DONE else "alert-circle"
        at_words = words.when(approval.closed_at, at)
        rows.append(_link(icon, tone, approval.get_state_display(), "", approval.outcome, at_words))
    return rows


def _link(icon: str, tone: str, name: Any, note: Any, said: Any, at: Any) -> dict[str, Any]:
    return {"icon": icon, "tone": tone, "name": name, "note": note, "words": said, "at": at}


def _post(employee_id: int, project_id: int, at: datetime) -> Any:
    row = Posting.objects.filter(employee_id=employee_id, project_id=project_id).order_by("-from_on").first()
    return posts.NAMES.get(row.post, "") if row else ""


def _stands_for(seat: tuple[str, int | None] | None) -> str:
    from guanjia.people.models import Employee

    if seat is None or seat[1] is None:
        return ""
    return str(Employee.objects.filter(pk=seat[1]).values_list("name", flat=True).first() or "")


def _photos(approval: Approval, shown: describing.Shown, by: Actor) -> list[dict[str, str]]:
    """What came with the call, and the photos of the thing behind it; the door of files asks again."""
    if approval.project_id not in by.posts:
        return []
    found = list(files.files_of(approval)[:9])
    if shown.files_of is not None and type(shown.files_of).visible_to(by).filter(pk=shown.files_of.pk).exists():
        found += list(files.files_of(shown.files_of)[:6])
    return [
        {"src": reverse("files:show", args=[approval.project.code, one.pk]), "alt": one.get_purpose_display()}
        for one in found
        if one.mime.startswith("image/")
    ]


def _result_url(approval: Approval, by: Actor) -> str:
    if approval.state != State.DONE or not approval.result_id:
        return ""
    thing = subjects.named([(approval.result_label, approval.result_id)], by).get(
        (approval.result_label, approval.result_id)
    )
    return subjects.address_of(thing) if thing is not None and approval.result_label != "project" else ""


def _clause_url(tag: str, project: Project) -> str:
    from guanjia import book

    return reverse("standards:clause", args=[project.code, tag]) if tag and book.is_clause(tag) else ""


def _signed(approvals: list[Approval]) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = {}
    rows = Signature.objects.filter(
        project_id__in={a.project_id for a in approvals}, approval_id__in=[a.pk for a in approvals]
    )
    for one in rows.select_related("employee").order_by("id"):
        found.setdefault(one.approval_id, []).append(one)
    return found
