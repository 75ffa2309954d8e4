"""A line of the found-property register (F-LOST), and what somebody misses."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.parts.custody.models import Kept


class State(models.TextChoices):
    FOUND = "found_here", pgettext_lazy("lostfound", "Found, unclaimed")
    SECURED = "with_security", pgettext_lazy("lostfound", "With security")
    CLAIMED = "claimed", pgettext_lazy("lostfound", "Claimed")
    ENDED = "find_ended", pgettext_lazy("lostfound", "Disposed of")


@register("find")
class Find(Kept):
    """Something that lay about, with who found it, where it is kept, and who got it."""

    number = models.CharField(_("Number"), max_length=30)
    description = models.CharField(pgettext_lazy("lostfound", "What it is"), max_length=200)
    # Asked of whoever claims it, never shown to residents.
    features = models.CharField(pgettext_lazy("lostfound", "Features to ask for"), max_length=200, blank=True)
    place = models.CharField(pgettext_lazy("lostfound", "Found where"), max_length=80)
    found_at = models.DateTimeField(pgettext_lazy("lostfound", "Found at"))
    finder = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("lostfound", "Registered by")
    )
    found_by = models.CharField(pgettext_lazy("lostfound", "Found by, if not staff"), max_length=40, blank=True)
    is_valuable = models.BooleanField(pgettext_lazy("lostfound", "Valuable"), default=False)
    claimant = models.CharField(pgettext_lazy("lostfound", "Claimed by"), max_length=40, blank=True)
    claim_check = models.CharField(pgettext_lazy("lostfound", "How the claim was checked"), max_length=300, blank=True)
    claimed_at = models.DateTimeField(pgettext_lazy("lostfound", "Claimed at"), null=True)
    secured_at = models.DateTimeField(pgettext_lazy("lostfound", "Handed to security at"), null=True)
    secured_by = models.ForeignKey(
        "people.Employee",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("lostfound", "Received by security"),
    )
    disposal = models.CharField(pgettext_lazy("lostfound", "What became of it"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.FOUND)

    FLOW: ClassVar[dict[str, Any]] = {
        "claim": ({State.FOUND, State.SECURED}, State.CLAIMED),
        "hand_to_security": ({State.FOUND}, State.SECURED),
        "dispose": ({State.SECURED}, State.ENDED),
    }
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"claimant", "claim_check", "found_by"})
    SEARCHED = ("number", "description", "place")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="lostfound_find_number"),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(claimed_at__isnull=False) & ~Q(claimant="") & ~Q(claim_check=""),
                name="lostfound_find_checked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["with_security", "find_ended"])
                | Q(secured_at__isnull=False, secured_by__isnull=False),
                name="lostfound_find_secured",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="lostfound_find_state")]

    def __str__(self) -> str:
        return f"{self.description} {self.number}"

    @property
    def handout_title(self) -> str:
        return f"{self.description[:80]} {self.number}"

    def search_text(self) -> str:
        return f"{self.number} {self.description} {self.place}"


class LossState(models.TextChoices):
    MISSED = "missed_still", pgettext_lazy("lostfound", "Still missed")
    RETURNED = "given_back", pgettext_lazy("lostfound", "Given back")
    CLOSED = "loss_closed", pgettext_lazy("lostfound", "Given up")


@register("loss")
class Loss(Scoped):
    """What somebody misses: by themself in the portal, or told to the counter."""

    resident = ScopedForeignKey("people.Resident", null=True, related_name="+", verbose_name=_("Resident"))
    outsider = models.CharField(pgettext_lazy("lostfound", "Somebody else"), max_length=40, blank=True)
    contact = SealedTextField(null=True, blank=True)
    description = models.CharField(pgettext_lazy("lostfound", "What it is"), max_length=200)
    place = models.CharField(pgettext_lazy("lostfound", "Lost where"), max_length=80, blank=True)
    lost_on = models.DateField(pgettext_lazy("lostfound", "Lost on"))
    reported_at = models.DateTimeField(pgettext_lazy("lostfound", "Reported at"))
    find = ScopedForeignKey(Find, null=True, related_name="losses", verbose_name=pgettext_lazy("lostfound", "Find"))
    answer = models.CharField(pgettext_lazy("lostfound", "Answer"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=LossState, default=LossState.MISSED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "match": ({LossState.MISSED}, LossState.RETURNED),
        "give_up": ({LossState.MISSED}, LossState.CLOSED),
    }
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"outsider", "contact"})
    SEARCHED = ("description", "place")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=Q(resident__isnull=False) | ~Q(outsider=""), name="lostfound_loss_whose"),
            models.CheckConstraint(
                condition=~Q(state="given_back") | Q(find__isnull=False), name="lostfound_loss_found"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="lostfound_loss_state")]

    def __str__(self) -> str:
        return self.description

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """Residents see what they reported themself."""
        if by.is_resident:
            return cls.objects.filter(project_id__in=list(by.homes), resident_id__in=list(by.homes.values()))
        return super().visible_to(by)

    def person(self) -> tuple[str, int]:
        return ("people.resident", self.resident_id) if self.resident_id else ("loss", int(self.pk or 0))

    def search_text(self) -> str:
        return f"{self.description} {self.place}"
