"""Where somebody is during the shift (F-OUTING), and who may be on the open internet (SFT-12)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


class State(models.TextChoices):
    OUT = "away", _("Out")
    BACK = "returned", _("Returned")


@register("outing")
class Outing(Scoped):
    """Somebody is out during working hours: where, why, until when, and who knows of it."""

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Who"))
    destination = models.CharField(_("Where to"), max_length=60)
    reason = models.CharField(_("Why"), max_length=100)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    told_to = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Told to"))
    out_at = models.DateTimeField(_("Out at"))
    due_at = models.DateTimeField(_("Back by"))
    back_at = models.DateTimeField(pgettext_lazy("shifts", "Back at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OUT)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {"come_back": ({State.OUT}, State.BACK)}
    PERSONAL = frozenset({"phone"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "employee"], condition=Q(state="away"), name="shifts_outing_one_place"
            ),
            models.CheckConstraint(condition=~Q(told_to=F("employee")), name="shifts_outing_told_another"),
            models.CheckConstraint(condition=Q(due_at__gt=F("out_at")), name="shifts_outing_span"),
            models.CheckConstraint(
                condition=Q(state="away", back_at__isnull=True) | Q(state="returned", back_at__isnull=False),
                name="shifts_outing_back",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="shifts_outing_state")]

    def __str__(self) -> str:
        return f"{self.employee} {self.destination}"


@register("web_permit")
class WebPermit(Scoped):
    """A supervisor's leave to use the open internet for a purpose, until a time."""

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Who"))
    purpose = models.CharField(_("What for"), max_length=100)
    granted_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Allowed by"))
    granted_at = models.DateTimeField(_("Allowed at"))
    until_at = models.DateTimeField(pgettext_lazy("shifts", "Until"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(granted_by=F("employee")), name="shifts_webpermit_never_oneself"),
            models.CheckConstraint(condition=Q(until_at__gt=F("granted_at")), name="shifts_webpermit_span"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="shifts_webpermit_last")]

    def __str__(self) -> str:
        return self.purpose
