"""A clock in words: the bar of a list, the axis of a page, the sentence that does the sum."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guanjia import book
from guanjia.kernel import calendar as cal
from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said
from guanjia.parts.standards import calendars
from guanjia.web import words
from guanjia.web.things import limits_are

from . import queries, rules, timing
from .models import Clock, ClockPause
from .timing import Calendars

State = Clock.State
ICONS = {"met": "circle-check", "late": "alert-triangle", "missed": "alert-triangle", "paused": "player-pause"}


def bar(clock: Clock, at: datetime, made: Calendars | None = None) -> dict[str, Any]:
    """What the clock bar of a list shows. Pass one `Calendars` for a whole page."""
    calendar = (made or Calendars()).of(clock)
    left = timing.left_seconds(clock, calendar, at) if clock.is_open else 0
    shown = {
        "tone": tone(clock, at),
        "verb": verb(clock),
        "words": phrase(clock, at, left),
        "share": share(clock, left),
    }
    shown["aria"] = _aria(clock, shown, at)
    if clock.state == State.RUNNING and clock.snapshot["calendar"]["key"] == calendars.ALWAYS:
        shown |= {
            "due": _utc(clock.due_at),
            "soon": _utc(clock.warn_at),
            "limit": max(1, clock.limit_seconds // 60),
        }
    return {
        **shown,
        "id": clock.pk,
        "clause": clock.clause_id,
        "is_late": clock.is_over(at),
        "due_at": clock.due_at,
    }


def bars(project_id: int, label: str, ids: list[int], at: datetime) -> dict[int, dict[str, Any]]:
    """The most pressing clock of each thing of a page."""
    made = Calendars()
    return {pk: bar(clocks[0], at, made) for pk, clocks in queries.open_of(project_id, label, ids).items()}


def tone(clock: Clock, at: datetime) -> str:
    if clock.exempted_at:
        return "exempt"
    if clock.state == State.RUNNING:
        return "late" if at > clock.due_at else "soon" if at >= clock.warn_at else "calm"
    return {State.PAUSED: "paused", State.MET: "met", State.MISSED: "missed"}.get(State(clock.state), "idle")


def phrase(clock: Clock, at: datetime, left: int) -> str:
    """剩 12 分, 超 18 分, 暂停 and why, 按时，用 39 分, 超时完成, 已豁免."""
    if clock.exempted_at:
        return _("Exempted")
    if clock.state == State.PAUSED:
        return _("Paused: %(reason)s") % {"reason": clock.pause_reason} if clock.pause_reason else _("On pause")
    if clock.state == State.MET:
        return _("On time, took %(time)s") % {"time": words.duration(clock.used_seconds or 0)}
    if clock.state == State.MISSED:
        return _("Finished late")
    if clock.state == State.CANCELLED:
        return _("Not counted")
    return words.left(left) if at <= clock.due_at else words.over(-left)


def share(clock: Clock, left: int) -> int:
    """How much of the limit is used, 0 to 100."""
    if not clock.is_open:
        left = clock.limit_seconds - (clock.used_seconds or 0)
    if clock.limit_seconds <= 0:
        return 100
    return max(0, min(100, (clock.limit_seconds - left) * 100 // clock.limit_seconds))


def verb(clock: Clock) -> str:
    rule = rules.registry.get(clock.rule_key)
    return str(rule.verb) if rule else said(book.clause(clock.clause_id).title, book.clause(clock.clause_id).title_en)


def explain(clock: Clock, at: datetime) -> dict[str, Any]:
    """Why it stands where it stands: segments that ran and paused, their sums in whole seconds, and the
    sentence."""
    calendar = Calendars().of(clock)
    end = clock.stopped_at or max(at, clock.started_at)
    rows = ClockPause.objects.filter(project_id=clock.project_id, clock=clock).order_by("from_at")
    spans = [span for span in rows if span.from_at < end]
    pauses = [(span.from_at, min(span.to_at or end, end)) for span in spans]
    ran = cal.running_spans(calendar, clock.started_at, end, pauses)
    segments: list[dict[str, Any]] = [
        {"kind": "run", "from": a, "to": b, "seconds": timing.seconds(b - a), "reason": ""} for a, b in ran
    ]
    for span, (begin, finish) in zip(spans, pauses, strict=True):
        lost = timing.seconds(cal.elapsed(calendar, begin, finish))
        segments.append(
            {
                "kind": "pause",
                "from": begin,
                "to": finish,
                "seconds": lost,
                "reason": span.reason,
                "by": span.by_name,
            }
        )
    used = timing.seconds(cal.elapsed(calendar, clock.started_at, end, pauses))
    paused = sum(s["seconds"] for s in segments if s["kind"] == "pause")
    found = {
        "clock": clock,
        "segments": sorted(segments, key=lambda s: s["from"]),
        "used": used,
        "paused": paused,
        "limit": clock.limit_seconds,
        "left": clock.limit_seconds - used,
        "due_at": clock.due_at,
        "until": end,
        "is_late": clock.is_over(at),
    }
    return {**found, "sentence": _sentence(found, spans), "bar": bar(clock, at)}


def axes(thing: Any, by: Actor) -> list[dict[str, Any]]:
    """Every clock of a thing, drawn: what a thing's page asks for."""
    return [axis(explain(clock, by.at), by.at) for clock in queries.of(thing)]


limits_are(axes)


def axis(found: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The explanation as the clock axis draws it: everything in percent of the track from start to the
    later of due and end."""
    clock: Clock = found["clock"]
    end = max(clock.due_at, found["until"])
    whole = max(1, timing.seconds(end - clock.started_at))

    def x(moment: datetime) -> int:
        return max(0, min(100, timing.seconds(moment - clock.started_at) * 100 // whole))

    segments = []
    for segment in found["segments"]:
        for begin, finish, look in _looks(clock, segment):
            segments.append({"tone": look, "x": x(begin), "w": max(1, x(finish) - x(begin))})
    return {
        "title": verb(clock),
        "icon": ICONS.get(found["bar"]["tone"], "clock"),
        "codes": [clock.clause_id, *([_("our own rule")] if book.clause(clock.clause_id).is_house_rule else [])],
        "tone": found["bar"]["tone"],
        "words": found["bar"]["words"],
        "until": words.when(clock.due_at, at),
        "segments": segments,
        "now": {"x": x(found["until"]), "label": words.clock_time(found["until"])} if clock.is_open else None,
        "ticks": [
            {"x": 0, "label": words.clock_time(clock.started_at)},
            {"x": x(clock.due_at), "label": words.clock_time(clock.due_at)},
        ],
        "sentence": found["sentence"],
    }


def step_words(at: Any) -> str:
    """When a step of the ladder is reached."""
    if at == "soon":
        return _("when it is soon")
    if at == 100:
        return _("when it is due")
    return _("when %(n)s%% of the limit are over") % {"n": int(at) - 100}


def step_people(names: list[str]) -> str:
    own = {"executor": _("who works on it"), "owner": _("who owns it")}
    return "、".join(own.get(name) or said(book.role(name).zh.partition("（")[0], book.role(name).en) for name in names)


def _looks(clock: Clock, segment: dict[str, Any]) -> list[tuple[datetime, datetime, str]]:
    """A stretch that ran, cut where it turned soon and late."""
    begin, end = segment["from"], segment["to"]
    if segment["kind"] == "pause":
        return [(begin, end, "paused")]
    if clock.state == State.MET:
        return [(begin, end, "met")]
    pieces = []
    for until, look in ((clock.warn_at, "run"), (clock.due_at, "soon"), (end, "late")):
        stop = min(until, end)
        if stop > begin:
            pieces.append((begin, stop, look))
            begin = stop
    return pieces


def _sentence(found: dict[str, Any], spans: list[ClockPause]) -> str:
    """The sum in one sentence, with who paused and why."""
    clock: Clock = found["clock"]
    parts = [
        _("Limit %(limit)s from %(start)s; used %(used)s.")
        % {
            "limit": words.duration(found["limit"]),
            "start": words.stamp(clock.started_at),
            "used": words.duration(found["used"]),
        }
    ]
    for span in spans:
        who = span.by_name or _("the system")
        parts.append(
            _("%(who)s paused it from %(from)s to %(to)s (%(why)s).")
            % {
                "who": who,
                "from": words.stamp(span.from_at),
                "to": words.stamp(span.to_at) if span.to_at else _("now"),
                "why": span.reason or _("no reason given"),
            }
        )
    if clock.snapshot["calendar"]["key"] != calendars.ALWAYS:
        parts.append(_("Only %(calendar)s count.") % {"calendar": _counting(clock.snapshot["calendar"]["key"])})
    if found["is_late"]:
        parts.append(_("That is %(over)s too long.") % {"over": words.duration(max(0, -found["left"]))})
    return (" " if (get_language() or "").startswith("en") else "").join(parts)


def _aria(clock: Clock, shown: dict[str, Any], at: datetime) -> str:
    if clock.state != State.RUNNING:
        return f"{shown['verb']}, {shown['words']}"
    return _("%(verb)s, %(words)s, by %(time)s") % {**shown, "time": words.when(clock.due_at, at)}


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _counting(calendar: str) -> str:
    """The hours that count, in the reader's language."""
    english = {
        calendars.RECEPTION: "reception hours",
        calendars.WORKDAYS: "working days",
        "shift": "hours on duty",
    }
    return said(book.calendar_name(calendar), english.get(calendar, ""))
