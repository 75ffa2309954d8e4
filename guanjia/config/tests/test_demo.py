"""The demo community: whole, the same for the same seed, everybody on duty, nobody real."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.config import demo, preparing
from guanjia.config.demo import community, describe, households, names, staff
from guanjia.kernel import search
from guanjia.people import posts, queries
from guanjia.people.fields import id_card_of
from guanjia.people.login import AccountBackend, actor_of
from guanjia.people.models import Resident
from guanjia.places import queries as places
from guanjia.places.models import Project
from guanjia.runtime import serving

pytestmark = pytest.mark.django_db


def test_two_mirrored_projects_with_different_people() -> None:
    now = timezone.now()
    north, south = community.build(1, now)
    assert [places.houses(p).count() for p in (north, south)] == [620, 620]
    names = [set(Resident.objects.filter(project=p).values_list("phone", flat=True)) - {""} for p in (north, south)]
    assert len(names[0]) > 700 and not names[0] & names[1]
    for project in (north, south):
        house = places.house_by_code(project, households.FIRST)
        assert {o.role for o in queries.household(house)} == {"owner", "tenant"}
        assert queries.steward_of(house, now) is not None
        head = queries.household(house)[0].resident
        assert head.pk in search.found([project.pk], "resident", head.name)
    assert max(queries.households_per_steward(north, now).values()) < 600


def test_somebody_is_on_at_every_hour() -> None:
    now = timezone.now().replace(minute=30)
    for project in community.build(1, now):
        for hours in range(0, 24 * 7, 5):
            at = now - timedelta(days=60) + timedelta(hours=hours)
            assert queries.on_duty(project, posts.CONTROL_ROOM, at), at
            assert queries.on_duty(project, posts.TECHNICIAN, at), at
            if 7 <= timezone.localtime(at).hour < 19:
                assert queries.on_duty(project, posts.RECEPTIONIST, at), at


def test_the_description_names_every_account_and_planted_value() -> None:
    community.build(1, timezone.now())
    told = json.loads(json.dumps(describe.described(), ensure_ascii=False))
    by_name = {a["username"]: a for a in told["accounts"]}
    assert by_name["north.receptionist"]["post"] == posts.RECEPTIONIST
    assert by_name["south.tenant"]["household"] == households.FIRST
    account = AccountBackend().authenticate(
        None, username="north.receptionist", password=by_name["north.receptionist"]["password"]
    )
    assert account is not None and actor_of(account) is not None and account.check_pin(staff.PIN)
    held = {a["post"] for a in told["accounts"] if a["project"] in ("north", "office")}
    assert held >= set(staff.CREW) | set(staff.OFFICE_CREW)
    first = told["projects"]["north"]["households"][households.FIRST]
    assert first["phones"] and first["care_notes"] and id_card_of(first["id_numbers"][0])
    assert staff.PASSWORD in describe.told()


def test_the_same_seed_makes_the_same_people() -> None:
    first, second = (names.People(demo.seeded(5, "north"), "1390000") for _ in range(2))
    assert [(first.name("f"), first.phone(), first.card(1970)) for _ in range(50)] == [
        (second.name("f"), second.phone(), second.card(1970)) for _ in range(50)
    ]


def test_a_database_that_holds_a_company_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Project.objects.create(code="office", short_code="HQ", name="自家物业", kind=Project.Kind.OFFICE)
    assert demo.main(["--days", "0"]) == 1
    assert Project.objects.count() == 1 and "holds a company" in capsys.readouterr().err
    assert preparing.main(["demo"]) == preparing.FAILED["demo"]
    assert {number: name for name, number in preparing.FAILED.items()} == serving.NOT_MADE
    with pytest.raises(SystemExit):
        demo.main(["--days", "99"])


def test_a_demo_that_breaks_does_not_look_like_tables_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise SystemExit("guanjia: the demo could not be made whole")

    monkeypatch.setattr(demo, "make", broken)
    assert preparing.main(["demo"]) == preparing.FAILED["demo"]
