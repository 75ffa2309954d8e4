"""What a household asked to be heeded: taken down, shown until it ends, read by whoever stands at the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.instructions import queries
from guanjia.parts.instructions.models import Instruction
from guanjia.parts.instructions.operations import MOST_STANDING, end, note
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
TODAY = timedelta()


def day(ahead: int) -> Any:
    return timezone.localdate() + timedelta(days=ahead)


def noted(community: Community, who: str = "receptionist", **more: Any) -> Instruction:
    said = {"house": community.house.code, "kind": "no_admission", "words": "本周出差，谁来都不开门", **more}
    return note(community.project, by=community.by(who), **said)


def test_it_holds_from_its_first_day_to_its_last(north: Community) -> None:
    noted(north, from_on=day(1), until_on=day(2), asked_by=north.owner.name)
    now = timezone.now()
    held = [len(queries.of_house(north.house, now + timedelta(days=n))) for n in range(4)]
    assert held == [0, 1, 1, 0]


def test_the_words_stand_sealed_and_who_asked_is_of_the_household(north: Community) -> None:
    one = noted(north, asked_by=north.owner.name)
    assert one.resident == north.owner and one.forbids_admission
    event = Event.objects.get(name="instructions.note")
    assert "出差" not in str(event.given) and north.owner.name not in str(event.given)
    with pytest.raises(Refused) as refusal:
        noted(north, asked_by=north.stranger.name)
    assert set(refusal.value.errors) == {"asked_by"}


def test_the_strictest_is_read_first(north: Community) -> None:
    noted(north, kind="ring_first", words="")
    noted(north)
    noted(north, kind="away", words="")
    assert [one.kind for one in queries.of_house(north.house)] == ["no_admission", "ring_first", "away"]


def test_a_resident_asks_for_the_own_house_only(north: Community) -> None:
    own = noted(north, "tenant")
    assert (own.resident, own.noted_by) == (north.tenant, None)
    with pytest.raises(Refused):
        noted(north, "stranger")
    assert Instruction.objects.count() == 1
    with pytest.raises(Unknown):
        end(own, by=north.by("stranger"))
    end(own, by=north.by("owner"))
    assert not queries.of_house(north.house)


def test_what_has_ended_is_not_ended_again(north: Community) -> None:
    one = noted(north)
    end(one, by=north.by("supervisor"))
    with pytest.raises(Conflict):
        end(one, by=north.by("supervisor"))


@pytest.mark.parametrize("who", ["technician", "cashier", "guard", "hr"])
def test_posts_that_do_not_speak_with_households_take_nothing_down(north: Community, who: str) -> None:
    with pytest.raises(Forbidden):
        noted(north, who)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"house": "9-9-9999"}, "house"),
        ({"kind": "other", "words": ""}, "words"),
        ({"until_on": "2020-01-01"}, "until_on"),
        ({"kind": "burn_it"}, "kind"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(north: Community, given: Any, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        noted(north, **given)
    assert set(refusal.value.errors) == {field} and not Instruction.objects.exists()


def test_more_than_anybody_reads_are_refused(north: Community) -> None:
    for _n in range(MOST_STANDING):
        noted(north, kind="ring_first", words="")
    with pytest.raises(Refused):
        noted(north)


def test_a_house_of_another_project_is_not_found(north: Community, south: Community) -> None:
    south.house.code = "8-8-888"
    south.house.save()
    with pytest.raises(Refused):
        noted(north, house="8-8-888")
    assert noted(south, house="8-8-888").project == south.project


def test_the_list_is_open_to_the_gate_and_closed_to_the_workshop(north: Community) -> None:
    one = noted(north)
    for who, status in (("guard", 200), ("receptionist", 200), ("technician", 404), ("cashier", 404)):
        client = Client()
        client.force_login(Account.objects.get(username=f"north.{who}"))
        session = client.session
        session["generation"] = 0
        session.save()
        assert client.get(reverse("instructions:list", args=["north"])).status_code == status, who
        assert client.get(reverse("instructions:page", args=["north", one.pk])).status_code == status, who
