"""Registers and plain pages: draws, lots, anomalies, permits, stores. What is seen at a glance is in `stock.py`."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.parts.clocks import explaining
from guanjia.parts.files.showing import photos
from guanjia.places.models import Project
from guanjia.web import states
from guanjia.web.registers import Column, Filter, Register, by_words
from guanjia.web.things import ThingPages

from . import operations, queries
from .models import Anomaly, Draw, DrawState, Lot, Permit, Seen, Store, StoreKind, Substance
from .stock import ledger_panel

for _state, _shape, _tone in (
    (DrawState.OUT, "half", "brand"), (DrawState.REMAINING, "hand", "warn"), (DrawState.SETTLED, "tick", "ok"),
    (Seen.REPORTED, "hand", "danger"), (Seen.ACKNOWLEDGED, "half", "brand"), (Seen.CLOSED, "tick", "ok"),
):  # fmt: skip
    states.register(_state, _shape, _tone, _state.label, ended=_state in (DrawState.SETTLED, Seen.CLOSED))


draw_pages = ThingPages(
    Draw, "hazmat:draws", create=operations.hand_out, title=_("Hazardous goods register"),
    said=_("Handed out. What is left comes back before the shift ends."),
    related=(
        "project", "lot__substance", "lot__store", "drawer", "issuer", "receiver", "permit__substance", "permit__to",
    ),
    facts=(
        "lot", "drawn", "planned", "purpose", "place", "drawer", "issuer", "drawn_at", "permit", "used", "finished_at",
        "returned", "returned_at", "receiver",
    ),
    limits=explaining.axes,
)  # fmt: skip
draws = Register(
    "hazmat-draws", title=_("Hazardous goods register"), unit=_("draws"), rows=queries.draws,
    columns=(
        Column(_("Number"), "number"),
        Column(_("Substance"), "lot.substance.name", "grow"),
        Column(_("Quantity drawn"), "get_drawn_display", "num"),
        Column(_("Purpose"), "purpose", is_minor=True),
        Column(_("Drawn by"), "drawer.name", "person"),
        Column(_("Approved and handed out by"), "issuer.name", "person", is_minor=True),
        Column(_("Drawn at"), "drawn_at", "day"),
        Column(_("Quantity used"), "get_used_display", "num", is_minor=True),
        Column(_("Quantity returned"), "get_returned_display", "num", is_minor=True),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: DrawState.choices, lambda value: Q(state=value)),),
    searched=by_words(Draw), hint=_("Number, purpose, place, substance or name"),
    page=draw_pages.address, new=draw_pages.new_links,
    empty=_("What is handed out for use is written here, and what comes back in the same line."),
)  # fmt: skip

lot_pages = ThingPages(
    Lot, "hazmat:lots", create=operations.receive, title=_("Batches in store"), said=_("It is in the ledger now."),
    related=("project", "substance", "store"), facts=("substance", "store", "batch", "expires_on", "balance"),
    panels=ledger_panel,
)  # fmt: skip
moves = ThingPages(
    Lot, "hazmat:lots", create=operations.transfer, title=_("Batches in store"), facts=(),
    said=_("Moved, out here and in there."),
)  # fmt: skip


def all_lots(project: Project, by: Actor) -> QuerySet[Lot]:
    return Lot.visible_to(by).filter(project=project).select_related("project", "substance", "store")


lots = Register(
    "hazmat-lots", title=_("Batches in store"), unit=_("batches"), rows=all_lots,
    columns=(
        Column(_("Substance"), "substance.name", "grow"),
        Column(_("Batch"), "batch"),
        Column(_("Store"), "store.name"),
        Column(_("Expires on"), "get_expires_on_display"),
        Column(_("Quantity in store"), "get_balance_display", "num"),
    ),
    filters=(
        Filter(
            "held", _("Quantity in store"),
            lambda project: [("yes", _("With something in it")), ("no", _("Nothing in it"))],
            lambda value: Q(balance__gt=0) if value == "yes" else Q(balance=0),
        ),
    ),
    page=lot_pages.address, new=lot_pages.new_links,
)  # fmt: skip

anomaly_pages = ThingPages(
    Anomaly, "hazmat:anomalies", create=operations.report, title=_("Anomalies"),
    said=_("Reported. The lead and the supervisor are told now."),
    related=("project", "substance", "draw", "reporter", "leader"),
    facts=(
        "substance", "draw", "words", "place", "is_anyone_hurt", "noticed_at", "reporter", "leader", "acknowledged_at",
        "measures",
    ),
    limits=explaining.axes, photos=photos,
)  # fmt: skip
anomalies = Register(
    "hazmat-anomalies", title=_("Anomalies"), unit=_("anomalies"), rows=queries.anomalies,
    columns=(
        Column(_("Number"), "number"),
        Column(_("What happened"), "words", "grow"),
        Column(_("Substance"), "substance.name"),
        Column(_("Where"), "place", is_minor=True),
        Column(_("Noticed at"), "noticed_at", "day"),
        Column(_("Reported by"), "reporter.name", "person"),
        Column(_("State"), "get_state_display", "tag"),
    ),
    filters=(Filter("state", _("State"), lambda project: Seen.choices, lambda value: Q(state=value)),),
    searched=by_words(Anomaly), hint=_("Number, words or place"),
    page=anomaly_pages.address, new=anomaly_pages.new_links,
    empty=_("Whatever goes wrong with hazardous goods is told here within ten minutes."),
)  # fmt: skip

permit_pages = ThingPages(
    Permit, "hazmat:permits", create=operations.permit, title=_("Permits for other departments"),
    said=_("Permitted: one draw, by this person."), related=("project", "substance", "to", "granter"),
    facts=("substance", "to", "most", "purpose", "valid_until", "granter", "granted_at"),
)  # fmt: skip
permits = Register(
    "hazmat-permits", title=_("Permits for other departments"), unit=_("permits"), rows=queries.permits,
    columns=(
        Column(_("Substance"), "substance.name", "grow"),
        Column(_("Permitted to"), "to.name", "person"),
        Column(_("At most"), "get_most_display", "num"),
        Column(_("Purpose"), "purpose"),
        Column(_("Valid until"), lambda p: p.valid_until.isoformat()),
        Column(_("Permitted by"), "granter.name", "person", is_minor=True),
    ),
    page=permit_pages.address, new=permit_pages.new_links,
    empty=_("Nothing leaves the department without a permit of the service supervisor."),
)  # fmt: skip

store_pages = ThingPages(
    Store, "hazmat:stores", create=operations.add_store, title=_("Stores and cabinets"),
    related=("project", "keyholder"), facts=("kind", "position", "capacity", "keyholder"),
)  # fmt: skip
stores = Register(
    "hazmat-stores", title=_("Stores and cabinets"), unit=_("stores"), rows=queries.stores,
    columns=(
        Column(_("Store"), "name", "grow"),
        Column(_("Kind of store"), "get_kind_display", "tag"),
        Column(pgettext_lazy("custody", "Where it stands"), "position"),
        Column(_("Holds at most (litres or kilograms)"), "get_capacity_display", "num", is_minor=True),
        Column(_("Keeps the key"), "keyholder.name", "person"),
    ),
    filters=(Filter("kind", _("Kind of store"), lambda project: StoreKind.choices, lambda value: Q(kind=value)),),
    page=store_pages.address, new=store_pages.new_links,
    empty=_("Add the warehouse and the locked cabinets first."),
)  # fmt: skip

substance_pages = ThingPages(
    Substance, "hazmat:substances", create=operations.define, title=_("Hazardous goods"), facts=(),
    said=_("It is under control now."),
)  # fmt: skip
