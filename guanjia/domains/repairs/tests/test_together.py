"""Service and engineering work by one order: limits, quality, progress, result, and a meeting about what hinders."""

from __future__ import annotations

import pytest
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.kernel.outcomes import Refused
from guanjia.parts.clocks.models import Clock
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.people.tests.cast import Community

from .taking import done, fresh, photo, take, working

pytestmark = pytest.mark.django_db


@pytest.mark.clause("ORG-15")
def test_an_order_passes_between_them_with_limit_quality_progress_and_result(north: Community) -> None:
    case = take(north, executor=north.staff["technician"])
    assert Clock.objects.filter(subject_label="case", subject_id=case.pk, clause_id="RPR-04", state="running").exists()
    rule = rules.registry["repairs.progress"]
    keeping.make_for(rule, north.project, timezone.now())
    owed = Obligation.objects.filter(rule_key=rule.key, subject_id=case.pk).order_by("from_at").first()
    assert owed is None or owed.owner == north.staff["receptionist"]
    other = working(north, house=north.neighbour_house, resident=north.stranger)
    with pytest.raises(Refused) as refusal:  # the standard of quality: no finishing without pictures
        repairs.finish(other, by=north.by("technician"), work_done="已更换", finding="fixed")
    assert "photos" in refusal.value.errors
    cases.note(other, by=north.by("receptionist"), words="师傅在换阀门", contact="technician")
    repairs.finish(other, by=north.by("technician"), work_done="已更换", finding="fixed", photos=[photo()])
    assert fresh(other).state == "done"  # engineering finishes; service confirms the result
    repairs.confirm(fresh(other), by=north.by("officer"), rating="satisfied", mode="phone")
    assert fresh(other).state == "confirmed" and fresh(other).owner == north.staff["receptionist"]


@pytest.mark.clause("ORG-15")
def test_what_engineering_has_not_mended_goes_back_to_them(north: Community) -> None:
    case = done(north)
    repairs.ask_rework(case, by=north.by("officer"), words="仍渗水", rating="unsatisfied")
    assert fresh(case).state == "open" and Clock.objects.filter(clause_id="RPR-09", subject_id=case.pk).exists()


@pytest.mark.clause("ORG-15")
def test_a_meeting_of_the_two_is_owed_though_nobody_calls_it(north: Community) -> None:
    rule = rules.registry["entries.mtg-12"]
    keeping.make_for(rule, north.project, timezone.now())
    rows = Obligation.objects.filter(rule_key=rule.key)
    assert rows.exists() and all(row.is_missed(row.due_at) for row in rows)
