"""Care and contacts: by post, and by district, assignment or the counter (PRIV-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guanjia.domains.residents.operations import add_care_tag, end_care_tag
from guanjia.kernel.outcomes import Unknown
from guanjia.people import posts, reach
from guanjia.people.login import staff_actor
from guanjia.people.models import CareTag, DistrictPost, Posting
from guanjia.places.models import Building, District, DistrictPart
from guanjia.shells.field import queries as field

from .cast import Community, hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def tag(north: Community) -> CareTag:
    made = add_care_tag(north.owner, by=north.by("steward"), kind="sick", note="心脏搭桥，勿按门铃")
    assert isinstance(made, CareTag)
    return made


@pytest.fixture
def other_steward(north: Community) -> Any:
    """A steward of another district of the same project."""
    project = north.project
    building = Building.objects.create(project=project, code="5", name="5 幢", floors=6)
    district = District.objects.create(project=project, name="二区")
    DistrictPart.objects.create(project=project, district=district, building=building)
    employee = hire(north.staff["steward"].project, project, "north.steward2", "欧阳同事", posts.STEWARD)
    DistrictPost.objects.create(project=project, district=district, employee=employee, from_on=date(2024, 1, 1))
    return employee


def seen_by(north: Community, by: Any) -> bool:
    return reach.care_of(by, north.project, [north.owner.pk]).exists()


@pytest.mark.parametrize("who", ["receptionist", "steward", "supervisor", "manager", "control_room"])
def test_the_counter_the_leads_and_the_own_steward_see_care(north: Community, tag: CareTag, who: str) -> None:
    assert seen_by(north, north.by(who)) and CareTag.visible_to(north.by(who)).filter(pk=tag.pk).exists()


@pytest.mark.parametrize("who", ["technician", "cashier", "guard", "hr", "administrator", "owner"])
def test_other_posts_and_residents_see_no_care(north: Community, tag: CareTag, who: str) -> None:
    assert not seen_by(north, north.by(who)) and not CareTag.visible_to(north.by(who)).exists()


def test_the_steward_of_another_district_sees_and_ends_nothing(
    north: Community, tag: CareTag, other_steward: Any
) -> None:
    by = staff_actor(other_steward, north.by("steward").at)
    assert not seen_by(north, by) and not reach.reaches(by, north.owner)
    with pytest.raises(Unknown):
        end_care_tag(tag, by=by)
    tag.refresh_from_db()
    assert tag.ended_on is None


@pytest.mark.clause("PRIV-02")
def test_a_second_post_widens_only_what_it_may_know_itself(north: Community, tag: CareTag, other_steward: Any) -> None:
    """A cashier reaches every household and sees no care; a steward sees the care of the own district."""
    Posting.objects.create(project=north.project, employee=other_steward, post=posts.CASHIER, from_on=date(2024, 1, 1))
    by = staff_actor(other_steward, north.by("steward").at)
    assert reach.reaches(by, north.owner) and not reach.reaches(by, north.owner, reach.SEES_CARE)
    assert not seen_by(north, by) and not CareTag.visible_to(by).exists()
    own = north.by("steward")
    assert reach.reaches(own, north.owner, reach.SEES_CARE)
    assert not reach.reaches(own, north.owner, frozenset({posts.TECHNICIAN}))


def test_another_project_sees_nothing(north: Community, south: Community, tag: CareTag) -> None:
    assert not CareTag.visible_to(south.by("supervisor")).exists()


def test_who_visits_sees_the_care_of_that_household_and_a_colleague_does_not(north: Community, tag: CareTag) -> None:
    from tests.reach import MAKERS

    case = MAKERS["case"](north)
    assert [t.pk for t in field.care_of(north.project, [case], north.by("technician"))[case.pk]] == [tag.pk]
    assert field.care_of(north.project, [case], north.by("electrician"))[case.pk] == []
