"""Reinforced duty in extreme weather: declared, prolonged, lifted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.when import NOW, When
from guanjia.places.models import Project

from ..models import WeatherHour, WeatherWatch
from .fields import LINES

HOUR = timedelta(hours=1)
LONGEST = timedelta(days=21)
STILL = When(NOW, said=_("That time is over."))


class DeclareForm(OperationForm):
    of = WeatherWatch
    asks = ("kind", "from_at", "until_at", "needed", "words")

    from_at = asked(validators=[When(timedelta(days=-1), said=_("It began a day ago at the earliest."))])
    until_at = asked(validators=[STILL])
    needed = asked(
        initial=3, min_value=1, max_value=50,
        help_text=_("Engineers, guards, control room, stewards and who leads, counted at the beginning of each hour."),
    )  # fmt: skip
    words = asked(widget=LINES)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("from_at"), cleaned.get("until_at")
        if begins and ends and not HOUR <= ends - begins <= LONGEST:
            self.add_error("until_at", _("From one hour to three weeks."))
        return cleaned


class ProlongForm(OperationForm):
    until_at = asked(WeatherWatch.until_at)


@operation(
    Project, label=_("Declare extreme weather"), form=DeclareForm, creates=WeatherWatch, clauses=["EMG-36"],
    icon="cloud-rain",
)  # fmt: skip
def declare_weather(
    project: Project, *, by: Actor, kind: str, from_at: datetime, until_at: datetime, needed: int, words: str
) -> WeatherWatch:
    """So many stand ready at each hour from now on; the hours are the denominator of the figure."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if WeatherWatch.objects.filter(project=project, state=WeatherWatch.State.ON).exists():
        raise Refused("", _("Reinforced duty stands already. Prolong it, or lift it first."), "EMG-36")
    watch = WeatherWatch.objects.create(
        project=project, kind=kind, from_at=_hour(from_at), until_at=until_at, needed=needed, words=words,
        declared_by_id=by.id, declared_at=by.at, moved_at=by.at,
    )  # fmt: skip
    _make_hours(watch, watch.from_at, until_at)
    return watch


@operation(WeatherWatch, label=_("Prolong"), form=ProlongForm, clauses=["EMG-36"], icon="calendar-time")
def prolong_weather(watch: WeatherWatch, *, by: Actor, until_at: datetime) -> None:
    """It lasts longer than was thought."""
    if not watch.until_at < until_at <= watch.from_at + LONGEST:
        raise Refused("until_at", _("Later than now planned, and no longer than three weeks in all."))
    _make_hours(watch, watch.until_at, until_at)
    watch.until_at = until_at


@operation(WeatherWatch, label=pgettext_lazy("weather", "Lift"), clauses=["EMG-36"], icon="sun")
def lift_weather(watch: WeatherWatch, *, by: Actor) -> None:
    """It is over: hours that have not begun count no more."""
    if by.at <= watch.from_at:
        raise Refused("", _("It has not begun."))
    WeatherHour.objects.filter(project_id=watch.project_id, watch=watch, from_at__gt=by.at).delete()
    watch.until_at = min(watch.until_at, by.at)


def _hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _make_hours(watch: WeatherWatch, since: datetime, until: datetime) -> None:
    """A row for each hour that begins in the span; one that stands is left."""
    at, rows = _hour(since), []
    while at < until:
        rows.append(
            WeatherHour(project=watch.project, watch=watch, from_at=at, until_at=at + HOUR, needed=watch.needed)
        )
        at += HOUR
    WeatherHour.objects.bulk_create(rows, ignore_conflicts=True)
