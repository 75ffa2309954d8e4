"""What only a repair has."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.parts.casework.satisfaction import Satisfaction


class Finding(models.TextChoices):
    """The staff's verdict on the work."""

    FIXED = "fixed", _("Fixed")
    TEMPORARY = "temporary", _("Temporary remedy")
    NOT_FAULTY = "not_faulty", _("Nothing wrong found")
    NOT_OURS = "not_ours", _("Not ours to repair")


class Liability(models.TextChoices):
    """Who answers for the damage (vocabulary: liability_kinds)."""

    PUBLIC_FACILITY = "public_facility", _("Public facility")
    DEVELOPER = "developer", _("Developer's quality")
    OWNER = "owner", _("Owner's own")


class PauseReason(models.TextChoices):
    """The only reasons for which a clock may stand still."""

    MATERIAL = "material", _("Waiting for material")
    RESIDENT_AWAY = "resident_away", _("Waiting for the resident")
    RESIDENT_ASKED = "resident_asked", _("The resident asked for another time")
    THIRD_PARTY = "third_party", _("Waiting for a firm or the developer")
    WEATHER = "weather", _("Weather makes it unsafe")


@register("repair_order")
class RepairOrder(Scoped):
    """The work order of one repair; money in fen, times in UTC."""

    case = ScopedForeignKey("casework.Case", related_name="repair_orders")
    category = models.CharField(max_length=20)
    problem = models.CharField(max_length=20)
    appointment_from = models.DateTimeField(null=True, blank=True)
    appointment_to = models.DateTimeField(null=True, blank=True)
    completion_agreed_at = models.DateTimeField(null=True, blank=True)
    contacted_at = models.DateTimeField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    liability = models.CharField(max_length=20, choices=Liability, blank=True)
    finding = models.CharField(max_length=12, choices=Finding, blank=True)
    work_done = models.CharField(max_length=500, blank=True)
    labour_fen = models.PositiveBigIntegerField(default=0)
    labour_minutes = models.PositiveIntegerField(default=0)
    quoted_fen = models.PositiveBigIntegerField(null=True, blank=True)
    quote_words = models.CharField(max_length=200, blank=True)
    quote_consented_at = models.DateTimeField(null=True, blank=True)
    quote_consent_mode = models.CharField(max_length=10, blank=True)
    rating = models.CharField(max_length=16, choices=Satisfaction, blank=True)
    rating_words = models.CharField(max_length=300, blank=True)
    confirm_mode = models.CharField(max_length=10, blank=True)
    failed_contacts = models.PositiveSmallIntegerField(default=0)
    reworks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "case"], name="repairs_repairorder_one"),
            models.CheckConstraint(
                condition=Q(quote_consented_at__isnull=True) | Q(quoted_fen__isnull=False),
                name="repairs_consent_to_quote",
            ),
            models.CheckConstraint(
                condition=Q(appointment_to__isnull=True) | Q(appointment_to__gt=models.F("appointment_from")),
                name="repairs_appointment_span",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "appointment_from"], name="repairs_appointments")
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def is_quote_settled(self) -> bool:
        """Nothing to pay, or the resident agreed to what was quoted."""
        return not self.quoted_fen or self.quote_consented_at is not None

    @property
    def material_fen(self) -> int:
        """The residents' part of the material, in fen."""
        rows = self.materials.filter(payer=Material.Payer.RESIDENT, taken_back_at__isnull=True)
        return sum(m.quantity * m.unit_fen for m in rows)

    @property
    def total_fen(self) -> int:
        """What the resident pays, in fen."""
        return self.material_fen + self.labour_fen


@register("material")
class Material(Scoped):
    """A line of material used. A wrong one is taken back with a reason and stays to be seen; none is edited."""

    class Payer(models.TextChoices):
        COMPANY = "company", _("Company")
        RESIDENT = "resident", _("Resident")

    order = ScopedForeignKey(RepairOrder, related_name="materials")
    name = models.CharField(max_length=40)
    quantity = models.PositiveIntegerField()
    unit = models.CharField(max_length=10, blank=True)
    unit_fen = models.PositiveBigIntegerField(default=0)
    payer = models.CharField(max_length=10, choices=Payer, default=Payer.COMPANY)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = models.CharField(max_length=200, blank=True, db_default="", default="")

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}{self.unit}"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="repairs_material_some"),
        ]
