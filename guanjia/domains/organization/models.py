"""Somebody is wanted on the spot: the call to a steward to come, until they are there (ORG-08)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


@register("site_call")
class SiteCall(Scoped):
    """A steward is called to a house or a place; who was called says when they are there."""

    class State(models.TextChoices):
        CALLED = "steward_called", _("Called")
        THERE = "steward_there", _("On site")
        OFF = "steward_called_off", pgettext_lazy("site call", "Called off")

    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    place = models.CharField(_("Place"), max_length=60, blank=True)
    reason = models.CharField(_("What for"), max_length=200)
    steward = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Steward"))
    called_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Called by"))
    called_at = models.DateTimeField(pgettext_lazy("site call", "Called at"))
    arrived_at = models.DateTimeField(_("On site at"), null=True, blank=True)
    outcome = models.CharField(_("What was found"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.CALLED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "arrive_on_site": ({State.CALLED}, State.THERE),
        "call_off_steward": ({State.CALLED}, State.OFF),
    }
    PERSONAL = frozenset({"reason", "outcome"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(house__isnull=False) | ~Q(place=""), name="organization_sitecall_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(state="steward_there", arrived_at__isnull=False)
                | (~Q(state="steward_there") & Q(arrived_at__isnull=True)),
                name="organization_sitecall_there",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "-id"], name="organization_sitecall_state"),
            models.Index(fields=["project", "steward", "state"], name="organization_sitecall_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.where} {self.reason}"[:60]

    @property
    def where(self) -> str:
        return self.house.code if self.house_id and self.house else self.place

    @property
    def executor_id(self) -> int:
        """Who is told, and on whose account a late arrival stands."""
        return int(self.steward_id)
