"""Own matters followed: promise and real time, who comes, the resident's word on the result and the price."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import order_of
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.people.models import Skill
from guanjia.people.tests.cast import Community

from .conftest import done, picture, reported, url, working

pytestmark = pytest.mark.django_db


def test_promise_and_real_time_stand_side_by_side(at_home: Any, north: Community) -> None:
    case = working(north)
    page = at_home(north, "owner").get(url(north, f"matter/{case.pk}"))
    kinds = [p["tone"] for p in page.context["promises"]]
    assert "met" in kinds and all(p["limit"] and p["real"] for p in page.context["promises"])


def test_who_comes_is_named_without_what_they_sign_in_with_or_a_private_phone(at_home: Any, north: Community) -> None:
    staff = north.staff["technician"]
    type(staff).objects.filter(pk=staff.pk).update(phone="13811112222")
    Skill.objects.create(project=north.project, employee=staff, repair_type="other", level=3)
    page = at_home(north, "owner").get(url(north, f"matter/{working(north).pk}")).content.decode()
    assert staff.name in page and staff.number not in page and "13811112222" not in page
    assert '<span class="ink-2">给排水</span>' in page, "a trade, never “other”"


def test_notes_of_colleagues_are_not_shown_and_own_ones_are(at_home: Any, north: Community) -> None:
    case = working(north)
    cases.note(case, by=north.by("steward"), words="住户情绪激动")
    client = at_home(north, "owner")
    client.post(url(north, f"matter/{case.pk}/note"), {"words": "阀门在水槽左边", "contact": "resident"})
    page = client.get(url(north, f"matter/{case.pk}")).content.decode()
    assert "阀门在水槽左边" in page and "住户情绪激动" not in page
    assert Event.objects.filter(name="cases.note", actor_kind="resident").get().given.get("contact") is None


def test_codes_of_the_house_are_not_on_the_pages(at_home: Any, north: Community) -> None:
    case = done(north)
    client = at_home(north, "owner")
    for name in ("", "matters", f"matter/{case.pk}"):
        assert "RPR-" not in client.get(url(north, name)).content.decode()


@pytest.mark.clause("ORG-07")
def test_every_home_sees_who_its_steward_is_and_how_to_ring(at_home: Any, north: Community) -> None:
    for who in ("owner", "tenant", "stranger"):
        for name in ("", "me"):
            page = at_home(north, who).get(url(north, name)).content.decode()
            assert north.staff["steward"].name in page and f"tel:{north.project.hotline}" in page


def test_lists_cost_the_same_however_long(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    counts = []
    for more in (1, 8):
        for index in range(more):
            reported(north, content=f"第{index}处{more}", apart=True)
        for name in ("", "matters"):
            with CaptureQueriesContext(connection) as seen:
                client.get(url(north, name))
            counts.append(len(seen))
    assert counts[0] == counts[2] and counts[1] == counts[3], counts
    assert max(counts) <= 20, counts


# -- the resident's word ---------------------------------------------------------------------------------------------


@pytest.mark.clause("RPR-08")
def test_a_result_is_confirmed_and_rated_in_five_words(at_home: Any, north: Community) -> None:
    case = done(north)
    client = at_home(north, "owner")
    assert client.post(url(north, f"matter/{case.pk}/confirm"), {}).status_code == 422
    client.post(url(north, f"matter/{case.pk}/confirm"), {"rating": "very_satisfied", "words": "师傅很仔细"})
    case = Case.objects.get(pk=case.pk)
    order = order_of(case)
    assert (case.state, order.rating, order.confirm_mode) == ("confirmed", "very_satisfied", "online")


@pytest.mark.clause("RPR-09")
def test_not_fixed_is_one_step_and_begins_again(at_home: Any, north: Community) -> None:
    case = done(north)
    client = at_home(north, "owner")
    response = client.post(url(north, f"matter/{case.pk}/confirm"), {"rating": "unsatisfied"})
    assert response.headers["Location"] == url(north, f"matter/{case.pk}/ask_rework")
    client.post(url(north, f"matter/{case.pk}/ask_rework"), {"words": "还在滴", "photos": picture()})
    case.refresh_from_db()
    assert (case.state, case.round) == ("open", 2)


def test_nothing_is_confirmed_before_it_is_done_or_twice(at_home: Any, north: Community) -> None:
    case = working(north)
    client = at_home(north, "owner")
    assert client.post(url(north, f"matter/{case.pk}/confirm"), {"rating": "satisfied"}).status_code == 409
    repairs.finish(case, by=north.by("technician"), work_done="好了", finding="fixed", photos=[picture()])
    assert client.post(url(north, f"matter/{case.pk}/confirm"), {"rating": "satisfied"}).status_code == 302
    assert client.post(url(north, f"matter/{case.pk}/confirm"), {"rating": "neutral"}).status_code == 409


@pytest.mark.clause("CASE-10")
def test_a_chase_reaches_the_matter_and_not_every_minute(at_home: Any, north: Community) -> None:
    case = reported(north)
    client = at_home(north, "owner")
    assert client.post(url(north, f"matter/{case.pk}/chase"), {"words": "家里有老人"}).status_code == 302
    assert client.post(url(north, f"matter/{case.pk}/chase"), {}).status_code == 422
    case.refresh_from_db()
    assert case.chased == 1


def test_a_report_is_withdrawn_while_nobody_has_begun(at_home: Any, north: Community) -> None:
    early, late = reported(north), working(north, apart=True)
    client = at_home(north, "owner")
    client.post(url(north, f"matter/{early.pk}/cancel"), {"reason": "自己修好了"})
    assert client.post(url(north, f"matter/{late.pk}/cancel"), {"reason": "不修了"}).status_code == 422
    states = dict(Case.objects.values_list("pk", "state"))
    assert (states[early.pk], states[late.pk]) == ("cancelled", "working")


@pytest.mark.clause("RPR-12")
def test_a_price_is_agreed_to_on_the_phone(at_home: Any, north: Community) -> None:
    case = working(north)
    repairs.quote(case, by=north.by("technician"), quoted_fen=8600, quote_words="更换角阀")
    client = at_home(north, "owner")
    page = client.get(url(north, f"matter/{case.pk}")).content.decode()
    assert "86.00" in page and "更换角阀" in page
    client.post(url(north, f"matter/{case.pk}/consent_quote"), {})
    assert order_of(Case.objects.get(pk=case.pk)).quote_consent_mode == "online"
