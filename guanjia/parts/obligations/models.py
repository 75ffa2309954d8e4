"""What is owed by one subject in one period, and the events that settled it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.parts.clocks.models import Clock


@register("obligation")
class Obligation(Scoped):
    """One thing owed in one period. Missed is what is open when the period has ended: nobody needs to say so."""

    class State(models.TextChoices):
        OPEN = "open", _("Owed")
        MET = "met", pgettext_lazy("obligations", "Done")
        VOID = "void", _("No longer owed")

    Cause = Clock.Cause

    rule_key = models.CharField(max_length=60)
    clause_id = models.CharField(max_length=12)
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    period = models.CharField(max_length=20)
    from_at = models.DateTimeField()
    due_at = models.DateTimeField()
    needed = models.PositiveSmallIntegerField(default=1)
    done = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    met_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    snapshot = models.JSONField(default=dict)

    cause = models.CharField(_("Put down to"), max_length=10, choices=Clock.Cause, blank=True)
    reason = models.CharField(_("Why it was missed"), max_length=300, blank=True)
    corrective = models.CharField(_("What is done about it"), max_length=300, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by_id = models.BigIntegerField(default=0)
    excused_by_name = models.CharField(max_length=60, blank=True)
    excuse_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "rule_key", "subject_label", "subject_id", "period"], name="obligations_once"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("from_at")), name="obligations_order"),
            models.CheckConstraint(
                condition=Q(state="met", met_at__isnull=False) | (~Q(state="met") & Q(met_at__isnull=True)),
                name="obligations_met",
            ),
            models.CheckConstraint(
                condition=Q(excused_at__isnull=True) | ~Q(excuse_reason=""), name="obligations_excused"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "due_at", "id"], name="obligations_due"),
            models.Index(fields=["project", "clause_id", "due_at"], name="obligations_clause"),
            models.Index(fields=["project", "rule_key", "from_at"], name="obligations_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.period}"

    def is_missed(self, at: Any) -> bool:
        """Its period has ended and it was not done."""
        return self.state == self.State.OPEN and bool(at >= self.due_at)


class Settlement(Scoped):
    """An event that counts towards an obligation: the evidence behind its number."""

    obligation = ScopedForeignKey(Obligation, related_name="settlements")
    event_id = models.BigIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "obligation", "event_id"], name="obligations_settlement_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "event_id"], name="obligations_settlement_event")
        ]


class Progress(Scoped):
    """How far the rows of a rule are made at a project: what is caught up after downtime begins here."""

    rule_key = models.CharField(max_length=60)
    until_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "rule_key"], name="obligations_progress_once")
        ]
