"""A small store of hazardous goods for tests: a warehouse, a cabinet, alcohol in both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.hazmat import operations
from guanjia.domains.hazmat.models import Draw, Lot, Store, Substance
from guanjia.kernel.actors import Actor
from guanjia.people import posts
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project


@dataclass
class Goods:
    """What stands in North."""

    north: Community
    alcohol: Substance
    warehouse: Store
    cabinet: Store
    bulk: Lot
    bottle: Lot

    def hand_out(
        self, quantity: str, *, to: str = "steward", by: str = "lead", lot: Lot | None = None, **more: Any
    ) -> Draw:
        said = {"planned": quantity, "purpose": "扶手消毒", "place": "3 幢大堂", "quantity": quantity, **more}
        made: Draw = operations.hand_out(self.north.project, by=self.pair(by, to), lot=lot or self.bottle, **said)
        return made

    def pair(self, by: str, to: str) -> Actor:
        """One who acts, and one who identified beside."""
        return beside(self.north.by(by), self.north.staff[to])


@pytest.fixture
def goods(north: Community, office: Project) -> Goods:
    """The cast with a service lead and a cleaning lead, and alcohol in two places."""
    for who, post in (
        ("lead", posts.SERVICE_LEAD),
        ("other_lead", posts.SERVICE_LEAD),
        ("cleaner", posts.CLEANING_LEAD),
    ):
        north.staff[who] = hire(office, north.project, f"north.{who}", f"{who[:1].upper()}领班", post)
    by = north.by("lead")
    alcohol = operations.define(north.project, by=by, goods="alcohol", name="75% 酒精", unit="l", most_per_use=5)
    stores = [
        operations.add_store(
            north.project, by=by, kind=kind, name=name, position="B1", capacity=capacity, is_locked=True
        )
        for kind, name, capacity in (("warehouse", "总库", 100), ("cabinet", "一号柜", 20))
    ]
    bulk = received(north, alcohol, stores[0], "40")
    bottle = received(north, alcohol, stores[1], "10")
    return Goods(north, alcohol, *stores, bulk, bottle)


def received(
    north: Community, substance: Substance, store: Store, quantity: str, *, batch: str = "A1", expires: date | None = None
) -> Lot:  # fmt: skip
    made: Lot = operations.receive(
        north.project, by=north.by("lead"), substance=substance, store=store, batch=batch, quantity=Decimal(quantity),
        expires_on=expires or timezone.localdate() + timedelta(days=400),
    )  # fmt: skip
    return made


def balance(lot: Lot) -> Decimal:
    """What the database says."""
    return Lot.objects.values_list("balance", flat=True).get(pk=lot.pk)
