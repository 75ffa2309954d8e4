"""The visitor register, passes, the watch list: lists, pages, the printed day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.parts.instructions import queries as instructions
from guanjia.parts.runsheets import queries as runsheets
from guanjia.parts.runsheets.panels import start_url
from guanjia.web import states
from guanjia.web.registers import Register, dated, grow, minor, tag
from guanjia.web.tabs import Tab, Tabs
from guanjia.web.things import ThingPages

from . import codes, operations, queries
from .models import GATE, WATCHERS, Pass, Visitor, Watch

State = Visitor.State
states.mark({
    State.WAITING: "hand warn", State.INSIDE: "half brand", State.LEFT: "tick ok ended",
    State.TURNED_AWAY: "cross danger ended", Pass.State.VALID: "most ok", Pass.State.USED: "tick neutral ended",
    Pass.State.REVOKED: "cross neutral ended", Watch.State.WATCHED: "hand danger",
    Watch.State.LIFTED: "tick neutral ended",
})  # fmt: skip


def beside_visitor(visitor: Visitor, by: Actor) -> Iterator[dict[str, Any]]:
    """What has to be read before somebody is let in: the house's instructions, the watch list."""
    is_open = visitor.state == State.WAITING
    yield {
        "template": "visitors/heed.html",
        "instructions": instructions.of_house(visitor.house, by.at) if is_open else [],
        "watch": visitor.watch if visitor.watch_id and is_open else None,
        "may_read": by.holds(visitor.project_id, *WATCHERS),
        "is_stopped": visitor.is_stopped,
    }


RECEPTION = book.clause("VIS-03")  # how a VIP is received


def beside_pass(one: Pass, by: Actor) -> Iterator[dict[str, Any]]:
    """The code for who may issue one, the instructions, who came with it, the reception of a VIP."""
    code = str(one.code)
    is_open = one.state == Pass.State.VALID and one.until_at > by.at
    yield {
        "template": "visitors/pass_panel.html",
        "code": codes.spaced(code) if code and is_open and by.may(operations.issue.name, one.project_id) else "",
        "picture": codes.picture(code) if code and is_open and by.may(operations.issue.name, one.project_id) else "",
        "why_not": operations.gate.WHY_NOT.get(queries.why_not(one, by.at), ""),
        "instructions": instructions.of_house(one.house, by.at) if is_open else [],
        "visits": [{"visit": v, "url": pages.address(v, one.project)} for v in one.visits.order_by("-id")[:20]],
        "sheets": runsheets.about(one, by) if one.is_vip else [],
        "start_url": start_url(RECEPTION, one.project, by, one) if one.is_vip else "",
        "is_vip": one.is_vip,
    }


pages = ThingPages(
    Visitor,
    "visitors",
    create=operations.arrive,
    title=_("Visitors"),
    said=_("Written down. Ask the household before you let them in."),
    related=("visitor_pass", "watch"),
    facts=(
        "name", "id_type", "id_tail", "headcount", "plate", "house", "purpose", "confirmed_how", "confirmed_by",
        "confirmed_at", "heeded", "arrived_at", "admitted_by", "admitted_at", "left_at", "turned_why",
    ),
    panels=beside_visitor,
)  # fmt: skip


tabs = Tabs(
    Tab("visitors:inside", _("In the building")),
    Tab("visitors:list", _("Visitors")),
    Tab("visitors:passes", _("Passes")),
    Tab("visitors:watch", _("Watch list"), WATCHERS),
    Tab("instructions:list", _("Instructions"), GATE),
)
MAY_READ = GATE | frozenset({"general_manager"})
register = Register(
    "list",
    pages=pages,
    unit=_("visitors"),
    columns=(
        "name", "house", grow("purpose"), minor("headcount"), minor("plate"), "arrived_at", minor("left_at"),
        minor("admitted_by"), "state",
    ),
    filters=("state",),
    hint=_("Name, plate, house, or the end of a number"),
    posts=MAY_READ,
    frame=tabs,
    empty=_("Whoever comes to a house stands here: who, to whom, who agreed, who let them in, when they left."),
)  # fmt: skip
inside = replace(
    register,
    slug="inside",
    title=_("In the building now"),
    rows=queries.inside,
    filters=(),
    empty=_("No visitor is in the building."),
)

pass_pages = ThingPages(
    Pass,
    "visitors",
    names=("passes", "new-pass", "pass"),
    create=operations.issue,
    title=_("Passes"),
    said=_("Issued. Send the code to the household, or read it out."),
    facts=(
        "visitor", "house", "headcount", "plate", "purpose", "kind", "is_vip", "from_at", "until_at", "uses",
        "resident", "issued_by", "issued_at",
    ),
    panels=beside_pass,
)  # fmt: skip
passes = Register(
    "passes",
    pages=pass_pages,
    unit=pgettext_lazy("unit", "passes"),
    columns=(
        "visitor", "house", grow("purpose"), minor("kind"), minor("from_at"), "until_at", minor("resident"), "state",
    ),
    filters=("state",),
    hint=_("Visitor, plate or house"),
    posts=MAY_READ,
    frame=tabs,
    empty=_("Households announce visitors here: in their pages, or by phone at the counter."),
)  # fmt: skip

watch_pages = ThingPages(
    Watch,
    "visitors",
    names=("watch", "new-watch", "watched"),
    create=operations.put_on_watch,
    title=_("Watch list"),
    facts=("name", "plate", "level", "reason", "until_on", "added_by", "added_at", "lifted_why"),
)
watch = Register(
    "watch",
    pages=watch_pages,
    unit=_("persons"),
    columns=("name", tag("level"), grow("reason"), dated("until_on"), minor("added_by"), "state"),
    filters=("state",),
    hint=_("Name or plate"),
    posts=WATCHERS,
    frame=tabs,
    empty=_("Nobody is watched for."),
)
