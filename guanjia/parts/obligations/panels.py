"""What is owed, as rows of blocks: on Today, and on the page of a clause."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project
from guanjia.web import words

from . import queries, rules
from .rules import DutyRule

BLOCKS = 24  # more would not be counted by eye: then the numbers speak


def today(project: Project, by: Actor) -> dict[str, Any]:
    """Rows for the obligation component, and the sum over all of them."""
    shown = [_row(rules.registry[one["rule_key"]], one, project, by.at) for one in queries.today(by, project, by.at)]
    return {
        "rows": shown,
        "done": sum(row["done"] for row in shown),
        "of": sum(row["of"] for row in shown),
        "missed": sum(row["missed"] for row in shown),
        "url": reverse("obligations:list", args=[project.code]),
    }


def _row(rule: DutyRule, one: dict[str, Any], project: Project, at: datetime) -> dict[str, Any]:
    alone = one["subjects"] == 1 and one["times"] > 1  # one subject, several times: a block for each time
    done, of = (min(one["done"], one["times"]), one["times"]) if alone else (one["met"], one["subjects"])
    missed = (of - done if one["missed"] else 0) if alone else one["missed"]
    state = "missed" if missed else "done" if done == of else "doing" if done or one["begun"] else "open"
    day = at.astimezone(ZoneInfo(project.zone)).date()
    if one["yesterday"]:
        day -= timedelta(days=1)
    return {
        "state": state,
        "label": str(rule.label),
        "done": done,
        "doing": 0 if alone else one["begun"],
        "missed": missed,
        "of": of,
        "unit": str(rule.unit) if not alone else "",
        "when": _when(one, missed, at),
        "url": f"{reverse('obligations:list', args=[project.code])}?day={day.isoformat()}&rule={rule.key}",
        "clause": rule.clause,
    }


def _when(one: dict[str, Any], missed: int, at: datetime) -> str:
    if one["yesterday"]:
        return _("%(n)d missed yesterday") % {"n": one["yesterday"]}
    if missed:
        return _("%(n)d missed today") % {"n": missed}
    if one["due"] is None:
        return words.clock_time(one["met_last"]) if one["met_last"] else ""
    if one["due"] - at <= timedelta(days=1):
        local = words.clock_time(one["due"])
        return _("by midnight") if local == "00:00" else _("by %(time)s") % {"time": local}
    return _("by %(day)s") % {"day": words.when(one["due"] - timedelta(minutes=1), at)}
