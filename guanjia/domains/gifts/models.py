"""A line of the gift register (F-GFT)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


class State(models.TextChoices):
    RECEIVED = "received", _("To be handed over")
    HANDED_OVER = "handed_over", _("Handed over")
    DISPOSED = "disposed", _("Disposed of")


@register("gift")
class Gift(Scoped):
    """A gift that could not be declined, from who received it to what became of it."""

    giver = models.CharField(_("Giver"), max_length=30)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    description = models.CharField(_("Gift"), max_length=200)
    value_fen = models.PositiveIntegerField(_("Estimated value"), null=True, blank=True)
    is_valuable = models.BooleanField(_("Valuable"), default=False)
    received_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Received by"))
    received_at = models.DateTimeField(_("Received at"))
    receiver = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Taken over by")
    )
    handed_at = models.DateTimeField(_("Handed over at"), null=True)
    disposal = models.CharField(_("What became of it"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.RECEIVED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "hand_over": ({State.RECEIVED}, State.HANDED_OVER),
        "dispose": ({State.HANDED_OVER}, State.DISPOSED),
    }
    PERSONAL = frozenset({"giver"})
    SEARCHED = ("giver", "description")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=~Q(receiver=F("received_by")), name="gifts_gift_never_oneself"),
            models.CheckConstraint(
                condition=Q(state="received") | Q(receiver__isnull=False, handed_at__isnull=False),
                name="gifts_gift_handed",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="gifts_gift_state")]

    def __str__(self) -> str:
        return self.description

    def search_text(self) -> str:
        return f"{self.giver} {self.description} {self.house.code if self.house else ''}"
