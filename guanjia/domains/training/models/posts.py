"""Who was confirmed in a post, and from when a project lets nobody else work there alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts

from .reach import Own


@register("post_confirmation")
class Confirmation(Own):
    """Somebody was taught and examined, and may hold this post alone. Never said of oneself."""

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Who"))
    post = models.CharField(_("Post"), max_length=30, choices=posts.CHOICES)
    confirmed_by = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=_("Confirmed by")
    )
    confirmed_at = models.DateTimeField(_("Confirmed at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(confirmed_by=F("employee")), name="training_confirmation_others"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "employee", "post", "-confirmed_at"], name="training_confirmation_of")
        ]

    def __str__(self) -> str:
        return f"{self.employee.name}　{self.get_post_display()}"


@register("confirmation_demand")
class Demand(Scoped):
    """From this day the roster takes only who is confirmed, or who stands beside somebody confirmed."""

    from_on = models.DateField(_("From"))
    days = models.PositiveSmallIntegerField(_("Days to be examined again after an update"))
    decided_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Decided by"))
    decided_at = models.DateTimeField(_("Decided at"))
    ended_on = models.DateField(_("Ended"), null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project"], condition=Q(ended_on__isnull=True), name="training_demand_one")
        ]

    def __str__(self) -> str:
        return f"{self.from_on:%Y-%m-%d}"
