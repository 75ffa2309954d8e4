"""A line of the register (F-HAZ): what was handed out, what became of it; permits for others; anomalies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

from .stores import Quantity


class DrawState(models.TextChoices):
    OUT = "out", _("Out, in use")
    REMAINING = "remaining", _("Remainder to return")
    SETTLED = "settled", _("Settled")


@register("hazmat_draw")
class Draw(Scoped):
    """Approved and handed out by one and the same superior, taken by another: drawn = used + returned."""

    number = models.CharField(_("Number"), max_length=40)
    lot = ScopedForeignKey("hazmat.Lot", related_name="draws", verbose_name=_("Batch"))
    drawn = Quantity(_("Quantity drawn"))
    planned = Quantity(_("Planned use"))
    purpose = models.CharField(_("Purpose"), max_length=200)
    place = models.CharField(_("Place of use"), max_length=100)
    drawer = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Drawn by"))
    # HAZ-05: who approves hands out in person, so that it is one name.
    issuer = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=_("Approved and handed out by")
    )
    drawn_at = models.DateTimeField(_("Drawn at"))
    permit = ScopedForeignKey("hazmat.Permit", null=True, related_name="draws", verbose_name=_("Permit"))
    used = Quantity(_("Quantity used"), null=True)
    finished_at = models.DateTimeField(_("Use finished at"), null=True)
    returned = Quantity(_("Quantity returned"), null=True)
    returned_at = models.DateTimeField(_("Returned at"), null=True)
    receiver = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Return received by")
    )
    state = models.CharField(_("State"), max_length=10, choices=DrawState, default=DrawState.OUT)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        # With nothing left the draw is settled at once: the body says where it leads.
        "finish": ({DrawState.OUT}, None),
        "correct_use": ({DrawState.REMAINING}, None),
        "take_back": ({DrawState.REMAINING}, DrawState.SETTLED),
    }
    SEARCHED = ("number", "purpose", "place")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="hazmat_draw_number"),
            models.UniqueConstraint(fields=["project", "permit"], name="hazmat_draw_one_a_permit"),
            models.CheckConstraint(condition=Q(drawn__gt=0, drawn__lte=F("planned")), name="hazmat_draw_as_planned"),
            models.CheckConstraint(
                condition=~Q(drawer=F("issuer")) & (Q(receiver__isnull=True) | ~Q(drawer=F("receiver"))),
                name="hazmat_draw_never_oneself",
            ),
            models.CheckConstraint(
                condition=Q(used__isnull=True, state="out")
                | Q(used__gte=0, used__lte=F("drawn"), finished_at__isnull=False),
                name="hazmat_draw_used",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | Q(drawn=F("used") + F("returned")), name="hazmat_draw_balances"
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True)
                | Q(returned=0)
                | Q(receiver__isnull=False, returned_at__isnull=False),
                name="hazmat_draw_received",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "-id"], name="hazmat_draw_state"),
            models.Index(fields=["project", "drawn_at"], name="hazmat_draw_at"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_drawn_display(self) -> str:
        return self.lot.substance.said(self.drawn)

    def get_planned_display(self) -> str:
        return self.lot.substance.said(self.planned)

    def get_used_display(self) -> str:
        return self.lot.substance.said(self.used)

    def get_returned_display(self) -> str:
        return self.lot.substance.said(self.returned)

    @property
    def remainder(self) -> Decimal:
        """What is to come back once the use is told; before that, all of it is out."""
        return self.drawn - (self.used or Decimal(0))

    def search_text(self) -> str:
        return f"{self.number} {self.purpose} {self.place} {self.lot.substance.name} {self.drawer.name}"


@register("hazmat_permit")
class Permit(Scoped):
    """HAZ-09: nothing leaves the department without permission; one permit, one person, one draw."""

    substance = ScopedForeignKey("hazmat.Substance", related_name="permits", verbose_name=_("Substance"))
    to = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Permitted to"))
    most = Quantity(_("At most"))
    purpose = models.CharField(_("Purpose"), max_length=200)
    valid_until = models.DateField(_("Valid until"))
    granter = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Permitted by"))
    granted_at = models.DateTimeField(_("Permitted at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=~Q(to=F("granter")), name="hazmat_permit_never_oneself"),
            models.CheckConstraint(condition=Q(most__gt=0), name="hazmat_permit_most"),
        ]

    def __str__(self) -> str:
        return f"{self.substance.name}　{self.to.name}"

    def get_most_display(self) -> str:
        return self.substance.said(self.most)


class Seen(models.TextChoices):
    REPORTED = "reported", _("To be taken note of")
    ACKNOWLEDGED = "acknowledged", _("Being dealt with")
    CLOSED = "closed", _("Closed")


@register("hazmat_anomaly")
class Anomaly(Scoped):
    """Something went wrong with hazardous goods: noticed, told at once, taken note of by a superior (HAZ-08)."""

    number = models.CharField(_("Number"), max_length=40)
    draw = ScopedForeignKey("hazmat.Draw", null=True, blank=True, related_name="anomalies", verbose_name=_("Draw"))
    substance = ScopedForeignKey("hazmat.Substance", related_name="anomalies", verbose_name=_("Substance"))
    words = models.CharField(_("What happened"), max_length=500)
    place = models.CharField(_("Where"), max_length=100)
    is_anyone_hurt = models.BooleanField(_("Somebody is hurt or unwell"), default=False)
    noticed_at = models.DateTimeField(_("Noticed at"))
    reporter = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Reported by"))
    leader = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Taken note of by")
    )
    acknowledged_at = models.DateTimeField(_("Taken note of at"), null=True)
    measures = models.CharField(_("Cause and measures"), max_length=500, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=Seen, default=Seen.REPORTED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "acknowledge": ({Seen.REPORTED}, Seen.ACKNOWLEDGED),
        "close": ({Seen.ACKNOWLEDGED}, Seen.CLOSED),
    }
    SEARCHED = ("number", "words", "place")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="hazmat_anomaly_number"),
            models.CheckConstraint(
                condition=Q(state="reported") | Q(leader__isnull=False, acknowledged_at__isnull=False),
                name="hazmat_anomaly_noted",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="hazmat_anomaly_state")]

    def __str__(self) -> str:
        return self.number

    def search_text(self) -> str:
        return f"{self.number} {self.words} {self.place} {self.substance.name}"
