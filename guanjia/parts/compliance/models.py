"""Daily sums of what was due, kept, missed and exempted, and how far the journal was followed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from guanjia.kernel.models import Scoped


class Day(Scoped):
    """One clause on one day of a project. What is due is kept or missed; exempted ones are among those missed."""

    clause_id = models.CharField(max_length=12)
    day = models.DateField()
    met = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    exempted = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "day", "clause_id"], name="compliance_day_once"),
            models.CheckConstraint(condition=Q(exempted__lte=F("missed")), name="compliance_day_exempted"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "clause_id", "day"], name="compliance_day_clause")
        ]


class Followed(Scoped):
    """Up to which event, obligation and moment the sums of a project are right."""

    event_id = models.BigIntegerField(default=0)
    obligation_id = models.BigIntegerField(default=0)
    until_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project"], name="compliance_followed_once")
        ]
