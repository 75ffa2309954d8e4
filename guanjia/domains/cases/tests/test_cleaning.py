"""What concerns the surroundings goes to cleaning and greening, who answer within a working hour (ORG-17)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.cases.models import CleaningRequest
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.people import posts
from guanjia.people.login import staff_actor
from guanjia.people.models import Employee
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(north: Community, office: Project) -> Employee:
    return hire(office, north.project, "north.cleaning", "黎同事", posts.CLEANING_LEAD)


@pytest.fixture
def case(north: Community) -> Case:
    said = {
        "channel": "phone",
        "content": "垃圾房异味，请求加洗",
        "place": "home",
        "house": north.house,
        "resident": north.owner,
    }
    return cases.record_enquiry(north.project, by=north.by("receptionist"), **said)


def asked(north: Community, case: Case, lead: Employee) -> None:
    cases.send_to_cleaning(case, by=north.by("receptionist"), need="下午加洗垃圾房", lead=lead)


@pytest.mark.clause("ORG-17")
def test_it_is_handed_over_answered_and_measured(north: Community, case: Case, lead: Employee) -> None:
    by = staff_actor(lead, timezone.now())
    assert not Case.visible_to(by).exists()
    asked(north, case, lead)
    clock = Clock.objects.get(clause_id="ORG-17")
    assert clock.snapshot["calendar"]["key"] == "working_hours" and clock.limit_seconds == 3600
    assert Case.visible_to(by).get() == case and case.owner == north.staff["receptionist"]
    with pytest.raises(Refused):
        asked(north, case, lead)
    cases.answer_cleaning(case, by=staff_actor(lead, timezone.now()), answer="15:00 前加洗，已安排")
    clock.refresh_from_db()
    assert clock.state == "met" and CleaningRequest.objects.get().answered_at
    with pytest.raises((Refused, Conflict)):
        cases.answer_cleaning(case, by=staff_actor(lead, timezone.now()), answer="再答一次")


@pytest.mark.clause("ORG-17")
def test_only_a_cleaning_lead_is_asked_and_only_they_or_who_leads_answer(
    north: Community, case: Case, lead: Employee, office: Project
) -> None:
    with pytest.raises(Refused):
        asked(north, case, north.staff["technician"])
    asked(north, case, lead)
    with pytest.raises(Forbidden):
        cases.answer_cleaning(case, by=north.by("receptionist"), answer="好了")
    other = hire(office, north.project, "north.cleaning2", "鲁同事", posts.CLEANING_LEAD)
    with pytest.raises(Exception):  # noqa: B017  # who does not watch the case does not know it: unknown or refused
        cases.answer_cleaning(case, by=staff_actor(other, timezone.now()), answer="好了")
    assert not CleaningRequest.objects.get().answered_at
    cases.answer_cleaning(case, by=north.by("supervisor"), answer="已督办")


@pytest.mark.clause("ORG-17")
def test_it_stands_in_the_day_and_on_the_list_of_the_lead_and_of_nobody_else(
    north: Community, case: Case, lead: Employee, office: Project
) -> None:
    asked(north, case, lead)
    hire(office, north.project, "north.cleaning2", "鲁同事", posts.CLEANING_LEAD)
    mine, theirs = north.signed_in("cleaning"), north.signed_in("cleaning2")
    address = reverse("cases:cleaning", args=["north"])
    for page in (reverse("desk:today", args=["north"]), address):
        assert "下午加洗垃圾房" in mine.get(page).content.decode()
        assert "下午加洗垃圾房" not in theirs.get(page).content.decode()
    assert mine.get(reverse("desk:case", args=["north", case.pk])).status_code == 200
    rail = mine.get(address).context["rail"]
    assert [one["url"] for one in rail if one["id"] == "cleaning"] == [address]
    cases.answer_cleaning(case, by=staff_actor(lead, timezone.now()), answer="15:00 前加洗")
    assert "下午加洗垃圾房" not in mine.get(reverse("desk:today", args=["north"])).content.decode()
    assert "15:00 前加洗" in mine.get(address).content.decode()
