"""A steward on the way: chasing, confirming, taking down what is found; ringing with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.parts.files.queries import files_of
from guanjia.parts.outreach.models import Notice
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

from .conftest import arrived, fresh, picture, taken, url

pytestmark = pytest.mark.django_db


@pytest.mark.clause("CASE-10")
def test_a_steward_chases_an_open_case_of_the_district(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "steward")
    assert url(north, case, "chase") in client.get("/p/north/field/district").content.decode()
    assert client.post(url(north, case, "chase"), {"idempotency_key": "c1"}).status_code == 302
    assert fresh(case).chased == 1


@pytest.mark.clause("RPR-08", "REV-04")
def test_a_steward_confirms_and_revisits_with_the_phone(north: Community, phone: Any) -> None:
    case, client = arrived(north), phone(north, "steward")
    repairs.finish(case, by=north.by("technician"), work_done="换管", finding="fixed", photos=[picture()])
    assert case.title in client.get("/p/north/field/district?tab=confirm").content.decode()
    assert client.post(url(north, case, "confirm"), {"rating": "satisfied", "mode": "home"}).status_code == 302
    assert case.title in client.get("/p/north/field/district?tab=revisit").content.decode()
    data = {"mode": "home", "satisfaction": "satisfied", "mood": "calm", "feedback": "修好了"}
    assert client.post(url(north, case, "revisit"), data).status_code == 302 and fresh(case).state == "closed"


@pytest.mark.clause("RPR-01")
def test_what_a_steward_finds_is_taken_down_with_a_photo(north: Community, phone: Any) -> None:
    data = {
        "place": "common", "spot": north.spot.pk, "what": "electrical:light", "content": "车库入口灯不亮", "urgency": "ordinary",
        "channel": "patrol", "photos": [picture()], "house_code": "", "idempotency_key": "r1",
    }  # fmt: skip
    client = phone(north, "steward")
    assert client.post("/p/north/field/report", data).status_code == 302
    case = Case.objects.get()
    assert (case.spot, case.channel, case.owner) == (north.spot, "patrol", north.staff["steward"]) and files_of(
        case
    ).count() == 1


def test_a_report_for_a_house_finds_its_people_and_keeps_what_was_written(north: Community, phone: Any) -> None:
    client = phone(north, "steward")
    assert north.owner.name in client.get("/p/north/field/household?house_code=3 2 1201").content.decode()
    data = {
        "place": "home",
        "house_code": "9-9-9999",
        "what": "plumbing:leak",
        "content": "卫生间地漏反味",
        "urgency": "ordinary",
        "channel": "walk_in",
    }
    answer = client.post("/p/north/field/report", data)
    assert answer.status_code == 422 and "卫生间地漏反味" in answer.content.decode() and not Case.objects.exists()
    data |= {"house_code": "3-2-1201", "resident": north.owner.pk}
    assert client.post("/p/north/field/report", data).status_code == 302 and Case.objects.get().house == north.house


def test_a_house_or_person_of_another_project_is_a_stranger(north: Community, south: Community, phone: Any) -> None:
    data = {
        "place": "home",
        "house_code": "3-2-1201",
        "resident": south.owner.pk,
        "what": "plumbing:leak",
        "content": "滴水",
        "urgency": "ordinary",
        "channel": "walk_in",
    }
    assert phone(north, "steward").post("/p/north/field/report", data).status_code == 422 and not Case.objects.exists()


def test_a_question_at_the_door_is_taken_down_and_answered_at_once(north: Community, phone: Any) -> None:
    client = phone(north, "steward")
    page = client.get("/p/north/field/report?take=enquiry").content.decode()
    assert 'name="reply"' in page and 'name="what"' not in page and 'value="patrol"' not in page
    data = {
        "take": "enquiry",
        "place": "none",
        "content": "门禁卡怎么补办",
        "channel": "walk_in",
        "reply": "带证件到前台",
    }
    answer = client.post("/p/north/field/report", data)
    assert answer.status_code == 422 and "带证件到前台" in answer.content.decode() and not Case.objects.exists()
    data |= {"caller_name": "路人", "caller_phone": "13900000177"}
    assert client.post("/p/north/field/report", data).status_code == 302
    assert (Case.objects.get().kind, Case.objects.get().state) == ("enquiry", "closed")


def test_an_unknown_kind_of_report_is_a_repair_and_nothing_else(north: Community, phone: Any) -> None:
    page = phone(north, "steward").get("/p/north/field/report?take=nonsense")
    assert page.status_code == 200 and 'name="what"' in page.content.decode()


def test_a_technician_does_not_take_down_cases(north: Community, phone: Any) -> None:
    assert phone(north, "technician").get("/p/north/field/report").status_code == 403


@pytest.mark.clause("PRIV-02")
def test_the_number_is_shown_to_who_works_on_it_with_a_reason_on_record(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    call = url(north, case) + "/call"
    assert call in client.get(url(north, case) + "/contact").content.decode()
    assert north.owner.phone not in client.get(call).content.decode()
    assert client.post(call, {"reason": ""}).status_code == 422
    answer = client.post(call, {"reason": "visit", "idempotency_key": "c1"})
    assert f"tel:{north.owner.phone}" in answer.content.decode() and "X-Keep-Offline" not in answer.headers
    assert answer.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    event = Event.objects.get(name="repairs.ring")
    assert event.given == {"reason": "visit"} and event.actor_id == north.staff["technician"].pk


@pytest.mark.clause("PRIV-02")
def test_the_number_is_not_for_colleagues_nor_after_the_end(north: Community, phone: Any) -> None:
    case = taken(north)
    call = url(north, case) + "/call"
    for who in ("electrician", "guard"):
        assert phone(north, who).post(call, {"reason": "visit"}).status_code == 404
    cases.cancel(case, by=north.by("receptionist"), reason="业主自己处理了")
    assert phone(north, "technician").post(call, {"reason": "visit"}).status_code == 404
    assert not Event.objects.filter(name="repairs.ring").exists()


def test_a_steward_rings_in_the_own_district(north: Community, phone: Any) -> None:
    answer = phone(north, "steward").post(url(north, taken(north)) + "/call", {"reason": "progress"})
    assert f"tel:{north.owner.phone}" in answer.content.decode()


def test_a_notice_opens_the_case_on_the_phone_and_is_read(north: Community, phone: Any) -> None:
    case = taken(north)
    notice = Notice.objects.create(
        project=north.project, employee=north.staff["technician"], kind="x", title="x", subject_label="case", subject_id=case.pk,
        source="t:1", created_at=timezone.now(),
    )  # fmt: skip
    stranger = phone(north, "electrician").post(f"/p/north/field/notices/{notice.pk}")
    answer = phone(north, "technician").post(f"/p/north/field/notices/{notice.pk}")
    assert stranger.status_code == 404 and answer.headers["Location"] == url(north, case)
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_one_signs_in_to_the_own_shift_only(north: Community, phone: Any) -> None:
    mine = Duty.objects.get(project=north.project, employee=north.staff["technician"])
    assert phone(north, "electrician").post(f"/p/north/field/duty/{mine.pk}/sign_in").status_code == 404
    assert phone(north, "technician").post(f"/p/north/field/duty/{mine.pk}/explode").status_code == 404
    phone(north, "technician").post(f"/p/north/field/duty/{mine.pk}/sign_in", {"idempotency_key": "d1"})
    mine.refresh_from_db()
    assert mine.signed_in_at is not None


@pytest.mark.clause("RPR-02")
def test_a_supervisor_dispatches_from_the_phone_by_rule(north: Community, phone: Any) -> None:
    case, client = taken(north, executor=None), phone(north, "supervisor")
    assert "在岗的、最合适的人" in client.get(url(north, case, "dispatch")).content.decode()
    assert client.post(url(north, case, "dispatch"), {"executor": ""}).status_code == 302
    assert fresh(case).executor == north.staff["technician"]
