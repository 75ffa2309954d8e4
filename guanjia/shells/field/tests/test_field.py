"""The phone pages over HTTP: my work, the steps of a repair, refusals that keep their text, late and repeated sending."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import order_of
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.parts.files.queries import files_of
from guanjia.parts.outreach.models import Notice
from guanjia.people.models import CareTag, Duty
from guanjia.people.tests.cast import Community
from guanjia.web.words import masked

from .conftest import picture, taken, url

pytestmark = pytest.mark.django_db


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def arrived(north: Community) -> Case:
    case = taken(north)
    repairs.accept(case, by=north.by("technician"))
    repairs.agree_visit(case, by=north.by("technician"), appointment_from=timezone.now() + timedelta(hours=1))
    repairs.arrive(case, by=north.by("technician"))
    return case


def home(north: Community, tab: str = "") -> str:
    return f"/p/{north.project.code}/field/?tab={tab}"


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


# -- acting --------------------------------------------------------------------------------------------------------


@pytest.mark.clause("RPR-02", "RPR-03", "RPR-06")
def test_a_repair_is_done_from_the_phone(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    assert client.post(url(north, case, "accept"), {"next": home(north)}).headers["Location"] == home(north)
    visit = {
        "appointment_from": (timezone.localtime() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "appointment_to": "",
    }
    assert client.post(url(north, case, "agree_visit"), visit).status_code == 302
    assert client.post(url(north, case, "arrive"), {"photos": [picture()]}).status_code == 302
    done = {
        "work_done": "更换软管", "finding": "fixed", "is_cleared": "1", "photos": [picture(), picture("q.jpg")], "signature": picture("s.png"),
        "line-0-name": "软管 40 cm", "line-0-quantity": "2", "line-0-unit_fen": "18.00", "line-0-payer": "company",
    }  # fmt: skip
    assert client.post(url(north, case, "finish"), done).status_code == 302
    order = order_of(fresh(case))
    assert fresh(case).state == "done" and order.work_done == "更换软管。现场已清理，水电已复位。"
    assert [(m.name, m.quantity, m.unit_fen) for m in order.materials.all()] == [("软管 40 cm", 2, 1800)]
    assert (files_of(case, "before").count(), files_of(case, "after").count(), files_of(case, "signature").count()) == (
        1,
        2,
        1,
    )


def test_a_step_of_somebody_elses_case_is_refused(north: Community, phone: Any) -> None:
    case = taken(north)
    assert phone(north, "electrician").post(url(north, case, "accept")).status_code == 403
    assert phone(north, "guard").post(url(north, case, "accept")).status_code in (403, 404)
    assert fresh(case).state == "dispatched"


def test_a_form_sent_twice_has_one_effect(north: Community, phone: Any) -> None:
    case, client = arrived(north), phone(north, "technician")
    data = {"words": "已到场，等配件", "contact": "resident", "idempotency_key": "n1"}
    answers = [client.post(url(north, case, "note"), data).status_code for _ in range(3)]
    assert answers == [302, 302, 302] and Event.objects.filter(name="cases.note").count() == 1


def test_a_finish_sent_twice_records_its_material_once(north: Community, phone: Any) -> None:
    case, client = arrived(north), phone(north, "technician")

    def done() -> dict[str, Any]:
        return {
            "work_done": "更换软管", "finding": "fixed", "photos": [picture()], "idempotency_key": "f1",
            "line-0-name": "软管", "line-0-quantity": "1", "line-0-unit_fen": "", "line-0-payer": "company",
        }  # fmt: skip

    assert [client.post(url(north, case, "finish"), done()).status_code for _ in range(2)] == [302, 302]
    assert order_of(fresh(case)).materials.count() == 1 and Event.objects.filter(name="repairs.finish").count() == 1


def test_what_happened_without_a_network_counts_when_it_happened(north: Community, phone: Any) -> None:
    case = taken(north)
    when = case.moved_at + timedelta(milliseconds=2)
    answer = phone(north, "technician").post(
        url(north, case, "accept"), {"at": when.isoformat(), "idempotency_key": "a1"}
    )
    event = Event.objects.get(name="repairs.accept")
    assert answer.status_code == 302 and abs(event.at - when) < timedelta(milliseconds=2)
    assert order_of(fresh(case)).accepted_at == event.at


def test_a_note_from_an_hour_ago_is_marked_late(north: Community, phone: Any) -> None:
    case = taken(north, at=timezone.now() - timedelta(hours=2))
    when = timezone.now() - timedelta(hours=1)
    answer = phone(north, "technician").post(url(north, case, "note"), {"words": "没网时到过", "at": when.isoformat()})
    event = Event.objects.get(name="cases.note")
    assert answer.status_code == 302 and event.is_late and abs(event.at - when) < timedelta(seconds=1)


@pytest.mark.parametrize("at", ["tomorrow", "9999-12-31T23:59:59Z", "2020-01-01T00:00"])
def test_an_impossible_time_is_refused(north: Community, phone: Any, at: str) -> None:
    case = taken(north)
    assert phone(north, "technician").post(url(north, case, "accept"), {"at": at}).status_code == 422
    assert fresh(case).state == "dispatched"


def test_a_refused_finish_keeps_its_text_and_records_nothing(north: Community, phone: Any) -> None:
    case = arrived(north)
    data = {
        "work_done": "只写了这句", "finding": "fixed", "idempotency_key": "k9",
        "line-3-name": "防水胶", "line-3-quantity": "1", "line-3-unit_fen": "26.00", "line-3-payer": "resident",
    }  # fmt: skip
    answer = phone(north, "technician").post(url(north, case, "finish"), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "只写了这句" in page and "防水胶" in page and 'value="k9"' in page
    assert fresh(case).state == "working" and not order_of(fresh(case)).materials.exists()


@pytest.mark.clause("RPR-12")
def test_material_the_resident_pays_needs_an_agreed_price(north: Community, phone: Any) -> None:
    case, client = arrived(north), phone(north, "technician")
    data = {
        "work_done": "更换",
        "finding": "fixed",
        "line-0-name": "软管",
        "line-0-quantity": "1",
        "line-0-unit_fen": "18.00",
        "line-0-payer": "resident",
    }
    answer = client.post(url(north, case, "finish"), {**data, "photos": [picture()]})
    assert answer.status_code == 422 and "RPR-12" in answer.content.decode() and fresh(case).state == "working"
    assert client.post(url(north, case, "quote"), {"quoted_fen": "18.00", "quote_words": "软管一根"}).status_code == 302
    assert client.post(url(north, case, "consent_quote"), {"mode": "home"}).status_code == 302
    assert client.post(url(north, case, "finish"), {**data, "photos": [picture()]}).status_code == 302
    assert order_of(fresh(case)).total_fen == 1800


@pytest.mark.parametrize(("quantity", "price"), [("0", "1.00"), ("x", "1.00"), ("1", "1.005"), ("1", "-5")])
def test_a_wrong_line_of_material_is_refused(north: Community, phone: Any, quantity: str, price: str) -> None:
    case = arrived(north)
    data = {
        "work_done": "更换",
        "finding": "fixed",
        "line-0-name": "软管",
        "line-0-quantity": quantity,
        "line-0-unit_fen": price,
        "line-0-payer": "company",
    }
    answer = phone(north, "technician").post(url(north, case, "finish"), {**data, "photos": [picture()]})
    assert answer.status_code == 422 and fresh(case).state == "working"


@pytest.mark.clause("CASE-05")
def test_nobody_arrives_at_a_home_without_an_agreed_visit(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    client.post(url(north, case, "accept"))
    answer = client.post(url(north, case, "arrive"))
    assert answer.status_code == 422 and "CASE-05" in answer.content.decode()
    assert order_of(fresh(case)).arrived_at is None


def test_an_unknown_verb_and_a_hostile_way_back_are_not_followed(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    assert client.get(url(north, case, "explode")).status_code == 404
    answer = client.post(url(north, case, "accept"), {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == url(north, case)


# -- steward -------------------------------------------------------------------------------------------------------


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


# -- ringing, notices, me ------------------------------------------------------------------------------------------


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
