"""Editions: what a company, a service level or a project decided otherwise than the Book, from a day on.

Both tables only grow. What is in force never changes for a day that has begun; a decision that has not begun
may be withdrawn.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.places.models import Project


@register("edition")
class Edition(Scoped):
    """Changed values of one clause from a day on. `values` holds only what differs; None gives a value back
    to the Book.

    Company, kind-of-project, service-level and star editions belong to the head office, project editions to their
    project.
    """

    class Scope(models.TextChoices):
        COMPANY = "company", _("Company")
        KIND = "kind", _("Kind of project")
        LEVEL = "level", _("Service level")
        STARS = "stars", _("Stars")
        PROJECT = "project", _("Project")

    clause_id = models.CharField(max_length=12)
    scope = models.CharField(max_length=8, choices=Scope)
    # Of which projects: the service level, the stars, or the kind (residential, commercial …), as the scope says.
    level = models.CharField(max_length=16, blank=True)
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    values = models.JSONField()
    reason = models.CharField(max_length=300)
    decided_by_id = models.BigIntegerField(default=0)
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "clause_id", "scope", "level", "number"], name="standards_edition_number"
            ),
            models.UniqueConstraint(
                fields=["project", "clause_id", "scope", "level", "effective_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="standards_edition_day",
            ),
            models.CheckConstraint(
                condition=(Q(scope__in=["kind", "level", "stars"]) & ~Q(level=""))
                | (~Q(scope__in=["kind", "level", "stars"]) & Q(level="")),
                name="standards_edition_level",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["project", "clause_id", "effective_from"], name="standards_edition_clause")
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.get_scope_display()} {self.number}"

    @property
    def holds_for(self) -> str:
        """Of which projects, in words."""
        named = {**dict(Project.Level.choices), **dict(Project.Kind.choices)}
        which = "★" * int(self.level) if self.scope == self.Scope.STARS else named.get(self.level, "")
        return f"{self.get_scope_display()} {which}".strip()


@register("calendar_day")
class CalendarDay(Scoped):
    """A day that a company (head office) or a project opens or closes against the published holidays."""

    day = models.DateField()
    is_open = models.BooleanField()
    name = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "day"],
                condition=Q(replaced_at__isnull=True),
                name="standards_calendarday_one",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("decided_at")),
                name="standards_calendarday_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name}"
