"""What cleaning and greening is asked for in a case, and what they answered (ORG-17)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped


class CleaningRequest(Scoped):
    """The environmental side of a case, handed to the cleaning lead; the owner of the case stays."""

    case = ScopedForeignKey("casework.Case", related_name="cleaning_requests")
    need = models.CharField(max_length=200)
    lead = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    sent_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answer = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "case"], condition=Q(answered_at__isnull=True), name="cases_cleaningrequest_one"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="cases_cleaningrequest_answered"
            ),
        ]

    def __str__(self) -> str:
        return self.need
