"""The record of a revisit (F-REV)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own, within
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.parts.casework.satisfaction import Satisfaction


class Mood(models.TextChoices):
    """How the resident felt."""

    CALM = "calm", _("Calm")
    PLEASED = "pleased", _("Pleased")
    ANXIOUS = "anxious", _("Anxious")
    ANGRY = "angry", _("Angry")


class Mode(models.TextChoices):
    """How it was made."""

    PHONE = "phone", _("Call")
    HOME = "home", _("At the home")
    INTERVIEW = "interview", _("In person")
    ONLINE = "online", _("Online")


@register("revisit")
class Revisit(Scoped):
    """One revisit of one round of a case, by one who did not do the work."""

    case = ScopedForeignKey("casework.Case", related_name="revisits")
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=12, choices=Mode)
    satisfaction = models.CharField(max_length=16, choices=Satisfaction)
    mood = models.CharField(max_length=10, choices=Mood)
    feedback = models.CharField(max_length=500)
    suggestion = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    PERSONAL = frozenset({"feedback", "suggestion"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own("followups_revisit"),
            within("followups_revisit", "case", "casework_case"),
            models.UniqueConstraint(fields=["project", "case", "round"], name="followups_revisit_round"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=240), name="followups_revisit_minutes"
            ),
        ]
