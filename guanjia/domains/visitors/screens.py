"""The visitor register, passes, the watch list: lists, pages, the printed day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.parts.instructions import queries as instructions
from guanjia.parts.papers.asking import register_of
from guanjia.parts.runsheets import queries as runsheets
from guanjia.parts.runsheets.panels import start_url
from guanjia.places.models import Project
from guanjia.web import states
from guanjia.web.doors import staff_page
from guanjia.web.registers import Column, Filter, Register, by_words
from guanjia.web.things import ThingPages

from . import codes, operations, papers, queries
from .models import GATE, WATCHERS, Pass, Visitor, Watch

State = Visitor.State
states.register(State.WAITING, "hand", "warn", State.WAITING.label)
states.register(State.INSIDE, "half", "brand", State.INSIDE.label)
states.register(State.LEFT, "tick", "ok", State.LEFT.label, ended=True)
states.register(State.TURNED_AWAY, "cross", "danger", State.TURNED_AWAY.label, ended=True)
states.register(Pass.State.VALID, "most", "ok", Pass.State.VALID.label)
states.register(Pass.State.USED, "tick", "neutral", Pass.State.USED.label, ended=True)
states.register(Pass.State.REVOKED, "cross", "neutral", Pass.State.REVOKED.label, ended=True)
states.register(Watch.State.WATCHED, "hand", "danger", Watch.State.WATCHED.label)
states.register(Watch.State.LIFTED, "tick", "neutral", Watch.State.LIFTED.label, ended=True)


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
    related=("project", "house", "visitor_pass", "confirmed_by", "admitted_by", "watch"),
    facts=(
        "name", "id_type", "id_tail", "headcount", "plate", "house", "purpose", "confirmed_how", "confirmed_by",
        "confirmed_at", "heeded", "arrived_at", "admitted_by", "admitted_at", "left_at", "turned_why",
    ),
    panels=beside_visitor,
)  # fmt: skip


def print_links(project: Project, by: Actor) -> list[dict[str, Any]]:
    """A new visitor, the pass, the printed day, as far as the post goes."""
    links = pages.new_links(project, by)
    if by.may(operations.print_register.name, project.pk):
        url = reverse("visitors:paper", args=[project.code])
        links.append({"url": url, "label": operations.print_register.label, "icon": "printer"})
    return links


def tabs(request: Any, slug: str) -> dict[str, Any]:
    """The lists of the room beside each other."""
    project, by = request.project, request.actor
    rows = [("inside", _("In the building")), ("list", _("Visitors")), ("passes", _("Passes"))]
    if by.holds(project.pk, *WATCHERS):
        rows.append(("watch", _("Watch list")))
    if by.holds(project.pk, *GATE):
        rows.append(("instructions", _("Instructions")))
    made = [
        {
            "label": label, "current": name == slug,
            "url": reverse("instructions:list" if name == "instructions" else f"visitors:{name}", args=[project.code]),
        }
        for name, label in rows
    ]  # fmt: skip
    return {"tabs": made}


COLUMNS = (
    Column(pgettext_lazy("visitors", "Name"), "name"),
    Column(_("House"), "house.code"),
    Column(pgettext_lazy("visitors", "Purpose"), "purpose", "grow"),
    Column(pgettext_lazy("visitors", "People"), "headcount", "num", is_minor=True),
    Column(_("Plate"), "plate", is_minor=True),
    Column(_("Arrived at"), "arrived_at", "day"),
    Column(_("Left at"), "left_at", "day", is_minor=True),
    Column(_("Let in by"), "admitted_by.name", "person", is_minor=True),
    Column(_("State"), "get_state_display", "tag"),
)
SHARED: dict[str, Any] = {
    "unit": _("visitors"),
    "columns": COLUMNS,
    "searched": by_words(Visitor),
    "hint": _("Name, plate, house, or the end of a number"),
    "page": pages.address,
    "new": print_links,
    "posts": GATE | frozenset({"general_manager"}),
    "frame": tabs,
}
register = Register(
    "list",
    title=_("Visitors"),
    rows=queries.visitors,
    filters=(Filter("state", _("State"), lambda project: State.choices, lambda value: Q(state=value)),),
    empty=_("Whoever comes to a house stands here: who, to whom, who agreed, who let them in, when they left."),
    **SHARED,
)
inside = Register(
    "inside",
    title=_("In the building now"),
    rows=queries.inside,
    empty=_("No visitor is in the building."),
    **SHARED,
)

pass_pages = ThingPages(
    Pass,
    "visitors",
    names=("passes", "new-pass", "pass"),
    create=operations.issue,
    title=_("Passes"),
    said=_("Issued. Send the code to the household, or read it out."),
    related=("project", "house", "resident", "issued_by"),
    facts=(
        "visitor", "house", "headcount", "plate", "purpose", "kind", "is_vip", "from_at", "until_at", "uses",
        "resident", "issued_by", "issued_at",
    ),
    panels=beside_pass,
)  # fmt: skip
passes = Register(
    "passes",
    title=_("Passes"),
    unit=pgettext_lazy("unit", "passes"),
    rows=pass_pages.rows,
    columns=(
        Column(_("Visitor"), "visitor"),
        Column(_("House"), "house.code"),
        Column(pgettext_lazy("visitors", "Purpose"), "purpose", "grow"),
        Column(_("Kind"), "get_kind_display", is_minor=True),
        Column(_("Valid from"), "from_at", "day", is_minor=True),
        Column(_("Valid until"), "until_at", "day"),
        Column(_("Issued by"), "resident.name", "person", is_minor=True),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: Pass.State.choices, lambda value: Q(state=value)),),
    searched=by_words(Pass),
    hint=_("Visitor, plate or house"),
    page=pass_pages.address,
    new=pass_pages.new_links,
    posts=SHARED["posts"],
    frame=tabs,
    empty=_("Households announce visitors here: in their pages, or by phone at the counter."),
)

watch_pages = ThingPages(
    Watch,
    "visitors",
    names=("watch", "new-watch", "watched"),
    create=operations.put_on_watch,
    title=_("Watch list"),
    related=("project", "added_by"),
    facts=("name", "plate", "level", "reason", "until_on", "added_by", "added_at", "lifted_why"),
)
watch = Register(
    "watch",
    title=_("Watch list"),
    unit=_("persons"),
    rows=watch_pages.rows,
    columns=(
        Column(pgettext_lazy("visitors", "Name"), "name"),
        Column(_("What to do"), "get_level_display", "tag"),
        Column(_("Reason"), "reason", "grow"),
        Column(_("Until"), lambda one: one.until_on.isoformat()),
        Column(_("Put on by"), "added_by.name", "person", is_minor=True),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: Watch.State.choices, lambda value: Q(state=value)),),
    searched=by_words(Watch),
    hint=_("Name or plate"),
    page=watch_pages.address,
    new=watch_pages.new_links,
    posts=WATCHERS,
    frame=tabs,
    empty=_("Nobody is watched for."),
)


@staff_page
@require_http_methods(["GET", "POST"])
def paper(request: Any) -> HttpResponse:
    """The register of a day."""
    by, project = request.actor, request.project

    def sheet(day: date) -> bytes:
        return papers.sheet(project, queries.of_day(project, by, day), day, by=by)

    return register_of(
        request, operations.print_register, sheet, back=reverse("visitors:list", args=[project.code]),
        name=papers.FORM, day=timezone.localdate(by.at),
    )  # fmt: skip
