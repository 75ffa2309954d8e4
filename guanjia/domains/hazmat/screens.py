"""Registers and plain pages: draws, lots, anomalies, permits, stores. What is seen at a glance is in `stock.py`."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.registers import Filter, Register, dated, grow, minor, tag
from guanjia.web.things import ThingPages

from . import operations
from .models import Anomaly, Draw, DrawState, Lot, Permit, Seen, Store, Substance
from .stock import ledger_panel, tabs

states.mark({
    DrawState.OUT: "half brand", DrawState.REMAINING: "hand warn", DrawState.SETTLED: "tick ok ended",
    Seen.REPORTED: "hand danger", Seen.ACKNOWLEDGED: "half brand", Seen.CLOSED: "tick ok ended",
})  # fmt: skip


draw_pages = ThingPages(
    Draw, "hazmat:draws", create=operations.hand_out, title=_("Hazardous goods register"),
    said=_("Handed out. What is left comes back before the shift ends."),
    related=("lot__substance", "lot__store", "permit__substance", "permit__to"),
    facts=(
        "lot", "drawn", "planned", "purpose", "place", "drawer", "issuer", "drawn_at", "permit", "used", "finished_at",
        "returned", "returned_at", "receiver",
    ),
)  # fmt: skip
draws = Register(
    "hazmat-draws", pages=draw_pages, frame=tabs, unit=_("draws"),
    columns=(
        "number", grow("lot.substance"), "drawn", minor("purpose"), "drawer", minor("issuer"), "drawn_at",
        minor("used"), minor("returned"), "state",
    ),
    filters=("state",),
    hint=_("Number, purpose, place, substance or name"),
    empty=_("What is handed out for use is written here, and what comes back in the same line."),
)  # fmt: skip

lot_pages = ThingPages(
    Lot, "hazmat:lots", create=operations.receive, title=_("Batches in store"), said=_("It is in the ledger now."),
    facts=("substance", "store", "batch", "expires_on", "balance"),
    panels=ledger_panel,
)  # fmt: skip
moves = ThingPages(
    Lot, "hazmat:lots", create=operations.transfer, title=_("Batches in store"), facts=(),
    said=_("Moved, out here and in there."),
)  # fmt: skip


lots = Register(
    "hazmat-lots", pages=lot_pages, frame=tabs, unit=_("batches"),
    columns=(grow("substance"), "batch", "store", "expires_on", "balance"),
    filters=(
        Filter(
            "held", _("Quantity in store"),
            lambda project: [("yes", _("With something in it")), ("no", _("Nothing in it"))],
            lambda value: Q(balance__gt=0) if value == "yes" else Q(balance=0),
        ),
    ),
)  # fmt: skip

anomaly_pages = ThingPages(
    Anomaly, "hazmat:anomalies", create=operations.report, title=_("Anomalies"),
    said=_("Reported. The lead and the supervisor are told now."),
    facts=(
        "substance", "draw", "words", "place", "is_anyone_hurt", "noticed_at", "reporter", "leader", "acknowledged_at",
        "measures",
    ),
    photos=photos,
)  # fmt: skip
anomalies = Register(
    "hazmat-anomalies", pages=anomaly_pages, frame=tabs, unit=_("anomalies"),
    columns=("number", grow("words"), "substance", minor("place"), "noticed_at", "reporter", "state"),
    filters=("state",),
    hint=_("Number, words or place"),
    empty=_("Whatever goes wrong with hazardous goods is told here within ten minutes."),
)  # fmt: skip

permit_pages = ThingPages(
    Permit, "hazmat:permits", create=operations.permit, title=_("Permits for other departments"),
    said=_("Permitted: one draw, by this person."),
    facts=("substance", "to", "most", "purpose", "valid_until", "granter", "granted_at"),
)  # fmt: skip
permits = Register(
    "hazmat-permits", pages=permit_pages, frame=tabs, unit=_("permits"),
    columns=(grow("substance"), "to", "most", "purpose", dated("valid_until"), minor("granter")),
    empty=_("Nothing leaves the department without a permit of the service supervisor."),
)  # fmt: skip

store_pages = ThingPages(
    Store, "hazmat:stores", create=operations.add_store, title=_("Stores and cabinets"),
    facts=("kind", "position", "capacity", "keyholder"),
)  # fmt: skip
stores = Register(
    "hazmat-stores", pages=store_pages, frame=tabs, unit=_("stores"),
    columns=(grow("name"), tag("kind"), "position", minor("capacity"), "keyholder"),
    filters=("kind",),
    empty=_("Add the warehouse and the locked cabinets first."),
)  # fmt: skip

substance_pages = ThingPages(
    Substance, "hazmat:substances", create=operations.define, title=_("Hazardous goods"), facts=(),
    said=_("It is under control now."),
)  # fmt: skip
