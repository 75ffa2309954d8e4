"""For how long personal data is kept: the rules, and what is past its time."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.parts.casework.models import ENDED, Case
from guanjia.parts.files.models import StoredFile
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import Project

from .models import Retention

LEFT = "residents_left"
PHOTOS = "case_photos"


@dataclass(frozen=True)
class Rule:
    """`months` is our own default where no document gives a number; a project decides otherwise by an operation."""

    key: str
    label: object
    months: int
    past: Callable[[Project, date], QuerySet]


def residents_left(project: Project, before: date) -> QuerySet[Resident]:
    """Who moved out of their last home here before a day, has nothing open, and is not erased yet."""
    homes = Occupancy.objects.filter(project=project, resident=OuterRef("pk"))
    open_cases = Case.objects.filter(project=project, resident=OuterRef("pk")).exclude(state__in=ENDED)
    return (
        Resident.objects.filter(project=project, erased_at__isnull=True, merged_into__isnull=True)
        .filter(Exists(homes), ~Exists(homes.filter(ended_on__isnull=True)), ~Exists(open_cases))
        .annotate(left_on=Max("occupancies__ended_on"))
        .filter(left_on__lt=before)
        .order_by("left_on", "id")
    )


def case_photos(project: Project, before: date) -> QuerySet[StoredFile]:
    """Pictures of matters that were closed before a day."""
    closed = Case.objects.filter(project=project, closed_at__lt=_midnight(before), state__in=ENDED)
    return StoredFile.objects.filter(project=project, subject_label="case", subject_id__in=closed.values("pk"))


RULES = {
    LEFT: Rule(LEFT, _("Files of residents who moved out"), 36, residents_left),
    PHOTOS: Rule(PHOTOS, _("Photos and signatures of closed cases"), 36, case_photos),
}
CHOICES = [(rule.key, rule.label) for rule in RULES.values()]


def months_of(project: Project, key: str) -> int:
    """What the project decided, or the default."""
    decided = Retention.objects.filter(project=project, rule=key).values_list("months", flat=True).first()
    return decided or RULES[key].months


def past(project: Project, key: str, at: datetime) -> QuerySet:
    """The rows of a rule that have been kept long enough."""
    return RULES[key].past(project, months_before(timezone.localdate(at), months_of(project, key)))


def months_before(day: date, months: int) -> date:
    """The same day so many months ago; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
