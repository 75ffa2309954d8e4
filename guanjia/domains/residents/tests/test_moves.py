"""Who joined and left a household, when, and who wrote it down: from the page, from a file, one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guanjia.domains.residents import operations as residents
from guanjia.domains.residents.moves import moves
from guanjia.parts.imports.tests.files import HEAD, ROWS, bring, csv_of, send
from guanjia.people.models import Occupancy, Resident
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_a_house_and_a_person_tell_who_came_and_left_and_who_wrote_it(north: Community) -> None:
    by, today = north.by("service_manager"), timezone.localdate()
    home = residents.add_occupancy(
        north.stranger, by=by, house=north.house, role="tenant", from_on=today - timedelta(days=30)
    )
    residents.end_occupancy(home, by=north.by("steward"), ended_on=today - timedelta(days=2), reason="")
    told = [(m.occupancy.resident.name, m.day, m.is_in, m.event and m.event.actor_name) for m in moves(north.house, by)]
    name, since = north.stranger.name, date(2024, 1, 1)
    assert told == [
        (name, today - timedelta(days=2), False, north.staff["steward"].name),
        (name, today - timedelta(days=30), True, north.staff["service_manager"].name),
        (north.tenant.name, since, True, None),
        (north.owner.name, since, True, None),
    ]
    assert [(m.occupancy.house.code, m.is_in) for m in moves(north.stranger, by)] == [
        ("3-2-1201", False),
        ("3-2-1201", True),
        ("3-2-1301", True),
    ]


def test_who_came_by_a_file_was_written_down_by_who_sent_it_and_who_registered_by_the_counter(north: Community) -> None:
    bring(north, send(north, csv_of([HEAD, *ROWS])))
    person = Resident.objects.get(name="赵一")
    (came,) = moves(person, north.by("steward"))
    assert came.event is not None and came.event.actor_name == north.staff["manager"].name
    made = residents.register(
        north.project, by=north.by("receptionist"), name="秦新", phone="13900005555", house=north.neighbour_house,
        role="family",
    )  # fmt: skip
    (came,) = moves(made, north.by("steward"))
    assert came.event is not None and came.event.actor_name == north.staff["receptionist"].name


def test_who_needs_no_files_of_residents_is_told_nothing(north: Community, south: Community) -> None:
    assert Occupancy.objects.filter(house=north.house).exists()
    for stranger in (north.by("technician"), south.by("manager"), north.by("stranger")):
        assert moves(north.house, stranger) == [] or stranger.is_resident
