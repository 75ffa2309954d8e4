"""What happened to a case, as its timeline tells it: actor, verb, what was given, photos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domains.repairs.models import Finding, PauseReason
from guanjia.kernel import crypto, events, operations
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.parts.casework.satisfaction import Satisfaction
from guanjia.parts.files import queries as files
from guanjia.people.models import Employee, Resident
from guanjia.web import words

MOST = 100
TALK = frozenset(
    {
        "cases.note",
        "cases.join",
        "cases.chase",
        "repairs.agree_visit",
        "repairs.confirm",
        "repairs.note_failed_contact",
        "followups.revisit",
    }
)
TONES = {
    "repairs.pause": "pause",
    "repairs.resume": "brand",
    "repairs.finish": "ok",
    "repairs.confirm": "ok",
    "repairs.arrive": "brand",
    "followups.revisit": "ok",
    "repairs.ask_rework": "danger",
    "cases.chase": "warn",
    "cases.cancel": "warn",
    "cases.force_close": "danger",
}
# What was given, in the order it is told; the rest of the input is facts that the page shows anyway.
TOLD = ("words", "content", "reply", "reason", "quote_words", "work_done", "feedback", "name", "note")
NAMES = {"reason": dict(PauseReason.choices), "rating": dict(Satisfaction.choices), "finding": dict(Finding.choices)}


def moments(case: Case, by: Any, only: str = "") -> list[dict[str, Any]]:
    """The timeline, newest first; `only` narrows it to talk or to photos."""
    rows = list(events.timeline(case, limit=MOST))
    wrapped = events.person_key(case.project_id, case.person(), create=False)
    photos = _photos(case)
    people = _people(case, rows)
    told = [_moment(case, event, wrapped, photos, people, by) for event in rows]
    if only == "talk":
        return [m for m in told if m["name"] in TALK]
    return [m for m in told if m["photos"]] if only == "photos" else told


def _moment(case: Case, event: Event, wrapped: bytes | None, photos: Any, people: Any, by: Any) -> dict[str, Any]:
    operation = operations.registry.get(event.name)
    given = {n: _opened(wrapped, v) for n, v in event.given.items()}
    line, quote = str(operation.label) if operation else event.name, ""
    for name in ("executor", "employee"):
        if given.get(name) in people["staff"]:
            line += f"：{people['staff'][given[name]]}"
    for name in ("appointment_from", "completion_agreed_at"):
        if given.get(name):
            line += f"：{_moment_words(given[name])}"
    tag = str(NAMES["reason"].get(str(given.get("reason")), "")) if event.name == "repairs.pause" else ""
    for name in ("rating", "finding"):
        if given.get(name):
            line += f"　{NAMES[name].get(given[name], given[name])}"
    if given.get("quoted_fen"):
        line += f"　{words.yuan(int(given['quoted_fen']))}"
    said = [str(given[n]) for n in TOLD if given.get(n) and not (tag and n == "reason")]
    quote = "　".join(said)
    return {
        "name": event.name,
        "icon": ICONS.get(event.name) or (operation.icon if operation and operation.icon else "point"),
        "tone": TONES.get(event.name, "neutral"),
        "actor": _actor(event, people),
        "words": line,
        "tag": tag,
        "quote": quote,
        "photos": photos.get(event.request_id, []) if _has_files(given) else [],
        "at": words.when(event.at, by.at) if event.at.date() != by.at.date() else words.clock_time(event.at),
        "iso": event.at.isoformat(),
        "late": _("entered %(at)s") % {"at": words.when(event.recorded_at, by.at)} if event.is_late else "",
    }


# Icons of verbs whose own sign is not in the sprite.
ICONS = {
    "cases.answer": "message",
    "repairs.confirm": "mood-smile",
    "repairs.note_failed_contact": "phone-outgoing",
    "repairs.grab": "hand-stop",
    "repairs.send_back": "arrow-back-up",
    "repairs.agree_visit": "calendar-event",
    "followups.revisit": "phone-call",
}


def _has_files(given: dict[str, Any]) -> bool:
    return any(given.get(name) for name in ("photos", "signature"))


def _opened(wrapped: bytes | None, value: Any) -> Any:
    if not crypto.is_sealed(value):
        return value
    return crypto.opened_json(wrapped, value) if wrapped is not None else _("(erased)")


def _moment_words(iso: str) -> str:
    from datetime import datetime

    try:
        return words.when(datetime.fromisoformat(iso))
    except ValueError:
        return iso


def _actor(event: Event, people: Any) -> str:
    if event.actor_name:
        return event.actor_name
    if event.actor_kind == "resident":
        return str(people["residents"].get(event.actor_id) or _("Resident"))
    return str(_("System"))


def _people(case: Case, rows: Iterable[Event]) -> dict[str, dict[int, str]]:
    """Names behind ids: staff that were named, residents who acted. One statement each, when there are any."""
    staff = {e.given[n] for e in rows for n in ("executor", "employee") if isinstance(e.given.get(n), int)}
    residents = {e.actor_id for e in rows if e.actor_kind == "resident"}
    return {
        "staff": dict(Employee.objects.filter(pk__in=staff).values_list("pk", "name")) if staff else {},
        "residents": dict(
            Resident.objects.filter(project_id=case.project_id, pk__in=residents).values_list("pk", "name")
        )
        if residents
        else {},
    }


def _photos(case: Case) -> dict[Any, list[dict[str, str]]]:
    """Pictures by the request that brought them."""
    found: dict[Any, list[dict[str, str]]] = {}
    for file in files.files_of(case):
        url = reverse("files:show", args=[case.project.code, file.pk])
        caption = f"{words.clock_time(file.taken_at)}　{file.get_purpose_display()}"
        found.setdefault(file.event_request, []).append(
            {
                "src": url if file.mime.startswith("image/") else "",
                "href": url,
                "alt": str(file.get_purpose_display()),
                "caption": caption,
            }
        )
    return found
