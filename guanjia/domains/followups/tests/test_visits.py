"""Visits of households, their length, and issues that are closed only by asking again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guanjia.domains.followups.models import Issue, Visit
from guanjia.domains.followups.operations import close_issue, note_issue, record_visit, return_issue, solve_issue
from guanjia.domains.followups.standards import district_of_visit, districts_with_a_steward, is_round
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.obligations import rules
from guanjia.people.models import Account, Department
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def visited(north: Community, who: str = "steward", **more: Any) -> Visit:
    given: dict[str, Any] = {
        "house": north.house, "resident": north.owner, "kind": "round_visit", "mode": "home", "feedback": "楼道干净", **more,
    }  # fmt: skip
    made: Visit = record_visit(north.project, by=north.by(who), **given)
    return made


def noted(north: Community, **more: Any) -> Issue:
    department = Department.objects.get_or_create(project=north.project, key="engineering", name="工程部")[0]
    given: dict[str, Any] = {
        "words": "单元门关不严", "house": north.house, "scope": "common", "department": department,
        "due_at": timezone.now() + timedelta(days=3), **more,
    }  # fmt: skip
    made: Issue = note_issue(north.project, by=north.by("steward"), **given)
    return made


@pytest.mark.clause("REV-04")
def test_a_visit_is_on_record_with_what_they_said_and_how_they_felt(north: Community) -> None:
    visit = visited(north, mood="pleased", satisfaction="satisfied", suggestion="加一盏灯", minutes=6)
    assert (visit.employee_id, visit.mood, visit.suggestion) == (north.staff["steward"].pk, "pleased", "加一盏灯")
    event = Event.objects.get(name="followups.record_visit")
    assert "楼道干净" not in str(event.given) and "加一盏灯" not in str(event.given)


@pytest.mark.clause("REV-07")
@pytest.mark.parametrize("minutes", [2, 40])
def test_a_visit_that_is_too_short_or_too_long_says_why(north: Community, minutes: int) -> None:
    with pytest.raises(Refused) as refusal:
        visited(north, minutes=minutes)
    assert "why_length" in refusal.value.errors and not Visit.objects.exists()
    assert visited(north, minutes=minutes, why_length="老人身体不适").minutes == minutes
    assert visited(north, minutes=5).minutes == 5


@pytest.mark.clause("REV-01", "REV-02")
def test_each_district_owes_its_visits_and_a_visit_settles_its_own(north: Community, south: Community) -> None:
    (district,) = districts_with_a_steward(north.project, timezone.now())
    assert district.pk == north.district.pk and district.owes_id == north.staff["steward"].pk
    visit = visited(north)
    event = Event.objects.get(name="followups.record_visit")
    assert district_of_visit(visit, event) == ("district", north.district.pk)
    assert is_round(event, visit) and not is_round(event, visited(north, kind="home_visit"))
    assert {"followups.households", "followups.round"} <= set(rules.registry)
    assert rules.registry["followups.round"].settles == {"followups.record_visit"}


def test_nobody_is_visited_where_they_do_not_live_and_no_house_of_another_project(
    north: Community, south: Community
) -> None:
    for given in ({"resident": north.stranger}, {"house": south.house}, {"resident": south.owner}):
        with pytest.raises(Refused):
            visited(north, **given)
    with pytest.raises(Forbidden):
        visited(north, who="technician")
    with pytest.raises(Unknown):
        record_visit(
            south.project, by=north.by("steward"), house=south.house, kind="round_visit", mode="home", feedback="x"
        )
    assert not Visit.objects.exists()


def test_what_they_said_at_the_door_is_not_for_everybody(north: Community) -> None:
    visited(north)
    assert not Visit.visible_to(north.by("technician")).exists() and not Visit.visible_to(north.by("owner")).exists()
    assert Visit.visible_to(north.by("supervisor")).exists()


# -- issues ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("REV-09")
@pytest.mark.parametrize("missing", ["department", "due_at"])
def test_an_issue_needs_a_department_and_a_day(north: Community, missing: str) -> None:
    with pytest.raises(Refused) as refusal:
        noted(north, **{missing: None})
    assert missing in refusal.value.errors and not Issue.objects.exists()
    assert noted(north, is_important=True).is_important


@pytest.mark.clause("REV-09")
def test_an_issue_is_due_ahead_and_in_this_project(north: Community, south: Community) -> None:
    foreign = Department.objects.create(project=south.project, key="x", name="别处")
    for given in ({"due_at": timezone.now() - timedelta(minutes=1)}, {"department": foreign}, {"house": south.house}):
        with pytest.raises(Refused):
            noted(north, **given)


@pytest.mark.clause("REV-10")
def test_an_issue_is_closed_only_by_asking_again_and_never_by_who_solved_it(north: Community) -> None:
    issue = noted(north)
    with pytest.raises(Conflict):
        close_issue(issue, by=north.by("officer"), second_mode="phone", second_words="好了")
    solve_issue(issue, by=north.by("steward"), solution="换了闭门器")
    with pytest.raises(Forbidden):
        close_issue(issue, by=north.by("steward"), second_mode="phone", second_words="好了")
    with pytest.raises(Refused):
        close_issue(issue, by=north.by("officer"), second_mode="phone", second_words="")
    close_issue(issue, by=north.by("officer"), second_mode="phone", second_words="关得严了")
    issue.refresh_from_db()
    assert issue.state == "issue_closed" and issue.second_at is not None


@pytest.mark.clause("REV-10")
def test_what_is_still_there_at_the_second_revisit_goes_back(north: Community) -> None:
    issue = noted(north)
    solve_issue(issue, by=north.by("technician"), solution="调了门轴")
    return_issue(issue, by=north.by("steward"), second_mode="home", second_words="还是关不严")
    issue.refresh_from_db()
    assert (issue.state, issue.reopened, issue.solved_at) == ("issue_open", 1, None)
    with pytest.raises(Conflict):
        close_issue(issue, by=north.by("officer"), second_mode="phone", second_words="好了")


def test_the_lists_open_for_service_and_are_404_for_others(north: Community, south: Community) -> None:
    def seat(who: str) -> Client:
        client, account = Client(), Account.objects.get(username=f"north.{who}")
        client.force_login(account, backend="guanjia.people.login.AccountBackend")
        session = client.session
        session["generation"] = account.generation
        session.save()
        return client

    visit, issue = visited(north), noted(north)
    client = seat("officer")
    for url in ("visits", "visits/new", f"visits/{visit.pk}", "issues", "issues/new", f"issues/{issue.pk}"):
        assert client.get(f"/p/north/{url}").status_code == 200, url
        assert client.get(f"/p/south/{url}").status_code == 404, url
    assert "楼道干净" in client.get("/p/north/visits").content.decode()
    assert seat("technician").get("/p/north/visits").status_code == 404
    assert seat("technician").get(f"/p/north/visits/{visit.pk}").status_code == 404
