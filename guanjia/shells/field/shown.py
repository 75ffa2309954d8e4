"""Cases as the phone shows them: plain dicts for the components, a handful of statements a page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.domains.repairs import queries as repairs
from guanjia.domains.repairs.models import RepairOrder
from guanjia.kernel import events
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import registry
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import ONGOING, Case
from guanjia.parts.clocks import explaining
from guanjia.parts.files.models import StoredFile
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web import words
from guanjia.web.things import actor_of

from . import steps

URGENCY = {"emergency": "urgent", "planned": "planned"}
# Family names of two characters; everybody else's is the first.
DOUBLE = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "夏侯",
        "轩辕",
        "端木",
        "南宫",
        "独孤",
    ]
)
CARE = posts.COUNTER | posts.SUPERVISORS | {posts.STEWARD, posts.SERVICE_LEAD}
SAID = ("words", "reason", "work_done", "feedback", "reply", "quote_words")


def cards(cases: list[Case], project: Project, by: Actor) -> list[dict[str, Any]]:
    """A list of cases with clock, person and next step: four statements however long it is."""
    if not cases:
        return []
    bars = explaining.bars(project.pk, "case", [c.pk for c in cases], by.at)
    orders = repairs.orders_of(cases)
    people = casework.customers(cases)
    return [_card(c, orders.get(c.pk), bars.get(c.pk), people.get(c.pk, {}), by) for c in cases]


def _card(case: Case, order: RepairOrder | None, bar: Any, customer: dict[str, str], by: Actor) -> dict[str, Any]:
    verb = steps.next_verb(case, order, by)
    return {
        "case": case,
        "url": reverse("field:case", args=[case.project.code, case.pk]),
        "urgency": URGENCY.get(case.urgency, ""),
        "who": polite(customer.get("name", ""), case.resident.gender if case.resident else "", is_near(case, by)),
        "clock": clock(bar, order, by),
        "step": steps.step(verb, case) if verb else None,
        "call_url": reverse("field:call", args=[case.project.code, case.pk])
        if is_near(case, by) and may_call(case, customer)
        else "",
        "executor": case.executor.name if case.executor else "",
    }


def clock(bar: dict[str, Any] | None, order: RepairOrder | None, by: Actor) -> dict[str, Any] | None:
    """The bar with verb and time; without a running limit, the time that was agreed."""
    if bar is not None:
        due = words.when(bar["due_at"], by.at)
        return {**bar, "line": _("%(verb)s, by %(time)s") % {"verb": bar["verb"], "time": due}}
    if order is None or order.appointment_from is None or order.arrived_at is not None:
        return None
    left = int((order.appointment_from - by.at).total_seconds())
    said = _("%(left)s to the visit") % {"left": words.left(left)} if left > 0 else _("The agreed time has come")
    visit = _("visit %(time)s") % {"time": words.when(order.appointment_from, by.at)}
    return {
        "tone": "calm" if left > 0 else "soon",
        "words": said,
        "line": visit,
        "share": 40 if left > 0 else 100,
        "aria": f"{said}, {visit}",
    }


def polite(name: str, gender: str, in_full: bool) -> str:
    """唐女士; the whole name only to those who deal with the person and where the address is not known."""
    if not name:
        return ""
    title = {"f": _("%(family)s (Ms)"), "m": _("%(family)s (Mr)")}.get(gender, "")
    family = name[:2] if name[:2] in DOUBLE else name[:1]
    if name.isascii():
        family = name.split()[-1]
    if title:
        return title % {"family": family}
    return name if in_full else pgettext("unnamed", "%(family)s…") % {"family": family}


def is_near(case: Case, by: Actor) -> bool:
    """Works on it or owns it: the person visits or rings."""
    return by.id in (case.executor_id, case.owner_id) or by.holds(case.project_id, *posts.COUNTER, *posts.SUPERVISORS)


def may_call(case: Case, customer: dict[str, str]) -> bool:
    """Whether there is a number to ask for: a repair that goes on, and somebody who left one."""
    return case.is_repair and case.state in ONGOING and bool(customer.get("phone"))


def may_see_care(case: Case, by: Actor) -> bool:
    """Care is for who visits, and for those who speak with the household (PRIV-02)."""
    return case.executor_id == by.id or by.holds(case.project_id, *CARE)


def care_lines(tags: list[Any]) -> list[str]:
    return [f"{tag.get_kind_display()}　{tag.note}" if tag.note else str(tag.get_kind_display()) for tag in tags]


def facts(case: Case, order: RepairOrder | None) -> list[dict[str, Any]]:
    """Where exactly, what was agreed, who took it."""
    rows = [{"label": _("Spot"), "value": case.location}, {"label": _("Content"), "value": case.content}]
    if order is not None:
        rows += _order_facts(order)
    rows.append(
        {
            "label": _("First asked"),
            "value": case.owner.name if case.owner else "",
            "note": words.when(case.reported_at),
        }
    )
    rows.append({"label": _("Works on it"), "value": case.executor.name if case.executor else ""})
    if case.chased:
        rows.append({"label": _("Chased"), "value": _("%(n)d times") % {"n": case.chased}, "tone": "warn"})
    if case.round > 1:
        rows.append({"label": _("Round"), "value": _("%(n)d, came back") % {"n": case.round}, "tone": "warn"})
    return [row for row in rows if row["value"]]


def _order_facts(order: RepairOrder) -> list[dict[str, Any]]:
    from guanjia.parts.casework import categories

    leaf = categories.problem(order.category, order.problem)
    branch = categories.category(order.category)
    visit = ""
    if order.appointment_from:
        span = f"{words.clock_time(order.appointment_from)}–{words.clock_time(order.appointment_to)}"
        visit = f"{words.day_words(order.appointment_from)} {span}"
    price = ""
    if order.quoted_fen is not None:
        state = _("agreed") if order.quote_consented_at else _("not agreed yet")
        price = f"{words.yuan(order.quoted_fen)}　{state}"
    return [
        {"label": _("Problem"), "value": f"{branch.label}　{leaf.label}" if branch and leaf else ""},
        {"label": _("Visit"), "value": visit},
        {"label": _("Arrived"), "value": words.when(order.arrived_at)},
        {"label": _("Done by"), "value": words.when(order.completion_agreed_at)},
        {"label": _("Price"), "value": price},
        {"label": _("Work done"), "value": order.work_done},
    ]


def photos(files: list[StoredFile], code: str) -> list[dict[str, str]]:
    rows = []
    for file in files:
        if file.mime.startswith("image/"):
            src = reverse("files:show", args=[code, file.pk])
            rows.append(
                {
                    "src": src,
                    "href": src,
                    "alt": str(file.get_purpose_display()),
                    "caption": words.clock_time(file.taken_at),
                }
            )
    return rows


def moments(case: Case, limit: int = 12) -> list[dict[str, Any]]:
    """The newest acts, short."""
    rows = []
    for event in events.timeline(case, limit=limit):
        operation = registry.get(event.name)
        given = events.opened(case, event.given)
        said = next((str(given[name]) for name in SAID if given.get(name)), "")
        verb = event.name.rsplit(".", 1)[-1]
        rows.append(
            {
                "icon": steps.ICONS.get(verb, "point"), "actor": actor_of(event),
                "words": operation.label if operation else event.name, "quote": said, "at": words.when(event.at),
                "iso": event.at.isoformat(), "late": _("entered late") if event.is_late else "",
            }
        )  # fmt: skip
    return rows
