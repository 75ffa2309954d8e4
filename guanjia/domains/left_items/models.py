"""One line of the custody register (F-CUSTODY)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.subjects import register
from guanjia.parts.custody.models import Kept
from guanjia.people.models import Occupancy


class State(models.TextChoices):
    KEPT = "kept_for", _("In keeping")
    COLLECTED = "collected", pgettext_lazy("left_items", "Collected")


@register("left_item")
class LeftItem(Kept):
    """Something left with us: `quantity` is what is still here of the `deposited` pieces."""

    number = models.CharField(_("Number"), max_length=30)
    description = models.CharField(pgettext_lazy("left_items", "What it is"), max_length=200)
    deposited = models.PositiveSmallIntegerField(_("Pieces left with us"), default=1)
    house = ScopedForeignKey("places.House", related_name="+", verbose_name=_("House"))
    depositor = models.CharField(_("Left by"), max_length=40)
    depositor_phone = SealedTextField(null=True, blank=True)
    recipient = models.CharField(_("To be collected by"), max_length=40)
    recipient_phone = SealedTextField(null=True, blank=True)
    deposited_at = models.DateTimeField(pgettext_lazy("left_items", "Left at"))
    due_at = models.DateTimeField(_("Collected by agreement until"))
    approved_by = models.CharField(_("Approved by"), max_length=120, blank=True)
    asked_at = models.DateTimeField(_("Asked after at"), null=True)
    answer = models.CharField(_("What was answered"), max_length=200, blank=True)
    collected_at = models.DateTimeField(_("All collected at"), null=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.KEPT)

    FLOW: ClassVar[dict[str, Any]] = {
        "collect": ({State.KEPT}, State.COLLECTED),
        "collect_part": ({State.KEPT}, None),
        "pass_on": ({State.KEPT}, None),
        "chase": ({State.KEPT}, None),
        "agree_later": ({State.KEPT}, None),
    }
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"depositor", "depositor_phone", "recipient", "recipient_phone"})
    SEARCHED = ("number", "description", "depositor", "recipient")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="left_items_leftitem_number"),
            # What is here and what went balance with what came; nothing is left of what is all collected.
            models.CheckConstraint(condition=Q(quantity__lte=F("deposited")), name="left_items_leftitem_balance"),
            models.CheckConstraint(
                condition=Q(state="kept_for", quantity__gt=0, collected_at__isnull=True)
                | Q(state="collected", quantity=0, collected_at__isnull=False),
                name="left_items_leftitem_collected",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "due_at"], name="left_items_leftitem_due"),
        ]

    def __str__(self) -> str:
        return f"{self.description} {self.number}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """Staff of the project; residents what was left for their house since they belong to it."""
        if not by.is_resident:
            return super().visible_to(by)
        mine = Occupancy.objects.filter(
            project_id__in=list(by.homes), resident_id__in=list(by.homes.values()), ended_on__isnull=True,
            house=models.OuterRef("house"), from_on__lte=models.OuterRef("deposited_at__date"),
        )  # fmt: skip
        return cls.objects.filter(models.Exists(mine), project_id__in=list(by.homes))

    @property
    def handout_title(self) -> str:
        return f"{self.description[:80]} {self.number}"

    def search_text(self) -> str:
        return f"{self.number} {self.description} {self.depositor} {self.recipient} {self.house.code}"

    def search_phones(self) -> tuple[str, ...]:
        return tuple(str(one) for one in (self.depositor_phone, self.recipient_phone) if one)
