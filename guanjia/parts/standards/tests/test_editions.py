"""What is decided otherwise than the Book: from tomorrow, with a reason, the most specific wins."""

from datetime import date, timedelta

import pytest

from guanjia import book
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.approvals.tests.signing import approved
from guanjia.parts.standards import calendars, operations, queries
from guanjia.parts.standards.models import Edition
from guanjia.people.tests.cast import hire

REASON = "夜间班只有一人"
pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(north):
    return north.by("manager")


@pytest.fixture
def quality(office, north):
    from django.utils import timezone

    from guanjia.people.login import staff_actor

    return staff_actor(hire(office, office, "quality", "品质同事", "company_service_dept"), timezone.now())


def tomorrow(community):
    from django.utils import timezone

    return queries.today_at(community.project, timezone.now()) + timedelta(days=1)


def decide(community, by, **given):
    given = {"clause": "RPR-03", "effective_from": tomorrow(community), "reason": REASON, **given}
    return approved(lambda: operations.change_limit(community.project, by=by, **given))


def within(project, day):
    return queries.rule_in_force("RPR-03", project, day)["within"]


def test_without_a_decision_the_book_holds(north):
    rule = queries.rule_in_force("RPR-03", north.project, date(2026, 3, 18))
    assert rule["within"] == "PT2H" and rule["calendar"] == "24x7" and rule.is_on and rule.edition is None


@pytest.mark.clause("QLT-01")
def test_a_decision_holds_from_its_day_and_leaves_one_event(north, manager):
    edition = decide(north, manager, amount=90, unit="minutes")
    day = tomorrow(north)
    assert within(north.project, day - timedelta(days=1)) == "PT2H"
    assert within(north.project, day) == "PT90M"
    assert edition.number == 2
    event = Event.objects.get(name="standards.change_limit")
    assert event.given["reason"] == REASON and event.subject_id == edition.pk


def test_a_decision_of_one_project_does_not_reach_another(north, south, manager):
    decide(north, manager, amount=90, unit="minutes")
    assert within(south.project, tomorrow(south)) == "PT2H"


def test_project_wins_over_service_level_and_level_over_company(north, south, office, manager, quality):
    day = tomorrow(north)
    hire(office, office, "general", "总经理", "general_manager")
    for more in ({"amount": 4, "unit": "hours"}, {"amount": 3, "unit": "hours", "level": "basic"}):
        given = {"clause": "RPR-03", "effective_from": day, "reason": REASON, **more}
        approved(lambda given=given: operations.change_limit(office, by=quality, **given))
    south.project.level = "premium"
    assert within(north.project, day) == "PT3H"
    assert within(south.project, day) == "PT4H"
    decide(north, manager, amount=90, unit="minutes")
    assert within(north.project, day) == "PT90M"


def test_stars_win_over_the_service_level_and_reach_no_other(north, south, office, quality):
    day = tomorrow(north)
    hire(office, office, "general", "总经理", "general_manager")
    south.project.stars = 2
    for more in ({"amount": 90, "unit": "minutes", "level": "basic"}, {"amount": 1, "unit": "hours", "level": "3"}):
        given = {"clause": "RPR-03", "effective_from": day, "reason": REASON, **more}
        decided = approved(lambda given=given: operations.change_limit(office, by=quality, **given))
    assert decided.scope == "stars" and decided.holds_for.endswith("★★★")
    assert (within(north.project, day), within(south.project, day)) == ("PT1H", "PT90M")
    with pytest.raises(Refused) as refused:
        operations.change_limit(office, by=quality, **{**given, "level": "6"})
    assert "level" in refused.value.errors


def test_values_that_a_later_decision_does_not_name_stay(north, manager):
    day = tomorrow(north)
    decide(north, manager, amount=90, unit="minutes")
    decide(north, manager, soon_minutes=40, effective_from=day + timedelta(days=1))
    rule = queries.rule_in_force("RPR-03", north.project, day + timedelta(days=1))
    assert rule["within"] == "PT90M" and rule["soon"] == 2400
    assert rule.edition.number == 3


def test_a_clause_can_be_put_out_of_force_and_back(north, manager):
    day = tomorrow(north)
    decide(north, manager, is_on="off")
    assert not queries.rule_in_force("RPR-03", north.project, day).is_on
    decide(north, manager, is_on="on", effective_from=day + timedelta(days=1))
    assert queries.rule_in_force("RPR-03", north.project, day + timedelta(days=1)).is_on


def test_a_target_keeps_the_comparison_of_its_clause(north, manager):
    decide(north, manager, clause="RPR-11", target_percent=98)
    assert queries.rule_in_force("RPR-11", north.project, tomorrow(north))["target"] == ">=0.98"


def test_today_and_the_past_are_refused(north, manager):
    for day in (tomorrow(north) - timedelta(days=1), date(2024, 1, 1)):
        with pytest.raises(Refused) as refusal:
            decide(north, manager, amount=90, unit="minutes", effective_from=day)
        assert "effective_from" in refusal.value.errors
    assert not Edition.objects.exists()


def test_the_same_value_is_refused(north, manager):
    with pytest.raises(Refused):
        decide(north, manager, amount=2, unit="hours")


def test_an_unknown_clause_is_refused(north, manager):
    with pytest.raises(Refused) as refusal:
        decide(north, manager, clause="RPR-99", is_on="off")
    assert "clause" in refusal.value.errors


def test_a_value_that_the_clause_does_not_have_is_refused(north, manager):
    with pytest.raises(Refused):
        decide(north, manager, clause="ORG-01", amount=3, unit="hours")
    with pytest.raises(Refused):
        decide(north, manager, at_least=3)


def test_a_limit_that_the_matter_names_cannot_become_a_duration(north, manager):
    with pytest.raises(Refused) as refusal:
        decide(north, manager, clause="PRM-02", amount=3, unit="hours")
    assert "amount" in refusal.value.errors


def test_a_decision_without_a_reason_is_refused(north, manager):
    with pytest.raises(Refused) as refusal:
        decide(north, manager, amount=90, unit="minutes", reason="")
    assert "reason" in refusal.value.errors


def test_a_second_decision_for_the_same_day_is_refused(north, manager):
    decide(north, manager, amount=90, unit="minutes")
    with pytest.raises(Refused):
        decide(north, manager, amount=80, unit="minutes")


def test_a_front_desk_may_not_decide(north):
    with pytest.raises(Forbidden):
        decide(north, north.by("receptionist"), amount=90, unit="minutes")


def test_another_projects_manager_is_a_stranger(north, south):
    with pytest.raises(Unknown):
        decide(north, south.by("manager"), amount=90, unit="minutes")


def test_a_decision_that_has_not_begun_can_be_withdrawn_once(north, manager):
    edition = decide(north, manager, amount=90, unit="minutes")
    operations.withdraw_edition(edition, by=manager, reason="先不改")
    assert within(north.project, tomorrow(north)) == "PT2H"
    with pytest.raises(Refused):
        operations.withdraw_edition(edition, by=manager, reason="再撤一次")


def test_a_decision_that_holds_cannot_be_withdrawn(north, manager):
    edition = decide(north, manager, amount=90, unit="minutes")
    Edition.objects.filter(pk=edition.pk).update(effective_from=date(2026, 1, 1))
    edition.refresh_from_db()
    with pytest.raises(Refused):
        operations.withdraw_edition(edition, by=manager, reason="撤回来")
    edition.refresh_from_db()
    assert edition.withdrawn_at is None


def test_a_day_can_be_closed_for_the_project_against_the_company(north, office, manager, quality):
    day = date(2035, 10, 1)
    operations.decide_day(office, by=quality, day=day, is_open="closed", name="国庆节")
    assert not calendars.calendar_of(north.project, "working_days").is_working_day(day)
    operations.decide_day(north.project, by=manager, day=day, is_open="open", name="本项目上班")
    assert calendars.calendar_of(north.project, "working_days").is_working_day(day)


def test_a_day_that_has_begun_cannot_be_decided(north, manager):
    with pytest.raises((Refused, Conflict)):
        operations.decide_day(north.project, by=manager, day=date(2024, 1, 2), is_open="closed", name="补记")


def test_the_rules_of_many_clauses_cost_one_statement(north, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.rules_in_force([c.id for c in book.clauses()], north.project, date(2026, 3, 18))
    with django_assert_num_queries(0):
        queries.rules_in_force(["RPR-03"], north.project, date(2026, 3, 18))


def test_an_unknown_calendar_is_refused(north):
    with pytest.raises(ValueError):
        calendars.calendar_of(north.project, "lunar")


@pytest.mark.clause("KEY-14")
def test_who_borrows_which_keys_is_decided_like_every_other_value(north, manager):
    day = tomorrow(north)
    before = queries.rule_in_force("KEY-14", north.project, day)
    decide(north, manager, clause="KEY-14", borrows_equipment=["technician", "cashier"])
    after = queries.rule_in_force("KEY-14", north.project, day)
    assert set(after["borrows_equipment"]) == {"technician", "cashier"}
    assert after["borrows_owner"] == before["borrows_owner"]
    with pytest.raises(Refused):  # another clause has no such list
        operations.change_limit(
            north.project, by=manager, clause="RPR-03", borrows_owner=["steward"], effective_from=day, reason=REASON
        )
