"""What is kept, each handing out, and the counts of the store."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

IN_STORE, LENT, LOST = "in_store", "lent", "lost"


class Kept(Scoped):
    """A thing with a keeper and a place, in the store or in somebody's hands; its states contain the three above."""

    quantity = models.PositiveSmallIntegerField(_("Pieces"), default=1)
    position = models.CharField(_("Where it lies"), max_length=60, blank=True)
    keeper = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Keeper"))
    moved_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def handout_title(self) -> str:
        """How the ledger names it; no person's name, the ledger is read by everybody who keeps things."""
        return str(self)

    def came_back(self, handout: Handout) -> None:
        """What else coming back changes (a seal that was broken); saved by the caller."""


class Condition(models.TextChoices):
    WHOLE = "whole", _("Whole")
    WORN = "worn", _("Worn, usable")
    DAMAGED = "damaged", _("Damaged")


class HandoutState(models.TextChoices):
    OUT = "lent", pgettext_lazy("custody", "Out")
    BACK = "returned", pgettext_lazy("custody", "Back")
    SHORT = "short", _("Not all came back")
    GIVEN = "given", _("Handed over for good")


@register("handout")
class Handout(Scoped):
    """One handing out: due back (a loan), or for good (a parcel to its owner). Exactly one holder, of three kinds."""

    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    title = models.CharField(pgettext_lazy("custody", "Thing"), max_length=120)
    quantity = models.PositiveSmallIntegerField(_("Pieces"), default=1)
    returned = models.PositiveSmallIntegerField(_("Came back"), default=0)
    missing = models.PositiveSmallIntegerField(_("Lost"), default=0)
    employee = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Held by")
    )
    resident = ScopedForeignKey("people.Resident", null=True, related_name="+", verbose_name=_("Resident"))
    outsider = models.CharField(_("Somebody else"), max_length=60, blank=True)
    contact = SealedTextField(null=True, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=200, blank=True)
    out_at = models.DateTimeField(_("Handed out at"))
    due_at = models.DateTimeField(_("Due back at"), null=True)
    handed_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Handed out by")
    )
    witness = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Second person")
    )
    approved_by = models.CharField(_("Approved by"), max_length=120, blank=True)
    condition_out = models.CharField(_("Condition then"), max_length=10, choices=Condition, default=Condition.WHOLE)
    overdue_reason = models.CharField(_("Why it is not back"), max_length=200, blank=True)
    explained_at = models.DateTimeField(_("Explained at"), null=True)
    back_at = models.DateTimeField(_("Back at"), null=True)
    taken_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Taken back by")
    )
    condition_back = models.CharField(_("Condition when back"), max_length=10, choices=Condition, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    liable = models.CharField(_("Who answers for it"), max_length=60, blank=True)
    liability = models.CharField(_("How it was settled"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=HandoutState, default=HandoutState.OUT)
    moved_at = models.DateTimeField()

    State = HandoutState
    FLOW: ClassVar[dict[str, Any]] = {
        "take_back": ({HandoutState.OUT}, None),
        "take_part": ({HandoutState.OUT}, None),
        "report_lost": ({HandoutState.OUT}, None),
        "explain": ({HandoutState.OUT}, None),
        "prolong": ({HandoutState.OUT}, None),
        "settle_liability": ({HandoutState.BACK, HandoutState.SHORT}, None),
    }
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"outsider", "contact", "liable"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            # What is out is with one person: two borrowers at once cannot both have it.
            models.UniqueConstraint(
                fields=["project", "subject_label", "subject_id"], condition=Q(state="lent"), name="custody_handout_one"
            ),
            models.CheckConstraint(
                condition=Q(employee__isnull=False, resident__isnull=True, outsider="")
                | Q(employee__isnull=True, resident__isnull=False, outsider="")
                | Q(employee__isnull=True, resident__isnull=True) & ~Q(outsider=""),
                name="custody_handout_holder",
            ),
            models.CheckConstraint(
                condition=Q(state="lent", returned__lt=F("quantity") - F("missing"))
                | Q(state="returned", returned=F("quantity"))
                | Q(state="short", returned=F("quantity") - F("missing"), missing__gt=0)
                | Q(state="given", returned=0, missing=0, due_at__isnull=True),
                name="custody_handout_balance",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["lent", "given"]) | Q(back_at__isnull=False), name="custody_handout_back"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="custody_handout_some"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "subject_label", "subject_id", "-id"], name="custody_handout_thing"),
            models.Index(
                fields=["project", "subject_label", "due_at"], condition=Q(state="lent"), name="custody_handout_due"
            ),
            models.Index(fields=["project", "-id"], name="custody_handout_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """Staff of the project; residents what they have, or had, in their own hands."""
        if by.is_resident:
            return cls.objects.filter(project_id__in=list(by.homes), resident_id__in=list(by.homes.values()))
        return super().visible_to(by)

    def person(self) -> tuple[str, int]:
        """A resident's handing out is sealed under their key, a stranger's under its own."""
        return ("resident", self.resident_id) if self.resident_id else ("handout", int(self.pk or 0))

    @property
    def out(self) -> int:
        """Pieces still in their hands."""
        return self.quantity - self.returned - self.missing

    @property
    def holder(self) -> str:
        """Who has it, by name."""
        person = self.employee or self.resident
        return str(person.name) if person else self.outsider


class CountState(models.TextChoices):
    OPEN = "open", _("Being counted")
    CLOSED = "closed", pgettext_lazy("custody", "Counted")


@register("stock_count")
class Count(Scoped):
    """One count of a kind of thing, or of one place of it: the ledger against what lies there."""

    label = models.CharField(max_length=60)
    position = models.CharField(_("Place"), max_length=60, blank=True)
    counted_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Counted by"))
    started_at = models.DateTimeField(pgettext_lazy("custody", "Started at"))
    closed_at = models.DateTimeField(pgettext_lazy("custody", "Closed at"), null=True)
    # Where a shift hands over by counting together: who takes over. Both sign at the same act.
    receiver = models.ForeignKey(
        "people.Employee",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("custody", "Taken over by"),
    )
    expected = models.PositiveIntegerField(_("In the ledger"), default=0)
    found = models.PositiveIntegerField(pgettext_lazy("custody", "Found"), default=0)
    state = models.CharField(_("State"), max_length=10, choices=CountState, default=CountState.OPEN)
    moved_at = models.DateTimeField()

    State = CountState
    FLOW: ClassVar[dict[str, Any]] = {
        "mark": ({CountState.OPEN}, None),
        "mark_rest": ({CountState.OPEN}, None),
        "close_count": ({CountState.OPEN}, CountState.CLOSED),
        "hand_over": ({CountState.OPEN}, CountState.CLOSED),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "label", "position"], condition=Q(state="open"), name="custody_count_one"
            ),
            models.CheckConstraint(condition=Q(found__lte=F("expected")), name="custody_count_within"),
            models.CheckConstraint(condition=~Q(receiver=F("counted_by")), name="custody_count_two"),
            models.CheckConstraint(condition=Q(state="open") | Q(closed_at__isnull=False), name="custody_count_closed"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "label", "-id"], name="custody_count_newest")]

    def __str__(self) -> str:
        from . import kinds

        title = kinds.of(self.label).title
        return f"{title}　{self.position}" if self.position else str(title)


class Line(Scoped):
    """One thing of a count: where the ledger says it is, and whether it was there."""

    count = ScopedForeignKey(Count, related_name="lines")
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    position = models.CharField(max_length=60, blank=True)
    # In whose hands the ledger says it is; empty: in the store.
    holder = models.CharField(max_length=60, blank=True)
    is_found = models.BooleanField(null=True)
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "count", "subject_id"], name="custody_line_once"),
            # A difference without a word of explanation is none.
            models.CheckConstraint(
                condition=Q(is_found__isnull=True) | Q(is_found=True) | ~Q(remark=""), name="custody_line_explained"
            ),
        ]
