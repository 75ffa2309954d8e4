"""The quantity ledger: each movement continues the one before it, and a lot holds what its last movement says.

The database keeps it so, not the code: `before` is what the previous line ended with (a reference over several
columns), `after = before + change`, never below zero, one line of each number; what a lot shows is a line of its own
ledger. So the balance is always the sum of the movements. Lines are never changed (`APPEND_ONLY`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import Matches, ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

from .stores import ZERO, Quantity


@register("hazmat_lot")
class Lot(Scoped):
    """What lies of one batch of a substance in one store."""

    substance = ScopedForeignKey("hazmat.Substance", related_name="lots", verbose_name=_("Substance"))
    store = ScopedForeignKey("hazmat.Store", related_name="lots", verbose_name=_("Store"))
    batch = models.CharField(_("Batch"), max_length=40)
    expires_on = models.DateField(_("Expires on"), null=True, blank=True)
    balance = Quantity(_("Quantity in store"), default=ZERO)
    last = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "store", "substance", "batch"], name="hazmat_lot_once"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="hazmat_lot_never_below"),
            models.CheckConstraint(
                condition=Q(last__isnull=True, balance=0) | Q(last__isnull=False, last__gt=0), name="hazmat_lot_counted"
            ),
            Matches(
                columns=("project_id", "id", "last", "balance"), to="hazmat_movement",
                to_columns=("project_id", "lot_id", "number", "after"), name="hazmat_lot_is_its_ledger",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "expires_on"], condition=Q(balance__gt=0), name="hazmat_lot_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.substance.name}　{self.batch}"

    def get_balance_display(self) -> str:
        return self.substance.said(self.balance)

    def get_expires_on_display(self) -> str:
        """The day, and that it has passed where it has."""
        if self.expires_on is None:
            return ""
        day = self.expires_on.isoformat()
        return _("expired on %(day)s") % {"day": day} if self.is_expired(timezone.localdate()) else day

    def is_expired(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on < day

    def is_expiring(self, day: date) -> bool:
        """Within the days that the substance warns ahead."""
        return self.expires_on is not None and self.expires_on - timedelta(days=self.substance.warn_days) <= day


class Kind(models.TextChoices):
    RECEIVED = "received", _("Received into store")
    MOVED_OUT = "moved_out", _("Moved out to there")
    MOVED_IN = "moved_in", _("Moved in from there")
    DRAWN = "drawn", _("Handed out for use")
    RETURNED = "returned", _("Returned to store")
    COUNTED = "counted", _("Stock counted")
    WRITTEN_OFF = "written_off", _("Written off")


GAINS = (Kind.RECEIVED, Kind.MOVED_IN, Kind.RETURNED)
LOSSES = (Kind.MOVED_OUT, Kind.DRAWN, Kind.WRITTEN_OFF)


class Movement(Scoped):
    """One line of the ledger of a lot."""

    APPEND_ONLY = True

    lot = ScopedForeignKey(Lot, related_name="movements")
    number = models.PositiveIntegerField()
    previous = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=Kind)
    before = Quantity()
    change = Quantity()
    after = Quantity()
    draw = ScopedForeignKey("hazmat.Draw", null=True, related_name="movements")
    note = models.CharField(max_length=200, blank=True)
    employee = models.ForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "lot", "number"], name="hazmat_movement_number"),
            models.UniqueConstraint(fields=["project", "lot", "number", "after"], name="hazmat_movement_after"),
            models.UniqueConstraint(
                fields=["project", "draw", "kind"], condition=Q(draw__isnull=False), name="hazmat_movement_of_draw"
            ),
            Matches(
                columns=("project_id", "lot_id", "previous", "before"), to="hazmat_movement",
                to_columns=("project_id", "lot_id", "number", "after"), name="hazmat_movement_continues",
            ),
            models.CheckConstraint(
                condition=Q(after=F("before") + F("change"), after__gte=0), name="hazmat_movement_sum"
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous__isnull=True, before=0) | Q(number__gt=1, previous=F("number") - 1),
                name="hazmat_movement_chain",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=GAINS, change__gt=0) | Q(kind__in=LOSSES, change__lt=0) | Q(kind=Kind.COUNTED),
                name="hazmat_movement_side",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.DRAWN, Kind.RETURNED], draw__isnull=False)
                | (~Q(kind__in=[Kind.DRAWN, Kind.RETURNED]) & Q(draw__isnull=True)),
                name="hazmat_movement_drawn",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "lot", "-id"], name="hazmat_movement_lot")]
