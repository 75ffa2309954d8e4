"""Extreme weather: enough people stand ready at every hour, and the hour that lacked somebody is seen (EMG-36)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.shifts import attending
from guanjia.domains.shifts.models import WeatherHour, WeatherWatch
from guanjia.domains.shifts.operations import declare_weather, lift_weather, prolong_weather
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def top(hours: float) -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)


def declared(north: Community, **more: Any) -> WeatherWatch:
    said = {"kind": "typhoon", "from_at": top(-4), "until_at": top(3), "needed": 2, **more}
    return declare_weather(north.project, by=north.by("supervisor"), **said)


def on(north: Community, who: str, begins: float, ends: float, *, signed: bool = True) -> None:
    Duty.objects.filter(employee=north.staff[who]).update(
        from_at=top(begins), to_at=top(ends), signed_in_at=top(begins) if signed else None
    )


def nobody(north: Community) -> None:
    Duty.objects.filter(project=north.project).update(from_at=top(-90), to_at=top(-80), signed_in_at=None)


def share(north: Community) -> tuple[int, int]:
    return attending.readiness(north.project, top(-24), top(24)).numbers


@pytest.mark.clause("EMG-36")
def test_an_hour_counts_when_enough_of_the_ready_posts_signed_in(north: Community) -> None:
    nobody(north)
    declared(north)
    on(north, "technician", -5, 3)
    on(north, "guard", -2, 3)
    on(north, "cashier", -5, 3)  # not one of the ready posts
    on(north, "control_room", -5, 3, signed=False)  # planned, never came
    assert share(north) == (3, 5)
    page = attending.readiness(north.project, top(-24), top(24))
    assert {hour.from_at for hour in page.of} - {hour.from_at for hour in page.counted} == {top(-4), top(-3)}


@pytest.mark.clause("EMG-36")
def test_the_page_shows_the_gaps_of_the_roster_ahead(north: Community, south: Community) -> None:
    nobody(north)
    watch = declared(north)
    on(north, "technician", -5, 2)
    on(north, "guard", -5, 2)
    url = reverse("shifts:weather:page", args=["north", watch.pk])
    shown = signed_in(north, "guard").get(url).content.decode()
    assert "排班在后面的时段里还缺人" in shown and "台风" in shown
    assert signed_in(south, "supervisor").get(url).status_code == 404
    assert "台风" in signed_in(north, "guard").get(reverse("shifts:phone", args=["north"])).content.decode()


def test_one_spell_at_a_time_that_is_prolonged_or_lifted(north: Community) -> None:
    with pytest.raises(Forbidden):
        declare_weather(north.project, by=north.by("guard"), kind="heat", from_at=top(0), until_at=top(4), needed=1)
    watch = declared(north)
    with pytest.raises(Refused):
        declared(north)
    with pytest.raises(Refused):
        prolong_weather(watch, by=north.by("supervisor"), until_at=top(1))
    prolong_weather(watch, by=north.by("supervisor"), until_at=top(5))
    assert WeatherHour.objects.filter(watch=watch).count() == 9
    lift_weather(watch, by=north.by("supervisor"))
    assert (
        watch.state == WeatherWatch.State.OVER and not WeatherHour.objects.filter(from_at__gt=timezone.now()).exists()
    )
    for wrong in ({"until_at": top(-5)}, {"from_at": top(-90)}, {"needed": 0}):
        with pytest.raises(Refused):
            declared(north, **wrong)
