"""Life in danger: the card says what to say and whom to ring, with who is on duty at that hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from guanjia import book
from guanjia.parts.casework import categories, danger
from guanjia.people import posts
from guanjia.people.models import Department, Duty
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
IDS = ["trapped", "fire", "gas"]


def test_every_danger_of_the_category_tree_has_a_card(north: Community) -> None:
    marked = {problem.danger for branch in categories.tree() for problem in branch.problems if problem.danger}
    assert marked == set(danger.written()) == set(IDS)


@pytest.mark.parametrize("name", IDS)
def test_a_card_cites_clauses_of_the_book_and_calls_posts_that_exist(name: str) -> None:
    row = danger.written()[name]
    assert all(book.clause(clause) for clause in row["clauses"])
    called = [line["post"] for line in row["calls"] if "post" in line]
    assert set(called) <= posts.EVERYONE and "control_room" in called and "duty_manager" in called


@pytest.mark.clause("EMG-24")
def test_people_in_a_lift_the_card_names_who_is_on_duty(north: Community) -> None:
    Department.objects.create(project=north.project, key="elevator_vendor", name="电梯维保", phone="0571-86000001")
    card = danger.card("trapped", north.project, timezone.now())
    assert card is not None and "不要扒门" in card.say[0]
    assert (card.calls[0].post, card.calls[0].names) == ("control_room", (north.staff["control_room"].name,))
    assert ("0571-86000001" in [number for _who, number in card.ring]) and "119" in [c.number for c in card.calls]


@pytest.mark.clause("EMG-12")
def test_in_a_fire_the_order_is_the_written_one(north: Community) -> None:
    card = danger.card("fire", north.project, timezone.now())
    assert card is not None
    assert [call.number or call.post for call in card.calls] == [
        "119", "control_room", "duty_manager", "project_manager", "engineering_supervisor", "service_supervisor",
    ]  # fmt: skip


def test_who_is_off_duty_is_named_as_such_and_an_empty_post_says_so(north: Community) -> None:
    Duty.objects.filter(post="control_room").delete()
    card = danger.card("gas", north.project, timezone.now() + timedelta(hours=1))
    assert card is not None
    by_post = {call.post: call for call in card.calls if call.post}
    assert not by_post["control_room"].is_on_duty and by_post["control_room"].names
    assert by_post["duty_manager"].names == () and "没有人任此岗" in by_post["duty_manager"].who


def test_nobodys_private_number_stands_on_a_card(north: Community) -> None:
    person = north.staff["control_room"]
    person.phone = "13900007777"
    person.save(update_fields=["phone"])
    for name in IDS:
        assert "13900007777" not in str(danger.card(name, north.project, timezone.now()))


@pytest.mark.parametrize(("language", "words"), [("en", "ventilated"), ("zh-hant", "轎廂"), ("zh-hans", "轿厢")])
def test_it_is_said_in_the_readers_language(north: Community, language: str, words: str) -> None:
    with translation.override(language):
        card = danger.card("trapped", north.project, timezone.now())
        assert card is not None and words in card.say[0]


@pytest.mark.parametrize("name", ["", "leak", "../fire"])
def test_what_is_no_danger_has_no_card(north: Community, name: str) -> None:
    assert danger.card(name, north.project, timezone.now()) is None


def test_another_projects_people_are_never_named(north: Community, south: Community) -> None:
    card = danger.card("fire", north.project, timezone.now())
    assert card is not None
    named = {name for call in card.calls for name in call.names}
    assert not named & {person.name for person in south.staff.values()}


@pytest.mark.parametrize(("name", "key"), [("trapped", "elevator_vendor"), ("gas", "gas_company")])
def test_a_firm_whose_number_is_missing_is_named_plainly(north: Community, name: str, key: str) -> None:
    card = danger.card(name, north.project, timezone.now())
    assert card is not None
    (call,) = [one for one in card.calls if one.department == key]
    assert call.lacks_number and key in call.who and "没有登记" in call.who
    Department.objects.create(project=north.project, key=key, name="外部单位", phone="0571-86000001")
    card = danger.card(name, north.project, timezone.now())
    assert card is not None
    (call,) = [one for one in card.calls if one.department == key]
    assert not call.lacks_number and call.number == "0571-86000001" and key not in call.who


def test_whose_number_is_missing_is_told_until_it_is_entered(north: Community) -> None:
    named = {line["department"] for row in danger.written().values() for line in row["calls"] if "department" in line}
    assert named == set(danger.PARTNERS) == {key for key, _name in danger.without_number(north.project)}
    Department.objects.create(project=north.project, key="gas_company", name="燃气公司", phone="96777")
    assert [key for key, _name in danger.without_number(north.project)] == ["elevator_vendor"]


def test_the_demo_community_has_every_firm_that_a_card_rings() -> None:
    from guanjia.config.demo.staff import DEPARTMENTS

    named = {line["department"] for row in danger.written().values() for line in row["calls"] if "department" in line}
    assert named <= {key for key, *_rest in DEPARTMENTS}
