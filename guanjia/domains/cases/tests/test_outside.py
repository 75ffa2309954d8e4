"""What another body passes on: its number once, its deadline as a clock, what it was told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def passed_on(north: Community, **more: Any) -> Case:
    given: dict[str, Any] = {
        "content": "小区门口路灯不亮", "channel": "12345", "outside_number": "SZ2026-0081",
        "outside_due_at": timezone.now() + timedelta(days=3), **more,
    }  # fmt: skip
    case: Case = cases.record_enquiry(north.project, by=north.by("receptionist"), **given)
    return case


@pytest.mark.clause("CASE-12")
def test_the_deadline_of_the_hotline_runs_as_a_clock_until_it_is_told(north: Community) -> None:
    case = passed_on(north)
    clock = Clock.objects.get(project=north.project, clause_id="CASE-12", subject_id=case.pk)
    assert clock.due_at == case.outside_due_at and clock.is_open
    cases.reply_outside(case, by=north.by("officer"), outside_reply="已更换灯泡，恢复照明。")
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET and case.outside_reply and case.outside_replied_at


def test_what_nobody_passed_on_has_no_such_clock_and_no_such_reply(north: Community) -> None:
    case = cases.record_enquiry(
        north.project, by=north.by("receptionist"), content="问物业费", caller_phone="13900000999", channel="phone"
    )
    assert not Clock.objects.filter(project=north.project, clause_id="CASE-12").exists()
    with pytest.raises(Conflict):
        cases.reply_outside(case, by=north.by("officer"), outside_reply="答复")


def test_the_same_number_of_the_hotline_is_one_case(north: Community, south: Community) -> None:
    passed_on(north)
    with pytest.raises(Refused) as refused:
        passed_on(north)
    assert "outside_number" in refused.value.errors
    assert passed_on(south, channel="12345").project_id == south.project.pk


def test_a_deadline_without_a_number_is_refused(north: Community) -> None:
    with pytest.raises(Refused) as refused:
        passed_on(north, outside_number="", caller_phone="13900000999")
    assert "outside_number" in refused.value.errors


def test_a_technician_does_not_answer_the_hotline(north: Community) -> None:
    with pytest.raises(Forbidden):
        cases.reply_outside(passed_on(north), by=north.by("technician"), outside_reply="好了")


def test_a_case_is_found_by_the_number_outside(north: Community) -> None:
    from guanjia.kernel import search

    case = passed_on(north)
    assert search.found([north.project.pk], "case", "SZ2026-0081") == [case.pk]
