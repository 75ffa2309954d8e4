"""Whom to revisit first, and what a steward's month left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from guanjia import book
from guanjia.domains.followups import queue, trail
from guanjia.domains.followups.models import Timing
from guanjia.domains.followups.operations import record_visit, time_revisit
from guanjia.domains.residents.tests.caring import another_steward
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.entries.models import Entry
from guanjia.parts.entries.operations import KEEPING
from guanjia.parts.entries.tests.test_entries import filled
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.people.models import Occupancy, Resident
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def confirmed(north: Community, number: str, **more: Any) -> Case:
    """A repair that its resident confirmed: it waits for the revisit."""
    at = timezone.now() - timedelta(hours=5)
    return Case.objects.create(
        project=north.project, number=number, kind="repair", content="厨房水管漏水", house=north.house, state="confirmed",
        resident=north.owner, reported_at=at, recorded_at=at, moved_at=at, **more,
    )  # fmt: skip


def asked(north: Community, house: Any = None, resident: Any = None, **more: Any) -> Any:
    given = {"house": house or north.house, "resident": resident or north.owner, "kind": "home_visit", "mode": "home"}
    return record_visit(north.project, by=north.by("steward"), feedback="都好", **{**given, **more})


def triggers(north: Community, who: str = "officer") -> list[str]:
    return [one.trigger for one in queue.waiting(north.project, north.by(who))]


@pytest.mark.clause("REV-06")
def test_the_queue_makes_itself_in_the_order_of_the_clause_and_says_why(north: Community) -> None:
    Resident.objects.filter(pk=north.stranger.pk).update(is_vip=True)
    confirmed(north, "R-1")
    confirmed(north, "R-2", urgency="emergency")
    confirmed(north, "R-3", round=2)
    KEEPING["F-CMP"](
        north.project, by=north.by("supervisor"), **filled(book.form("F-CMP"), north) | {"house": north.house}
    )
    Occupancy.objects.filter(resident=north.tenant).update(from_on=timezone.localdate() - timedelta(days=3))
    with translation.override("zh-hans"):  # the reason is a sentence of whoever asks, as the page's
        found = queue.waiting(north.project, north.by("supervisor"))
    assert [one.trigger for one in found] == [
        "new_move_in", "after_complaint", "after_major_repair", "after_major_repair", "vip", "after_repair",
    ]  # fmt: skip
    shown = north.signed_in("supervisor").get(reverse("followups:queue", args=["north"])).content.decode()
    for one in found:
        assert one.why in shown, one
    assert "R-3" in found[2].why + found[3].why and Entry.objects.get().number in found[1].why
    assert timedelta(days=3) < found[0].due_at - timezone.now() < timedelta(days=5)  # seven days after moving in
    with CaptureQueriesContext(connection) as sent:
        queue.waiting(north.project, north.by("supervisor"))
    assert len(sent) <= 12


@pytest.mark.clause("REV-06")
def test_who_was_asked_leaves_the_queue_and_nobody_else_does(north: Community) -> None:
    Resident.objects.filter(pk__in=[north.stranger.pk, north.owner.pk]).update(is_vip=True)
    Occupancy.objects.filter(resident=north.tenant).update(from_on=timezone.localdate())
    assert triggers(north) == ["new_move_in", "vip", "vip"]
    asked(north)
    assert triggers(north) == ["vip"]
    asked(north, north.neighbour_house, north.stranger)
    assert triggers(north) == []
    later = north.by("officer", timezone.now() + timedelta(days=80))
    assert [one.trigger for one in queue.waiting(north.project, later)] == ["vip", "vip"]  # a quarter is over soon


@pytest.mark.clause("REV-06")
def test_a_project_decides_when_and_how_and_the_rest_stays_as_in_the_book(north: Community, south: Community) -> None:
    Occupancy.objects.filter(resident=north.tenant).update(from_on=timezone.localdate())
    before = queue.waiting(north.project, north.by("officer"))[0]
    decide = {"trigger": "new_move_in", "days": 2, "mode": "phone", "is_on": True}
    time_revisit(north.project, by=north.by("supervisor"), **decide)
    after = queue.waiting(north.project, north.by("officer"))[0]
    assert (before.due_at - after.due_at, after.mode) == (timedelta(days=5), "phone")
    assert "mode=phone" in after.url and not Timing.objects.filter(project=south.project).exists()
    time_revisit(north.project, by=north.by("supervisor"), **{**decide, "is_on": False})
    assert triggers(north) == []
    for wrong in ({"days": None}, {"days": 0}, {"trigger": "after_repair"}, {"trigger": "full_moon"}):
        with pytest.raises(Refused):
            time_revisit(north.project, by=north.by("supervisor"), **{**decide, **wrong})
    with pytest.raises(Forbidden):
        time_revisit(north.project, by=north.by("steward"), **decide)


def test_a_steward_asks_the_own_districts_and_others_see_no_queue(north: Community) -> None:
    another_steward(north)
    confirmed(north, "R-1")
    assert triggers(north, "steward") == ["after_repair"] and triggers(north, "guard") == []
    assert north.signed_in("technician").get(reverse("followups:queue", args=["north"])).status_code == 404


# -- the trail ---------------------------------------------------------------------------------------------------------


def owed(north: Community) -> dict[str, str]:
    """The three duties of this month of the cast's steward."""
    now = timezone.now()
    for key in rules.registry:
        if key.startswith("followups.trail"):
            keeping.make_for(rules.registry[key], north.project, now)
    rows = Obligation.objects.filter(project=north.project, clause_id="REV-13", from_at__lte=now, due_at__gt=now)
    assert {row.owner_id for row in rows} == {north.staff["steward"].pk}
    return {row.rule_key.removeprefix("followups.trail_"): row.state for row in rows}


@pytest.mark.clause("REV-13")
def test_each_steward_owes_reception_visits_and_dunning_each_month_and_each_for_itself(north: Community) -> None:
    assert owed(north) == {"reception": "open", "visits": "open", "dunning": "open"}
    asked(north, mode="phone", minutes=6)
    record_visit(
        north.project, by=north.by("officer"), house=north.house, kind="home_visit", mode="home", feedback="好"
    )
    assert owed(north)["visits"] == "open"  # a call is no home visit, another's visit is not the steward's
    asked(north)
    KEEPING["F-ARREARS"](north.project, by=north.by("steward"), **filled(book.form("F-ARREARS"), north))
    assert owed(north) == {"reception": "open", "visits": "met", "dunning": "met"}


@pytest.mark.clause("REV-13")
def test_the_month_writes_itself_and_is_read_by_its_steward_and_who_leads(north: Community, south: Community) -> None:
    another_steward(north)
    asked(north)
    first = timezone.localdate().replace(day=1)
    parts = {
        part.key: part for part in trail.of_month(north.project, north.staff["steward"], first, north.by("steward"))
    }
    assert [parts[key].total for key in ("reception", "visits", "dunning", "rounds")] == [0, 1, 0, 0]
    url = reverse("followups:trail", args=["north"])
    mine = north.signed_in("steward").get(url).content.decode()
    assert "3-2-1201" in mine and "3-2-1201" not in north.signed_in("guard").get(url).content.decode()
    steward, other = north.staff["steward"].pk, south.staff["steward"].pk
    assert "3-2-1201" in north.signed_in("supervisor").get(f"{url}?who={steward}").content.decode()
    for who, asked_for in (("guard", steward), ("supervisor", other), ("supervisor", "9" * 40)):
        assert north.signed_in(who).get(f"{url}?who={asked_for}").status_code == 404, who
    for month in ("2026-13", "0001-01", "9" * 40, ""):
        assert north.signed_in("steward").get(f"{url}?month={month}").status_code == 200, month
    assert north.signed_in("receptionist").get(url).status_code == 404
