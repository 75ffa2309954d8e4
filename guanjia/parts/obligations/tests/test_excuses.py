"""A miss is explained, and excused by somebody who did not owe it; the calendar and Today show it red."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guanjia.kernel.outcomes import Forbidden, Refused, Stored, Unknown
from guanjia.parts.approvals import describing, seats
from guanjia.parts.approvals.operations import agree
from guanjia.parts.obligations import panels
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.obligations.operations import excuse, explain
from guanjia.people import posts
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project

from .conftest import day_at, progress_owed, repair

pytestmark = pytest.mark.django_db


@pytest.fixture
def missed(north: Community) -> Obligation:
    repair(north, day_at(-2))
    for at in (day_at(-1, 1), day_at(0, 0)):
        progress_owed(north, at)
    return Obligation.objects.filter(rule_key="repairs.progress").earliest("from_at")


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    session = client.session
    session["generation"] = 0
    session.save()
    return client


def asked(north: Community, missed: Obligation, who: str = "manager") -> Any:
    """The request that the excuse waits for."""
    with pytest.raises(Stored) as kept:
        excuse(missed, by=north.by(who), excuse_reason="暴雨全员抢险")
    return kept.value.thing


def test_a_miss_is_explained_then_excused_with_anothers_signature(north: Community, missed: Obligation) -> None:
    explain(missed, by=north.by("officer"), cause="staffing", reason="人手不足", corrective="每晚交班核对")
    request = asked(north, missed)
    missed.refresh_from_db()
    assert missed.excused_at is None and "暴雨" in request.reason
    about = describing.of(request).sub
    assert "厨房水管漏水" in about and missed.period in about, "who signs reads which one it is"
    agree(request, by=seats.as_signer(north.by("service_manager"), request))
    missed.refresh_from_db()
    assert missed.excused_by_name and missed.corrective and missed.state == Obligation.State.OPEN


def test_neither_who_asks_nor_who_owed_it_signs(north: Community, missed: Obligation) -> None:
    explain(missed, by=north.by("officer"), cause="staffing", reason="人手不足", corrective="")
    Obligation.objects.filter(pk=missed.pk).update(owner=north.staff["service_manager"])
    missed.refresh_from_db()
    hire(Project.objects.get(code="office"), north.project, "second", "第二经理", posts.PROJECT_MANAGER)
    request = asked(north, missed)
    for who in ("manager", "service_manager"):
        with pytest.raises((Forbidden, Refused, Unknown)):
            agree(request, by=seats.as_signer(north.by(who), request))
    missed.refresh_from_db()
    assert missed.excused_at is None and {north.staff[w].pk for w in ("manager", "service_manager")} <= set(
        request.barred
    )


def test_nothing_is_excused_before_somebody_said_why(north: Community, missed: Obligation) -> None:
    with pytest.raises(Refused):
        excuse(missed, by=north.by("manager"), excuse_reason="暴雨")


@pytest.mark.parametrize("who", ["officer", "receptionist", "supervisor", "steward"])
def test_who_owes_it_or_has_no_right_excuses_nothing(north: Community, missed: Obligation, who: str) -> None:
    explain(missed, by=north.by("officer"), cause="staffing", reason="人手不足", corrective="")
    with pytest.raises(Forbidden):
        excuse(missed, by=north.by(who), excuse_reason="算了")


def test_a_manager_excuses_not_what_they_owe_themself(north: Community, missed: Obligation) -> None:
    explain(missed, by=north.by("officer"), cause="staffing", reason="人手不足", corrective="")
    Obligation.objects.filter(pk=missed.pk).update(owner=north.staff["manager"])
    with pytest.raises(Forbidden):
        excuse(missed, by=north.by("manager"), excuse_reason="暴雨")


def test_what_is_not_missed_is_neither_explained_nor_excused(north: Community, missed: Obligation) -> None:
    running = Obligation.objects.filter(rule_key="repairs.progress").latest("from_at")
    with pytest.raises(Refused):
        explain(running, by=north.by("officer"), cause="staffing", reason="人手不足", corrective="")


def test_another_project_knows_nothing_of_it(north: Community, south: Community, missed: Obligation) -> None:
    with pytest.raises(Unknown):
        explain(missed, by=south.by("officer"), cause="staffing", reason="人手不足", corrective="")
    page = signed_in("south.manager").get(reverse("obligations:page", args=["south", missed.pk]))
    assert page.status_code == 404


def row_of(north: Community, who: str) -> dict[str, Any] | None:
    shown = panels.today(north.project, north.by(who, day_at(0, 8)))
    return next((row for row in shown["rows"] if row["clause"] == "RPR-07"), None)


@pytest.mark.clause("RPR-07")
def test_today_shows_yesterdays_miss_red_beside_what_is_owed_now(north: Community, missed: Obligation) -> None:
    row = row_of(north, "supervisor")
    assert row and (row["state"], row["missed"], row["done"], row["of"]) == ("missed", 1, 0, 2)


def test_a_post_that_does_not_owe_it_is_not_shown_it(north: Community, missed: Obligation) -> None:
    assert row_of(north, "officer") and row_of(north, "guard") is None


def test_the_calendar_and_the_page_of_a_miss_open(north: Community, missed: Obligation) -> None:
    client = signed_in("north.supervisor")
    page = client.get(reverse("obligations:list", args=["north"]), {"day": day_at(-1).date().isoformat()})
    assert "厨房水管漏水" in page.content.decode() and "RPR-07" in page.content.decode()
    one = client.get(reverse("obligations:page", args=["north", missed.pk]))
    assert one.status_code == 200
    assert client.get(reverse("obligations:list", args=["north"]), {"day": "x", "rule": "y"}).status_code == 200
    assert signed_in("north.owner").get(reverse("obligations:list", args=["north"])).status_code == 404
