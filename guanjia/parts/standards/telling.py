"""A rule in words: its kind, the value that holds today, what an edition changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia import book
from guanjia.kernel import operations
from guanjia.kernel.calendar import parse_duration
from guanjia.kernel.languages import said
from guanjia.web import words

from .forms import CALENDAR_NAMES, LISTS
from .queries import Rule

KINDS = {
    "clock": ("clock", gettext_lazy("Limit")),
    "gauge": ("chart-line", gettext_lazy("Rate")),
    "count": ("refresh", gettext_lazy("Number of times")),
    "gate": ("lock", gettext_lazy("Approval gate")),
    "record": ("file-text", gettext_lazy("Record kept")),
    "capacity": ("users", gettext_lazy("At most")),
    "procedure": ("list-check", gettext_lazy("Steps")),
    "conduct": ("heart-handshake", gettext_lazy("Conduct")),
    "capability": ("layout-grid", gettext_lazy("Ability")),
}
PERIODS = {
    "day": gettext_lazy("a day"),
    "working_day": gettext_lazy("a working day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "quarter": gettext_lazy("a quarter"),
    "half_year": gettext_lazy("half a year"),
    "year": gettext_lazy("a year"),
    "survey": gettext_lazy("a survey"),
    "event": gettext_lazy("an incident"),
}
UNITS = {
    "households_per_steward": gettext_lazy("households a steward"),
    "CNY_per_month": gettext_lazy("yuan a month"),
    "minutes_per_emergency_private_call": gettext_lazy("minutes a call"),
    "quantity_per_issue": gettext_lazy("an issue"),
    "minutes_per_revisit": gettext_lazy("minutes a revisit"),
    "CNY_per_activity": gettext_lazy("yuan an activity"),
    "points_of_100": gettext_lazy("points of 100"),
}
POINTS = {
    "end of day": gettext_lazy("by the end of the day"),
    "end of next day": gettext_lazy("by the end of the next day"),
    "end of previous day": gettext_lazy("by the end of the day before"),
    "end of shift": gettext_lazy("by the end of the shift"),
    "day 30 of month 24:00": gettext_lazy("by the 30th of the month"),
    "Saturday 12:00": gettext_lazy("by Saturday 12:00"),
    "Monday 09:00": gettext_lazy("by Monday 09:00"),
}
NAMES = {
    "within": gettext_lazy("Limit"),
    "calendar": gettext_lazy("Counted in"),
    "soon": gettext_lazy("Warning"),
    "target": gettext_lazy("Target"),
    "at_least": gettext_lazy("At least"),
    "limit": gettext_lazy("Limit"),
    "by": gettext_lazy("May approve"),
    "roles": gettext_lazy("Who acts"),
    "rule": gettext_lazy("Wording"),
    "is_on": gettext_lazy("In force"),
    **LISTS,
}


WAYS = {
    "operation": gettext_lazy("Act"),
    "clock": gettext_lazy("Clock"),
    "record": gettext_lazy("Record kept"),
    "gauge": gettext_lazy("Rate"),
    "count": gettext_lazy("Number of times"),
    "capacity": gettext_lazy("At most"),
    "procedure": gettext_lazy("Steps"),
    "conduct": gettext_lazy("Conduct"),
    "capability": gettext_lazy("Ability"),
}


# What carries a clause out and is neither an act nor a form, in a sentence.
CARRIED = {
    "clock": gettext_lazy("A clock that starts and stops by what is done"),
    "gauge": gettext_lazy("A rate, worked out for each period"),
    "count": gettext_lazy("Owed in each period, settled by the act itself"),
    "capacity": gettext_lazy("Checked where it would be exceeded"),
    "procedure": gettext_lazy("A run sheet, ticked step by step"),
    "conduct": gettext_lazy("Inspected, and asked in exams"),
    "capability": gettext_lazy("A page of this system"),
}


def binding(words_of_it: str) -> dict[str, Any]:
    """What carries a clause out, for people: the act's own label, the form's name; the name in code beside it."""
    way, _space, rest = words_of_it.partition(" ")
    name = rest.partition(" ")[0]
    shown: Any = rest
    if way == "operation" and name in operations.registry:
        shown = operations.registry[name].label
    elif way == "record" and name.startswith("F-"):
        shown = said(book.form(name).name, book.form(name).name_en)
    else:
        shown = CARRIED.get(way, rest)
    return {"way": WAYS.get(way, way), "title": shown, "name": name}


def note(clause: book.Clause) -> str:
    """Why a value is our default: what the documents leave open."""
    return said(clause.note_zh, clause.note)


def title(clause: book.Clause) -> str:
    return said(clause.title, clause.title_en)


def kind(clause: book.Clause) -> dict[str, Any]:
    icon, word = KINDS[clause.kind]
    return {"icon": icon, "word": word}


def role(role_id: str) -> str:
    entry = book.role(role_id)
    return said(entry.zh.partition("（")[0], entry.en)


def value(rule: Rule) -> str:
    """What the rule asks today, in a few words."""
    if not rule.is_on:
        return _("Not in force here")
    tell = _TELL.get(rule.clause.kind)
    return tell(rule) if tell else ""


def shown(name: str, changed: Any) -> str:
    """One value of a clause in words."""
    if changed is None:
        return _("as in the Book")
    if name == "within":
        return within(str(changed))
    if name == "calendar":
        return str(CALENDAR_NAMES.get(changed, changed))
    if name == "soon":
        return _("%(time)s before") % {"time": words.duration(int(changed))}
    if name == "target":
        return target(str(changed))
    if name in ("by", "roles", *LISTS):
        return "、".join(role(one) for one in changed)
    if name == "is_on":
        return _("yes") if changed else _("no")
    return str(changed)


def changes(values: Mapping[str, Any]) -> str:
    """What an edition changed, in a line."""
    return "；".join(f"{NAMES.get(name, name)} {shown(name, changed)}" for name, changed in values.items())


def within(text: str) -> str:
    """PT2H → 2 时, P3D → 3 天, rings:3 → 3 声, by … → a point in time."""
    if text.startswith("rings:"):
        return _("%(n)s rings") % {"n": text.removeprefix("rings:")}
    if text.startswith("by "):
        point = text.removeprefix("by ")
        if re.fullmatch(r"\d\d:\d\d", point):
            return _("by %(time)s") % {"time": point}
        return str(POINTS.get(point) or _("by the moment agreed"))
    duration = parse_duration(text)
    return words.duration(duration.days * words.DAY + duration.seconds)


def target(text: str) -> str:
    """>=0.95 → ≥ 95%; =0 → 0."""
    match = re.fullmatch(r"(>=|<=|=)(\d+)(?:\.(\d+))?", text)
    if not match:
        return text
    sign = {">=": "≥ ", "<=": "≤ ", "=": ""}[match.group(1)]
    if match.group(3) is None:
        return f"{sign}{match.group(2)}"
    share = (match.group(2) + match.group(3).ljust(2, "0")).lstrip("0") or "0"
    whole, rest = (share, "") if len(match.group(3)) <= 2 else (share[:-1], share[-1])
    return f"{sign}{whole}{'.' + rest if rest else ''}%"


def _clock(rule: Rule) -> str:
    counted = CALENDAR_NAMES.get(rule.get("calendar"), "")
    return f"{within(str(rule['within']))}　{counted}".strip("　")


def _gauge(rule: Rule) -> str:
    return f"{target(str(rule['target']))}　{PERIODS.get(rule.clause.get('period'), '')}".strip("　")


def _count(rule: Rule) -> str:
    period = PERIODS.get(rule.clause.get("period"), "")
    return _("at least %(n)s times %(period)s") % {"n": rule["at_least"], "period": period}


def _capacity(rule: Rule) -> str:
    unit = UNITS.get(str(rule.clause.get("unit")), "")
    limit = rule["limit"]
    return (
        f"{limit} {unit}" if isinstance(limit, int) or re.fullmatch(r"[\d-]+", str(limit)) else _("set by the matter")
    )


def _gate(rule: Rule) -> str:
    posts = rule.get("by") or []
    return "、".join(role(one) for one in posts) if posts else _("nobody: it is never allowed")


def _record(rule: Rule) -> str:
    return "、".join(said(book.form(one).name, book.form(one).name_en) for one in rule.clause.forms)


def _steps(rule: Rule) -> str:
    return _("%(n)d steps") % {"n": len(rule.clause.get("steps", ()))}


_TELL = {
    "clock": _clock,
    "gauge": _gauge,
    "count": _count,
    "capacity": _capacity,
    "gate": _gate,
    "record": _record,
    "procedure": _steps,
}
