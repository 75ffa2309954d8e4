"""The phone pages over HTTP: my work, the steps of a repair, refusals that keep their text, late and repeated sending."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.kernel.models import Event
from guanjia.people.models import CareTag
from guanjia.people.tests.cast import Community
from guanjia.web.words import masked

from .conftest import fresh, home, taken, url

pytestmark = pytest.mark.django_db


# -- reading -------------------------------------------------------------------------------------------------------


def test_my_work_shows_the_case_with_house_polite_name_and_next_step(north: Community, phone: Any) -> None:
    case = taken(north)
    page = phone(north, "technician").get(home(north, "accept")).content.decode()
    assert case.title in page and "3-2-1201" in page and f"{north.owner.name[0]}女士" in page
    assert url(north, case, "accept") in page and north.owner.phone not in page


def test_an_open_case_is_offered_to_whoever_takes_it_first(north: Community, phone: Any) -> None:
    case = taken(north, executor=None)
    client = phone(north, "technician")
    assert url(north, case, "grab") in client.get(home(north, "grab")).content.decode()
    assert client.post(url(north, case, "grab"), {"idempotency_key": "g1"}).status_code == 302
    late = phone(north, "electrician").post(url(north, case, "grab"), {"idempotency_key": "g2"})
    assert late.status_code == 409 and fresh(case).executor == north.staff["technician"]


def test_a_kept_page_holds_no_number_and_no_care_note(north: Community, phone: Any) -> None:
    case = taken(north)
    CareTag.objects.create(
        project=north.project, resident=north.owner, kind="elderly", note="先打电话", noted_on=timezone.localdate()
    )
    client = phone(north, "technician")
    for address in (home(north, "accept"), url(north, case), url(north, case, "arrive")):
        answer = client.get(address)
        assert answer.headers["X-Keep-Offline"] == "1" and "先打电话" not in answer.content.decode()
        assert (
            north.owner.phone not in answer.content.decode()
            and masked(north.owner.phone) not in answer.content.decode()
        )
    contact = client.get(url(north, case) + "/contact")
    assert "先打电话" in contact.content.decode() and "X-Keep-Offline" not in contact.headers
    assert "先打电话" in client.get(f"/p/{north.project.code}/field/care?tab=accept").content.decode()


def test_care_is_not_shown_to_a_technician_who_does_not_visit(north: Community, phone: Any) -> None:
    case = taken(north)
    CareTag.objects.create(
        project=north.project, resident=north.owner, kind="elderly", note="先打电话", noted_on=timezone.localdate()
    )
    page = phone(north, "electrician").get(url(north, case) + "/contact").content.decode()
    assert "先打电话" not in page and north.owner.name not in page


def test_the_whole_number_is_never_on_the_contact_card(north: Community, phone: Any) -> None:
    page = phone(north, "technician").get(url(north, taken(north)) + "/contact").content.decode()
    assert north.owner.phone not in page and masked(north.owner.phone) in page


def test_a_case_of_another_project_does_not_exist(north: Community, south: Community, phone: Any) -> None:
    case = taken(south)
    client = phone(north, "technician")
    for address in (url(north, case), url(north, case, "accept"), url(south, case), url(north, case) + "/contact"):
        assert client.get(address).status_code == 404
    assert client.post(url(north, case, "accept")).status_code == 404 and fresh(case).state == "dispatched"


def test_nobody_at_the_door_is_sent_to_log_in_and_a_form_gets_401(north: Community) -> None:
    case = taken(north)
    assert Client().get(url(north, case)).headers["Location"].startswith("/login")
    assert Client().post(url(north, case, "accept")).status_code == 401


def test_a_form_sent_to_a_locked_session_is_not_swallowed(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    session = client.session
    session["locked"] = True
    session.save()
    assert client.post(url(north, case, "note"), {"words": "写了很久"}).status_code == 401
    assert not Event.objects.filter(name="cases.note").exists()


def test_an_enquiry_is_answered_on_the_phone(north: Community, phone: Any) -> None:
    case = cases.record_enquiry(
        north.project,
        by=north.by("receptionist"),
        content="问车位续租",
        resident=north.owner,
        place="none",
        channel="phone",
    )
    client = phone(north, "steward")
    assert client.get(url(north, case)).status_code == 200
    assert (
        client.post(url(north, case, "answer"), {"reply": "带身份证到前台"}).status_code == 302
        and fresh(case).state == "closed"
    )


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_pages_speak_other_languages(north: Community, phone: Any, language: str) -> None:
    client, case = phone(north, "technician"), taken(north)
    client.cookies["django_language"] = language
    page = client.get(url(north, case)).content.decode()
    assert {"en": "To be accepted", "zh-hant": "經過"}[language] in page


def test_a_resident_has_no_phone_pages_of_staff(north: Community, phone: Any) -> None:
    assert phone(north, "owner").get(home(north)).status_code == 404


@pytest.mark.parametrize(
    "who", ["technician", "steward", "supervisor", "receptionist", "guard", "engineering_supervisor"]
)
@pytest.mark.parametrize("page", ["", "district", "me", "notices", "waiting"])
def test_every_page_opens_for_whoever_walks(north: Community, phone: Any, who: str, page: str) -> None:
    taken(north)
    assert phone(north, who).get(f"/p/north/field/{page}", follow=True).status_code == 200


def test_the_list_asks_the_database_the_same_however_long_it_is(
    north: Community, phone: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        taken(north, apart=True)
    client = phone(north, "technician")
    client.get(home(north, "accept"))
    with django_assert_max_num_queries(34):
        client.get(home(north, "accept"))
