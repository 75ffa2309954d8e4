"""A person is let go of whole; nothing that is still needed goes; what is past its time is decided over by a manager."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.privacy import keeping
from guanjia.domains.privacy import operations as privacy
from guanjia.domains.privacy.models import DataRequest
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.residents import operations as residents
from guanjia.kernel import events, reactions, search
from guanjia.kernel.models import Event, PersonKey
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.people.models import Account, AccountHome, CareTag, Consent, EmergencyContact, Occupancy, Resident
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def leave(north: Community, who: Resident, days: int = 1) -> None:
    Occupancy.objects.filter(resident=who).update(
        from_on=date(2015, 1, 1), is_head=False, ended_on=timezone.localdate() - timedelta(days=days)
    )


def everywhere(words: str) -> list[str]:
    """Tables in which a word can be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)} t WHERE t::text LIKE %s)",
                [f"%{words}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_an_erased_person_can_be_read_nowhere(north: Community) -> None:
    by, one = north.by("supervisor"), north.stranger
    residents.change_phone(one, by=by, phone="13911112222")
    residents.add_care_tag(one, by=by, kind="lonely", note="每天打一次电话")
    residents.add_emergency_contact(one, by=by, name="祝小满", relation="女儿", phone="13933334444")
    residents.give_consent(one, by=by, purpose="parcels", mode="spoken")
    name = one.name
    assert everywhere("13911112222") == ["people_resident"]
    leave(north, one)
    privacy.erase(one, by=by, reason="asked", understood=True)
    for words in (name, "13911112222", "13933334444", "祝小满"):
        assert everywhere(words) == []
    assert not CareTag.objects.exists() and not EmergencyContact.objects.exists()
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    assert not PersonKey.objects.filter(label="people.resident", person_id=one.pk).exists()
    assert search.found([north.project.pk], "resident", name) == []
    moved = Event.objects.get(name="residents.change_phone")
    assert events.opened(Resident.objects.get(pk=one.pk), moved.given)["phone"] is None


def test_what_was_said_in_cases_and_sent_goes_with_the_person(north: Community) -> None:
    one, by = north.stranger, north.by("receptionist")
    case = repairs.record(
        north.project, by=by, place="home", house=north.neighbour_house, resident=one, content="厨房水管漏水",
        channel="phone", urgency="ordinary", category="plumbing", problem="leak",
    )  # fmt: skip
    repairs.dispatch(case, by=north.by("supervisor"), executor=north.staff["technician"])
    reactions.perform_later("outreach.tell", Event.objects.get(name="repairs.dispatch"))
    assert everywhere(one.phone) == ["people_resident"]
    cases.cancel(case, by=by, reason="住户自己修好了")
    name, phone = one.name, one.phone
    leave(north, one)
    privacy.erase(one, by=north.by("supervisor"), reason="asked", understood=True)
    assert everywhere(phone) == [] and everywhere(name) == []


def test_a_merged_record_goes_with_the_one_that_stays(north: Community) -> None:
    by = north.by("supervisor")
    residents.merge(north.tenant, by=by, into=north.stranger, reason="同一人")
    leave(north, north.stranger)
    privacy.erase(north.stranger, by=by, reason="asked", understood=True)
    assert set(Resident.objects.filter(pk__in=[north.tenant.pk, north.stranger.pk]).values_list("name", flat=True)) == {
        "***"
    }


def test_the_login_of_an_erased_person_is_closed_and_no_longer_found(north: Community) -> None:
    account = north.accounts["owner"]
    leave(north, north.owner)
    privacy.erase(north.owner, by=north.by("supervisor"), reason="asked", understood=True)
    account.refresh_from_db()
    assert not account.is_active and account.phone_hash == ""
    assert not AccountHome.objects.filter(account_id=account.pk, ended_at__isnull=True).exists()
    assert Account.objects.filter(pk=north.accounts["tenant"].pk, is_active=True).exists()


def test_who_still_lives_here_is_not_erased(north: Community) -> None:
    with pytest.raises(Refused):
        privacy.erase(north.owner, by=north.by("supervisor"), reason="asked", understood=True)
    assert Resident.objects.get(pk=north.owner.pk).erased_at is None


def test_a_steward_and_another_project_erase_nobody(north: Community, south: Community) -> None:
    leave(north, north.owner)
    with pytest.raises(Forbidden):
        privacy.erase(north.owner, by=north.by("steward"), reason="asked", understood=True)
    with pytest.raises(Unknown):
        privacy.erase(north.owner, by=south.by("supervisor"), reason="asked", understood=True)
    with pytest.raises(Refused):
        privacy.erase(north.owner, by=north.by("supervisor"), reason="asked", understood=False)


def test_a_resident_asks_and_the_erasure_answers(north: Community) -> None:
    asked = privacy.ask(north.owner, by=north.by("owner"), kind="erase")
    assert asked.due_at - asked.asked_at == timedelta(days=15)
    with pytest.raises(Refused):
        privacy.ask(north.owner, by=north.by("owner"), kind="erase")
    with pytest.raises(Conflict):
        privacy.grant(asked, by=north.by("supervisor"), answer="好")
    leave(north, north.owner)
    privacy.erase(north.owner, by=north.by("supervisor"), reason="asked", understood=True)
    assert DataRequest.objects.get(pk=asked.pk).state == "granted"


def test_nobody_asks_about_the_data_of_another(north: Community) -> None:
    with pytest.raises(Forbidden):
        privacy.ask(north.tenant, by=north.by("owner"), kind="copy")
    with pytest.raises(Unknown):
        privacy.ask(north.stranger, by=north.by("owner"), kind="copy")
    assert not DataRequest.objects.exists()


def test_a_correction_says_what_is_wrong(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        privacy.ask(north.owner, by=north.by("owner"), kind="correct")
    assert "words" in refusal.value.errors
    asked = privacy.ask(north.owner, by=north.by("owner"), kind="correct", words="出生年份不对")
    privacy.decline(asked, by=north.by("supervisor"), answer="请带证件来前台")
    with pytest.raises(Conflict):
        privacy.grant(asked, by=north.by("supervisor"), answer="好")
    assert everywhere("出生年份不对") == ["privacy_datarequest"]


def test_who_left_long_ago_is_let_go_of_by_decision_and_nobody_else(north: Community) -> None:
    leave(north, north.stranger, days=365 * 4)
    leave(north, north.tenant, days=30)
    manager = north.by("manager")
    assert list(keeping.past(north.project, keeping.LEFT, manager.at)) == [north.stranger]
    with pytest.raises(Refused) as refusal:
        privacy.let_go(north.project, by=manager, rule=keeping.LEFT, count=2, understood=True)
    assert "count" in refusal.value.errors
    privacy.let_go(north.project, by=manager, rule=keeping.LEFT, count=1, understood=True)
    decision = Event.objects.get(name="privacy.let_go")
    for _time in range(2):  # delivered twice, it is carried out once
        reactions.perform_later("privacy.erase_left", decision)
    assert Resident.objects.get(pk=north.stranger.pk).erased_at is not None
    assert Resident.objects.get(pk=north.tenant.pk).erased_at is None
    assert Event.objects.get(name="privacy.erase").cause_id == decision.pk


def test_a_project_decides_how_long_it_keeps(north: Community, south: Community) -> None:
    leave(north, north.stranger, days=400)
    privacy.decide_keeping(north.project, by=north.by("manager"), rule=keeping.LEFT, months=12, reason="约定")
    assert keeping.months_of(north.project, keeping.LEFT) == 12 and keeping.months_of(south.project, keeping.LEFT) == 36
    assert list(keeping.past(north.project, keeping.LEFT, timezone.now())) == [north.stranger]
    for months in (0, 601, 12):
        with pytest.raises(Refused):
            privacy.decide_keeping(
                north.project, by=north.by("manager"), rule=keeping.LEFT, months=months, reason="约定"
            )
    with pytest.raises(Forbidden):
        privacy.decide_keeping(north.project, by=north.by("supervisor"), rule=keeping.LEFT, months=24, reason="约定")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 36, date(2023, 1, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_before_a_day(day: date, months: int, then: date) -> None:
    assert keeping.months_before(day, months) == then
