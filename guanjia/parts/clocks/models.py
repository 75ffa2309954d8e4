"""A clock of a thing, and the spans in which it did not run."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.languages import said
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


@register("clock")
class Clock(Scoped):
    """One limit of one thing, with the rule's values of the day it started."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("On pause")
        MET = "met", _("On time")
        MISSED = "missed", _("Overdue")
        CANCELLED = "cancelled", _("Cancelled")

    class Cause(models.TextChoices):
        """What a breach is put down to (归因)."""

        STAFFING = "staffing", _("Staffing")
        NOTICE = "notice", _("Notice did not arrive")
        PARTS = "parts", _("Waiting for parts")
        RESIDENT = "resident", _("On the resident's side")
        OUTSIDE = "outside", _("Outside firm")
        FORCE = "force", _("Force majeure")
        OTHER = "other", _("Other")

    rule_key = models.CharField(max_length=60)
    clause_id = models.CharField(max_length=12)
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    snapshot = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)

    started_at = models.DateTimeField()
    limit_seconds = models.BigIntegerField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=100, blank=True)
    pauses_count = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    used_seconds = models.BigIntegerField(null=True, blank=True)

    level = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)

    started_by = models.BigIntegerField()
    stopped_by = models.BigIntegerField(null=True, blank=True)

    cause = models.CharField(max_length=10, choices=Cause, blank=True)
    breach_reason = models.CharField(max_length=300, blank=True)
    corrective = models.CharField(max_length=300, blank=True, db_default="", default="")
    exempted_at = models.DateTimeField(null=True, blank=True)
    exempted_by_name = models.CharField(max_length=60, blank=True)
    exempt_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            own(),
            models.UniqueConstraint(
                fields=["project", "subject_label", "subject_id", "rule_key"],
                condition=Q(state__in=["running", "paused"]),
                name="clocks_clock_running",
            ),
            models.UniqueConstraint(
                fields=["project", "subject_label", "subject_id", "rule_key", "round"],
                name="clocks_clock_round",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="clocks_clock_order"),
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False) | (~Q(state="paused") & Q(paused_at__isnull=True)),
                name="clocks_clock_paused",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, state__in=["running", "paused"])
                | Q(stopped_at__isnull=False, state__in=["met", "missed", "cancelled"]),
                name="clocks_clock_stopped",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="clocks_clock_next"),
            models.Index(fields=["project", "due_at", "id"], condition=Q(state="running"), name="clocks_clock_board"),
            models.Index(fields=["project", "clause_id", "due_at"], name="clocks_clock_due"),
            models.Index(fields=["project", "stopped_by"], name="clocks_clock_stopping"),
        ]

    def __str__(self) -> str:
        rule = book.clause(self.clause_id)
        return f"{said(rule.title, rule.title_en)} {self.clause_id}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.RUNNING, self.State.PAUSED)

    def is_over(self, at: Any) -> bool:
        """Late, by now or for good. A paused clock is judged at the moment of its pause."""
        if self.is_open:
            return bool((self.paused_at or at) > self.due_at)
        return self.state == self.State.MISSED

    @property
    def ladder(self) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = self.snapshot["values"].get("escalation") or []
        return steps


class ClockPause(Scoped):
    """A span in which the clock did not run, why, and the events that began and ended it."""

    clock = ScopedForeignKey(Clock, related_name="pauses")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=100, blank=True)
    by_name = models.CharField(max_length=60, blank=True)
    began_by = models.BigIntegerField()
    ended_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "clock"], condition=Q(to_at__isnull=True), name="clocks_clockpause_open"
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="clocks_clockpause_order"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["project", "clock", "from_at"], name="clocks_clockpause_clock")]
