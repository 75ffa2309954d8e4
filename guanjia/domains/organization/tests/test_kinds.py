"""Posts by project (ORG-02); the kind of a project decides which standards and services hold there (ORG-19)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.organization import operations as org
from guanjia.kernel.actors import system
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.standards import operations as standards
from guanjia.parts.standards import queries
from guanjia.parts.standards.models import Edition
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.people.login import staff_actor
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db
OWN = {"level": "basic", "stars": 3, "opens_at": "08:00", "closes_at": "18:00", "hotline": "", "city": ""}


@pytest.fixture(autouse=True)
def anew() -> None:
    queries.forget()


def decided(office: Project, clause: str, day: int = 1, **values: object) -> Edition:
    said = {"clause": clause, "effective_from": timezone.localdate() + timedelta(days=day), "reason": "按项目类型"}
    return standards.change_limit(office, by=system(), **said, **values)


@pytest.mark.clause("ORG-19")
def test_a_standard_is_decided_for_one_kind_of_project(office: Project, north: Community, south: Community) -> None:
    org.adjust_project(north.project, by=north.by("manager"), kind="office_tower", **OWN)
    edition = decided(office, "RPR-03", level="office_tower", amount=1, unit="hours")
    assert (edition.scope, edition.level) == ("kind", "office_tower")
    day = edition.effective_from
    limits = [queries.rule_in_force("RPR-03", one.project, day)["within"] for one in (north, south)]
    assert limits[0] == "PT1H" and limits[1] != "PT1H"
    # The service level, and then the project itself, go before the kind.
    decided(office, "RPR-03", 2, level="basic", amount=90, unit="minutes")
    assert queries.rule_in_force("RPR-03", north.project, day + timedelta(days=1))["within"] == "PT90M"


@pytest.mark.clause("ORG-19")
def test_a_service_that_a_kind_does_not_have_is_owed_by_none_of_it(
    office: Project, north: Community, south: Community
) -> None:
    org.adjust_project(north.project, by=north.by("manager"), kind="commercial", **OWN)
    decided(office, "REV-01", level="commercial", is_on="off")
    rule, later = rules.registry["followups.households"], timezone.now() + timedelta(days=400)
    for one in (north, south):
        keeping.make_for(rule, one.project, later)
    owing = set(Obligation.objects.filter(rule_key=rule.key).values_list("project_id", flat=True))
    assert owing == {south.project.pk}


@pytest.mark.clause("ORG-19")
def test_the_kind_is_the_projects_own_to_say_and_never_head_office(north: Community) -> None:
    with pytest.raises(Refused):
        org.adjust_project(north.project, by=north.by("manager"), kind="office", **OWN)
    with pytest.raises(Forbidden):
        org.adjust_project(north.project, by=north.by("steward"), kind="commercial", **OWN)
    org.adjust_project(north.project, by=north.by("manager"), kind="commercial", **OWN)
    shown = signed_in(north, "manager").get(reverse("office:project", args=["north"])).content.decode()
    assert "项目类型" in shown and "商业" in shown


@pytest.mark.clause("ORG-02")
def test_each_project_has_its_own_posts_and_who_is_on(office: Project, north: Community, south: Community) -> None:
    hr = staff_actor(north.staff["administrator"], timezone.now())
    guest, day = north.staff["officer"], timezone.localdate() + timedelta(days=40)
    given = {"employees": [guest], "post": posts.STEWARD, "shift": "day", "first_on": day}
    with pytest.raises(Refused):  # does not hold the post
        org.plan_duty(north.project, by=north.by("supervisor"), **given)
    from guanjia.people.models import Posting

    Posting.objects.create(
        project=office, employee=north.staff["administrator"], post=posts.ADMINISTRATOR, from_on="2024-01-01"
    )
    hr = staff_actor(north.staff["administrator"], timezone.now())
    type(guest).objects.filter(pk=guest.pk).update(education="college")
    guest.refresh_from_db()
    org.grant_post(guest, by=hr, project=north.project, post=posts.STEWARD)
    held = people.posts_held(guest, north.project, timezone.now())
    assert set(held) == {posts.SERVICE_OFFICER, posts.STEWARD}
    assert people.posts_held(guest, south.project, timezone.now()) == []
    org.plan_duty(north.project, by=north.by("supervisor"), **given)
    duty = Duty.objects.latest("id")
    assert guest in people.on_duty(north.project, posts.STEWARD, duty.from_at + timedelta(hours=1))
    shown = signed_in(north, "supervisor").get(reverse("office:staff", args=["north"])).content.decode()
    assert all(str(name) in shown for name in ("客服专员", "管家", "前台接待"))
    org.withdraw_post(guest, by=hr, project=north.project, post=posts.STEWARD)
    assert people.posts_held(guest, north.project, timezone.now()) == [posts.SERVICE_OFFICER]
