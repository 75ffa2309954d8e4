"""Every read of hazardous goods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count as Number
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project
from guanjia.places.queries import between

from .models import Anomaly, Draw, DrawState, Lot, Movement, Permit, Seen, Substance
from .models.stores import ZERO, shown

MOST = 200  # substances, lots, things out: more of one project is not read at once


def substances(project: Project, by: Actor) -> QuerySet[Substance]:
    return Substance.visible_to(by).filter(project=project)


def lots(project: Project, by: Actor) -> QuerySet[Lot]:
    """Lots with something in them, what expires first in front."""
    rows = Lot.visible_to(by).filter(project=project, balance__gt=0).select_related("substance", "store")
    return rows.order_by(F("expires_on").asc(nulls_last=True), "id")


def draws(project: Project, by: Actor) -> QuerySet[Draw]:
    rows = Draw.visible_to(by).filter(project=project)
    return rows.select_related("project", "lot__substance", "lot__store", "drawer", "issuer", "receiver", "permit")


def out(project: Project, by: Actor) -> QuerySet[Draw]:
    """Handed out and not settled: in use, or with a remainder to return."""
    return draws(project, by).exclude(state=DrawState.SETTLED)


def mine(project: Project, by: Actor) -> QuerySet[Draw]:
    """What this person has out."""
    return out(project, by).filter(drawer_id=by.id)


def anomalies(project: Project, by: Actor) -> QuerySet[Anomaly]:
    rows = Anomaly.visible_to(by).filter(project=project)
    return rows.select_related("project", "substance", "draw", "reporter", "leader")


def open_permit(lot: Lot, employee_id: int, quantity: Decimal, day: date) -> Permit | None:
    """A permit of this person for so much, valid on the day and not used yet; held, so that one draw alone uses it."""
    rows = Permit.objects.select_for_update(no_key=True).filter(
        project_id=lot.project_id, substance_id=lot.substance_id, to_id=employee_id, most__gte=quantity,
        valid_until__gte=day,
    )  # fmt: skip
    # Whether it is used is asked after it is held: who waited for it sees the draw of who came first.
    return next((p for p in rows.order_by("valid_until", "id")[:20] if not p.draws.exists()), None)


def ledger_of(one: Substance | Lot, *, before: int | None = None, size: int = 30) -> tuple[list[Movement], int | None]:
    """One keyset page of all movements of a substance or of one batch, newest first, and where the next one begins."""
    of = {"lot__substance": one} if isinstance(one, Substance) else {"lot": one}
    rows = Movement.objects.filter(project_id=one.project_id, **of)
    rows = rows.select_related("lot__store", "draw__drawer", "employee").order_by("-id")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


@dataclass
class Stock:
    """One substance at a glance."""

    substance: Substance
    lots: list[Lot] = field(default_factory=list)
    out: Decimal = ZERO

    @property
    def balance(self) -> Decimal:
        return sum((lot.balance for lot in self.lots), ZERO)


def stock(project: Project, by: Actor) -> list[Stock]:
    """Every substance with its lots and what is out of it: three statements, however many there are."""
    found = {s.pk: Stock(s) for s in substances(project, by).order_by("goods", "id")[:MOST]}
    for lot in lots(project, by)[:MOST]:
        if lot.substance_id in found:
            found[lot.substance_id].lots.append(lot)
    for draw in out(project, by)[:MOST]:
        if draw.lot.substance_id in found:
            found[draw.lot.substance_id].out += draw.remainder
    return list(found.values())


def expiring(project: Project, by: Actor, day: date) -> list[Lot]:
    """Lots that have expired, or will within the days that their substance warns ahead."""
    return [lot for lot in lots(project, by)[:MOST] if lot.is_expiring(day)]


def open_anomalies(project: Project, by: Actor) -> int:
    return anomalies(project, by).exclude(state=Seen.CLOSED)[:MOST].count()


def of_days(project: Project, by: Actor, since: date, until: date) -> Iterator[dict[str, Any]]:
    """The lines of the register F-HAZ of these days, as the form has its fields, oldest first."""
    from_at, to_at = between(project, since, until)
    rows = draws(project, by).filter(drawn_at__gte=from_at, drawn_at__lt=to_at).prefetch_related("anomalies")
    for draw in rows.order_by("drawn_at", "id"):
        yield {
            "at": draw.drawn_at, "goods": draw.lot.substance.goods, "drawn_qty": shown(draw.drawn),
            "unit": str(draw.lot.substance.get_unit_display()), "purpose": f"{draw.purpose}（{draw.place}）",
            "drawn_by": draw.drawer.name, "approved_by": draw.issuer.name, "issued_by": draw.issuer.name,
            "used_qty": shown(draw.used), "returned_qty": shown(draw.returned), "returned_at": draw.returned_at,
            "received_by": draw.receiver.name if draw.receiver else "",
            "anomaly": "；".join(one.words for one in draw.anomalies.all()),
        }  # fmt: skip


def late(at: datetime) -> Q:
    """What should be back by now: a remainder told more than a shift ago, or a use of yesterday that nobody ended."""
    return Q(state=DrawState.REMAINING, finished_at__lt=at - timedelta(hours=8)) | Q(
        drawn_at__lt=at - timedelta(hours=12)
    )


def counts_out(project: Project, at: datetime) -> tuple[int, int]:
    """How many draws are not settled, and how many of them are late."""
    told = Draw.objects.filter(project=project).exclude(state=DrawState.SETTLED)
    found = told.aggregate(n=Number("id"), late=Number("id", filter=late(at)))
    return found["n"], found["late"]


def today(project: Project, by: Actor) -> date:
    return timezone.localtime(by.at, ZoneInfo(project.zone)).date()
