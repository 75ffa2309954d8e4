"""The files of residents: made once, corrected, merged; leaving ends rights at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from guanjia.domains.residents import operations as residents
from guanjia.kernel import search
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.people import queries
from guanjia.people.login import actor_of
from guanjia.people.models import Account, AccountHome, CareTag, Consent, Occupancy, Resident
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
CARD = "110101199003074477"


def new(north: Community, **more: object) -> Resident:
    given = {"name": "祝安宁", "phone": "139 0000 4321", "house": north.neighbour_house, "role": "family", **more}
    return residents.register(north.project, by=north.by("receptionist"), **given)


@pytest.mark.clause("RES-01", "RES-02")
def test_a_resident_is_registered_with_a_home_and_found_at_once(north: Community) -> None:
    made = new(north, id_type="idcard", id_number=CARD)
    assert made.phone == "13900004321" and made.sort_key.startswith("zhu4 an1")
    assert [o.house for o in queries.homes_of(made)] == [north.neighbour_house]
    assert made.pk in search.found([north.project.pk], "resident", "祝安")
    assert list(queries.resident_with_id_number(north.project, CARD)) == [made]


def test_no_personal_value_of_a_new_resident_is_readable_in_the_journal(north: Community) -> None:
    new(north, id_type="idcard", id_number=CARD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(given::text || changes::text, ' ') FROM kernel_event")
        everything = cursor.fetchone()[0]
        cursor.execute("SELECT id_number FROM people_resident WHERE id_hash <> ''")
        stored = bytes(cursor.fetchone()[0])
    assert all(value not in everything for value in (CARD, "13900004321", "祝安宁"))
    assert CARD.encode() not in stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "1390000"[:4]), ("phone", "139000043219999"), ("name", "=1+1"), ("name", "李" * 31), ("name", "@SUM"),
        ("birth_year", 2200), ("from_on", "0001-01-01"), ("role", "king"), ("id_number", "110101199003074478"),
        ("id_number", "9" * 40),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence_and_changes_nothing(north: Community, field: str, value: object) -> None:
    before = Resident.objects.count()
    with pytest.raises(Refused) as refusal:
        new(north, **{field: value})
    assert field in refusal.value.errors and Resident.objects.count() == before


def test_who_is_on_record_is_not_registered_twice(north: Community) -> None:
    new(north, id_type="idcard", id_number=CARD)
    for again in ({"name": "祝安宁"}, {"name": "别人", "phone": "13900005555", "id_type": "idcard", "id_number": CARD}):
        with pytest.raises(Refused):
            new(north, **again)


def test_a_house_of_the_other_project_is_a_stranger(north: Community, south: Community) -> None:
    with pytest.raises(Refused) as refusal:
        new(north, house=south.house)
    assert set(refusal.value.errors) == {"house"}


def test_a_guard_and_another_projects_desk_cannot_touch_the_files(north: Community, south: Community) -> None:
    with pytest.raises(Forbidden):
        residents.change_phone(north.owner, by=north.by("guard"), phone="13900007777")
    with pytest.raises(Unknown):
        residents.change_phone(north.owner, by=south.by("receptionist"), phone="13900007777")
    with pytest.raises(Forbidden):
        residents.change_phone(north.owner, by=north.by("owner"), phone="13900007777")


def test_a_changed_phone_is_found_and_the_old_one_is_not(north: Community) -> None:
    old = north.owner.phone
    residents.change_phone(north.owner, by=north.by("receptionist"), phone="13900007777")
    assert search.found([north.project.pk], "resident", "13900007777") == [north.owner.pk]
    assert search.found([north.project.pk], "resident", old) == []
    with pytest.raises(Refused):
        residents.change_phone(north.owner, by=north.by("receptionist"), phone="13900007777")


def test_moving_out_ends_rights_at_once(north: Community) -> None:
    home = Occupancy.objects.get(resident=north.tenant)
    account = north.accounts["tenant"]
    assert actor_of(account) is not None
    residents.end_occupancy(home, by=north.by("steward"), ended_on=timezone.localdate(), reason="租期满")
    assert actor_of(Account.objects.get(pk=account.pk)) is None
    assert Account.objects.get(pk=account.pk).generation == account.generation + 1
    assert [o.resident for o in queries.household(north.house)] == [north.owner]
    with pytest.raises(Refused):
        residents.end_occupancy(home, by=north.by("steward"), ended_on=timezone.localdate())


def test_who_keeps_another_house_keeps_the_login(north: Community) -> None:
    residents.add_occupancy(north.tenant, by=north.by("steward"), house=north.neighbour_house, role="owner")
    home = Occupancy.objects.get(resident=north.tenant, house=north.house)
    residents.end_occupancy(home, by=north.by("steward"), ended_on=timezone.localdate())
    account = Account.objects.get(pk=north.accounts["tenant"].pk)
    assert account.generation == 0 and actor_of(account) is not None
    seen = Resident.visible_to(north.by("tenant"))
    assert north.owner not in seen and north.stranger in seen


def test_a_move_out_in_the_future_or_before_moving_in_is_refused(north: Community) -> None:
    home = Occupancy.objects.get(resident=north.tenant)
    for day in (timezone.localdate() + timedelta(days=1), home.from_on - timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            residents.end_occupancy(home, by=north.by("steward"), ended_on=day)
        assert "ended_on" in refusal.value.errors
    assert home.ended_on is None and AccountHome.objects.filter(ended_at__isnull=False).count() == 0


def test_a_household_has_one_head(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        new(north, house=north.house, is_head=True)
    assert "is_head" in refusal.value.errors
    residents.name_head(Occupancy.objects.get(resident=north.tenant), by=north.by("steward"))
    assert list(Occupancy.objects.filter(house=north.house, is_head=True)) == [
        Occupancy.objects.get(resident=north.tenant)
    ]


def test_two_records_of_one_person_become_one(north: Community) -> None:
    twin = new(north, name="卢住客", house=north.house, role="tenant")
    residents.give_consent(twin, by=north.by("receptionist"), purpose="contact", mode="spoken")
    residents.give_consent(north.tenant, by=north.by("receptionist"), purpose="contact", mode="signed")
    residents.add_care_tag(twin, by=north.by("steward"), kind="elderly", note="行动慢，请多等一会儿")
    residents.merge(twin, by=north.by("supervisor"), into=north.tenant, reason="同一人")
    assert queries.standing(twin) == north.tenant
    assert [o.role for o in queries.homes_of(north.tenant)] == ["tenant"]
    assert Consent.objects.filter(resident=north.tenant, withdrawn_at__isnull=True).count() == 1
    assert CareTag.objects.get(resident=north.tenant).note == "行动慢，请多等一会儿"
    assert search.found([north.project.pk], "resident", "4321") == []
    with pytest.raises(Refused):
        residents.change_phone(twin, by=north.by("receptionist"), phone="13900001234")


def test_a_merge_into_itself_into_a_stranger_or_by_the_desk_is_refused(north: Community, south: Community) -> None:
    by = north.by("supervisor")
    for into in (north.owner, south.owner):
        with pytest.raises(Refused):
            residents.merge(north.owner, by=by, into=into, reason="试")
    with pytest.raises(Forbidden):
        residents.merge(north.owner, by=north.by("receptionist"), into=north.tenant, reason="试")
    assert not Event.objects.filter(name="residents.merge").exists()


def test_a_consent_stands_once_and_ends_when_withdrawn(north: Community) -> None:
    by = north.by("receptionist")
    given = residents.give_consent(north.owner, by=by, purpose="recording", mode="signed")
    with pytest.raises(Refused):
        residents.give_consent(north.owner, by=by, purpose="recording", mode="signed")
    residents.withdraw_consent(given, by=by)
    assert given.withdrawn_at == by.at
    with pytest.raises(Refused):
        residents.withdraw_consent(given, by=by)


@pytest.mark.clause("RES-05")
def test_a_care_note_is_kept_encrypted_and_out_of_the_journal(north: Community) -> None:
    tag = residents.add_care_tag(north.owner, by=north.by("steward"), kind="lonely", note="独居，膝盖不好")
    contact = residents.add_emergency_contact(
        north.owner, by=north.by("steward"), name="祝小满", relation="女儿", phone="13900008888"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(given::text || changes::text, ' ') FROM kernel_event")
        everything = cursor.fetchone()[0]
    assert not any(v in everything for v in ("膝盖", "祝小满", "13900008888"))
    assert contact.person() == ("people.resident", north.owner.pk)
    residents.end_care_tag(tag, by=north.by("steward"))
    assert tag.ended_on == timezone.localdate()
    with pytest.raises(Forbidden):
        residents.add_care_tag(north.owner, by=north.by("cashier"), kind="child")


def test_a_login_is_opened_once_with_a_password_for_one_time(north: Community) -> None:
    made = new(north)
    residents.open_access(made, by=north.by("steward"))
    account = Account.objects.get(pk=AccountHome.objects.get(resident_id=made.pk).account_id)
    assert account.must_change_password and account.check_password(made.one_time_password)
    with pytest.raises(Refused):
        residents.open_access(made, by=north.by("steward"))


def test_a_building_comes_with_its_units_and_houses(north: Community) -> None:
    building = residents.register_building(
        north.project, by=north.by("manager"), code="8", units=2, floors=3, rooms=2, zone_name="东区"
    )
    codes = sorted(building.houses.values_list("code", flat=True))
    assert len(codes) == 12 and codes[0] == "8-1-101" and codes[-1] == "8-2-302"
    with pytest.raises(Refused):
        residents.register_building(north.project, by=north.by("manager"), code="8", units=1, floors=1, rooms=1)
    with pytest.raises(Refused):
        residents.register_building(north.project, by=north.by("manager"), code="9", units=12, floors=120, rooms=30)
    with pytest.raises(Forbidden):
        residents.register_building(north.project, by=north.by("receptionist"), code="9", units=1, floors=1, rooms=1)


def test_a_house_is_added_once_and_closed_when_nobody_is_left(north: Community) -> None:
    by = north.by("manager")
    given = {"building": north.house.building, "unit": north.house.unit, "floor": 14, "room": "1401", "use": "vacant"}
    house = residents.register_house(north.project, by=by, area="118.6", **given)
    assert (house.code, house.area_cm2) == ("3-2-1401", 1186000)
    with pytest.raises(Refused):
        residents.register_house(north.project, by=by, **given)
    residents.close_house(house, by=by, reason="并入隔壁")
    with pytest.raises(Refused):
        residents.close_house(north.house, by=by, reason="试")
    with pytest.raises(Refused):
        residents.change_use(north.house, by=by, use="vacant")
