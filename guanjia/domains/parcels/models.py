"""One line of the mail and parcel register (F-PARCEL)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.subjects import register
from guanjia.parts.custody.models import Kept
from guanjia.people.models import Occupancy, Resident


class Sort(models.TextChoices):
    PARCEL = "parcel", pgettext_lazy("parcels", "Parcel")
    SIGNED = "signed", _("Registered letter")
    LETTER = "letter", _("Letter")
    PAPER = "paper", _("Newspaper")


class State(models.TextChoices):
    WAITING = "to_collect", _("Waiting to be collected")
    COLLECTED = "collected", _("Collected")
    ROUND = "handed_round", _("Handed round")
    SENT_BACK = "returned_to_sender", _("Returned to sender")
    TURNED_AWAY = "not_taken", pgettext_lazy("parcels", "Not accepted")
    LOST = "missing_here", pgettext_lazy("parcels", "Missing")


class Reason(models.TextChoices):
    """Why a delivery was not accepted."""

    NO_CONSENT = "no_consent", _("No written consent on file")
    DISAGREED = "disagreed", _("The recipient did not agree")
    UNREACHED = "unreached", _("The recipient did not answer")
    STRANGER = "stranger", _("Nobody of that name lives here")
    DAMAGED = "damaged", pgettext_lazy("parcels", "Damaged")
    OPENED = "opened", _("Opened before")
    TO_PAY = "to_pay", _("Postage or cash on delivery to be paid")


# Handed round without a signature: into the letterbox, by the steward.
UNSIGNED = frozenset({Sort.LETTER, Sort.PAPER})
# Of these the recipient must hear before they go back.
HURT = frozenset({Reason.DAMAGED, Reason.OPENED})


@register("parcel")
class Parcel(Kept):
    """A parcel, a letter, a bundle of papers: taken in, or turned away at the door."""

    number = models.CharField(_("Number"), max_length=30)
    sort = models.CharField(pgettext_lazy("parcels", "Kind"), max_length=10, choices=Sort, default=Sort.PARCEL)
    resident = ScopedForeignKey(Resident, null=True, blank=True, related_name="+", verbose_name=_("Resident"))
    addressee = models.CharField(_("Recipient"), max_length=40)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    carrier = models.CharField(_("Courier"), max_length=20, blank=True)
    tracking = models.CharField(_("Waybill number"), max_length=40, blank=True)
    # Short, and nobody else's among those waiting; freed with the collection.
    code = models.CharField(_("Pick-up code"), max_length=6, blank=True)
    came_at = models.DateTimeField(_("Came at"))
    confirmed_at = models.DateTimeField(_("Confirmed by phone at"), null=True)
    is_intact = models.BooleanField(_("Wrapping unhurt"), default=True)
    refusal = models.CharField(_("Why not accepted"), max_length=12, choices=Reason, blank=True)
    told_at = models.DateTimeField(_("Recipient told at"), null=True)
    reminded_at = models.DateTimeField(_("Reminded at"), null=True)
    reminders = models.PositiveSmallIntegerField(_("Reminders"), default=0)
    collected_at = models.DateTimeField(_("Collected at"), null=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.WAITING)

    FLOW: ClassVar[dict[str, Any]] = {
        "hand_over": ({State.WAITING}, State.COLLECTED),
        "hand_round": ({State.WAITING}, State.ROUND),
        "put_elsewhere": ({State.WAITING}, None),
        "remind": ({State.WAITING}, None),
        "send_back": ({State.WAITING}, State.SENT_BACK),
        "report_missing": ({State.WAITING}, State.LOST),
        "find_again": ({State.LOST}, State.WAITING),
    }
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"addressee", "tracking"})
    SECRET: ClassVar[frozenset[str]] = frozenset({"code"})
    SEARCHED = ("number", "tracking", "addressee")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="parcels_parcel_number"),
            models.UniqueConstraint(
                fields=["project", "code"], condition=Q(state="to_collect") & ~Q(code=""), name="parcels_parcel_code"
            ),
            models.UniqueConstraint(
                fields=["project", "tracking"], condition=Q(state="to_collect") & ~Q(tracking=""),
                name="parcels_parcel_waybill",
            ),
            # What lies here has a house, a place, and somebody who said on the phone that we may take it.
            models.CheckConstraint(
                condition=Q(state="not_taken") | Q(house__isnull=False) & ~Q(position=""), name="parcels_parcel_place"
            ),
            models.CheckConstraint(
                condition=Q(state="not_taken") | ~Q(sort="parcel")
                | Q(resident__isnull=False, confirmed_at__isnull=False, is_intact=True) & ~Q(code=""),
                name="parcels_parcel_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state="collected") | Q(collected_at__isnull=False), name="parcels_parcel_collected"
            ),
            models.CheckConstraint(
                condition=Q(state="not_taken") & ~Q(refusal="") | ~Q(state="not_taken") & Q(refusal=""),
                name="parcels_parcel_refusal",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "-id"], name="parcels_parcel_state"),
            models.Index(fields=["project", "house", "-id"], name="parcels_parcel_house"),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.number}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """Staff of the project; residents what came for those who live with them now."""
        if not by.is_resident:
            return super().visible_to(by)
        mine = Occupancy.objects.filter(
            project_id__in=list(by.homes), resident_id__in=list(by.homes.values()), ended_on__isnull=True
        )
        return cls.objects.filter(
            project_id__in=list(by.homes), house__in=mine.values("house"),
            resident__in=Resident.visible_to(by).values("pk"),
        )  # fmt: skip

    def person(self) -> tuple[str, int]:
        return ("people.resident", self.resident_id) if self.resident_id else ("parcel", int(self.pk or 0))

    def search_text(self) -> str:
        return f"{self.number} {self.addressee} {self.tracking} {self.house.code if self.house else ''}"

    @property
    def holder(self) -> Resident | str:
        """For whom it lies here."""
        return self.resident or self.addressee

    @property
    def told_params(self) -> dict[str, str]:
        """What a message about it says besides its number."""
        return {"code": self.code}
