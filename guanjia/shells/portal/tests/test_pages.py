"""Pages of a resident: own matters with promise and real time, own words, own household; everything else is not there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import order_of
from guanjia.domains.residents import operations as residents
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.files.queries import files_of
from guanjia.people.models import Account, Consent, Occupancy, Skill
from guanjia.people.tests.cast import Community

from .. import codes
from ..models import PhoneCode
from .conftest import done, picture, reported, url, working

pytestmark = pytest.mark.django_db
PAGES = ("", "switch", "report", "question", "matters", "messages", "me", "household", "consents", "data", "number")


def sent(**more: Any) -> dict[str, Any]:
    """What the report page sends."""
    return {"place": "home", "what": "plumbing:leak", "content": "洗手盆下面滴水", "slot": "", **more}


# -- reach ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_nobody_enters_without_signing_in(client: Any, north: Community, name: str) -> None:
    response = client.get(url(north, name))
    assert response.status_code == 302 and response.headers["Location"].startswith("/portal?next=")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_there_for_a_resident_and_for_no_colleague(at_home: Any, north: Community, name: str) -> None:
    response = at_home(north, "owner").get(url(north, name))
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", PAGES)
def test_another_project_is_not_there(at_home: Any, north: Community, south: Community, name: str) -> None:
    assert at_home(north, "owner").get(url(south, name)).status_code == 404


@pytest.mark.parametrize("verb", ["", "/confirm", "/ask_rework", "/chase", "/note", "/cancel", "/consent_quote"])
def test_a_matter_of_another_household_is_not_there(at_home: Any, north: Community, verb: str) -> None:
    foreign = reported(north, "stranger")
    before = Event.objects.count()
    client = at_home(north, "owner")
    assert client.get(url(north, f"matter/{foreign.pk}{verb}")).status_code == 404
    assert client.post(url(north, f"matter/{foreign.pk}{verb}"), {"words": "x"}).status_code in (404, 405)
    assert Event.objects.count() == before


def test_the_tenant_does_not_read_what_the_owner_reported(at_home: Any, north: Community) -> None:
    case = reported(north, "owner")
    client = at_home(north, "tenant")
    assert client.get(url(north, f"matter/{case.pk}")).status_code == 404
    assert case.title not in client.get(url(north, "matters")).content.decode()


def test_staff_have_no_residents_pages(client: Any, north: Community) -> None:
    account = Account.objects.get(username="north.steward")
    client.force_login(account, backend="guanjia.people.login.AccountBackend")
    session = client.session
    session["generation"] = account.generation
    session.save()
    assert client.get(url(north)).status_code == 404


def test_a_huge_number_in_an_address_is_not_there(at_home: Any, north: Community) -> None:
    assert at_home(north, "owner").get(url(north, "matter/" + "9" * 40)).status_code == 404
    assert at_home(north, "owner").get(url(north, "matters?before=" + "9" * 40)).status_code == 200


def test_a_form_sent_after_the_session_ended_answers_401(client: Any, north: Community) -> None:
    assert client.post(url(north, "report"), sent()).status_code == 401


# -- reporting -----------------------------------------------------------------------------------------------------


@pytest.mark.clause("CASE-02", "RPR-02")
def test_a_report_with_a_photo_goes_to_the_steward_of_the_house(at_home: Any, north: Community) -> None:
    response = at_home(north, "owner").post(url(north, "report"), {**sent(), "photos": picture()})
    case = Case.objects.get()
    assert response.headers["Location"] == url(north, f"matter/{case.pk}")
    assert (case.resident, case.house, case.channel) == (north.owner, north.house, "portal")
    assert case.owner == north.staff["steward"] and files_of(case, "reported").count() == 1


def test_how_urgent_it_is_follows_from_what_it_is(at_home: Any, north: Community) -> None:
    at_home(north, "owner").post(url(north, "report"), sent(what="plumbing:burst", urgency="planned"))
    assert Case.objects.get().urgency == "emergency"


def test_the_same_report_sent_twice_is_one(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    for _time in range(2):
        client.post(url(north, "report"), sent(idempotency_key="a-key-of-the-phone"))
    assert Case.objects.count() == 1


def test_a_common_part_is_named(at_home: Any, north: Community) -> None:
    client = at_home(north, "tenant")
    assert client.post(url(north, "report"), sent(place="common", what="electrical:light")).status_code == 422
    client.post(url(north, "report"), sent(place="common", what="electrical:light", spot=north.spot.pk))
    assert Case.objects.get().spot == north.spot


def test_nobody_reports_for_another_home_or_in_anothers_name(north: Community) -> None:
    with pytest.raises(Refused):
        reported(north, "owner", house=north.neighbour_house)
    case = reported(north, "owner", resident=north.tenant, channel="phone", executor=north.staff["technician"])
    assert (case.resident, case.channel, case.executor) == (north.owner, "portal", None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "plumbing:none"}, "what"),
        ({"what": "elevator:trapped"}, "what"),
        ({"content": "漏" * 4_000_000}, "content"),
        ({"slot": "2020-01-01T10:00/2020-01-01T11:00"}, "slot"),
        ({"slot": "never/ever"}, "slot"),
    ],
)
def test_a_bad_report_is_said_in_a_sentence_and_changes_nothing(
    at_home: Any, north: Community, given: Any, field: str
) -> None:
    response = at_home(north, "owner").post(url(north, "report"), sent(**given))
    assert response.status_code in (422, 400) and not Case.objects.exists()
    if response.status_code == 422:
        assert list(response.context["errors"]) == [field]


def test_a_drawing_that_is_no_photo_is_refused(at_home: Any, north: Community) -> None:
    drawing = SimpleUploadedFile("a.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "image/jpeg")
    response = at_home(north, "owner").post(url(north, "report"), {**sent(), "photos": drawing})
    assert response.status_code == 422 and not Case.objects.exists()


def test_the_same_matter_again_asks_whether_it_is_the_same(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "report"), sent())
    assert client.post(url(north, "report"), sent()).status_code == 422
    client.post(url(north, "report"), sent(apart="on"))
    assert Case.objects.count() == 2


def test_what_a_neighbour_reported_is_not_told(at_home: Any, north: Community) -> None:
    light = {"place": "common", "spot": north.spot.pk, "what": "electrical:light", "content": "地库第三排灯不亮"}
    at_home(north, "stranger").post(url(north, "report"), light)
    response = at_home(north, "owner").post(url(north, "report"), light)
    assert response.status_code == 302 and Case.objects.count() == 2


def test_danger_to_life_is_answered_at_once_with_whom_to_ring(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "report"), sent(what="other:other", content="厨房有煤气味"))
    page = client.get(url(north, f"matter/{Case.objects.get().pk}")).content.decode()
    assert f"tel:{north.project.hotline}" in page and "tel:119" in page and 'class="alarm"' in page
    colleagues = [person.name for person in north.staff.values()]
    alarm = page.split('class="alarm"')[1].split("</div>")[0]
    assert not any(name in alarm for name in colleagues)


def test_a_question_goes_to_the_steward_and_its_answer_is_read(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "question"), {"content": "装修要办什么手续？"})
    case = Case.objects.get()
    assert case.kind == "enquiry" and case.owner == north.staff["steward"]
    cases.answer(case, by=north.by("officer"), reply="带图纸到前台登记")
    assert "带图纸到前台登记" in client.get(url(north, f"matter/{case.pk}")).content.decode()


# -- following -----------------------------------------------------------------------------------------------------


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


# -- what is mine ----------------------------------------------------------------------------------------------------


def test_the_household_is_the_own_one(at_home: Any, north: Community) -> None:
    page = at_home(north, "owner").get(url(north, "household")).content.decode()
    assert north.tenant.name in page and north.stranger.name not in page and north.tenant.phone not in page


def test_a_consent_is_given_and_withdrawn_by_the_resident_alone(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "consents"), {"purpose": "parcels", "wish": "give"})
    held = Consent.objects.get(resident=north.owner, purpose="parcels")
    assert held.mode == "portal" and held.withdrawn_at is None
    at_home(north, "tenant").post(url(north, "consents"), {"purpose": "parcels", "wish": "withdraw"})
    held.refresh_from_db()
    assert held.withdrawn_at is None
    client.post(url(north, "consents"), {"purpose": "parcels", "wish": "withdraw"})
    held.refresh_from_db()
    assert held.withdrawn_at is not None


def test_nobody_agrees_for_somebody_else(north: Community) -> None:
    from guanjia.kernel.outcomes import Forbidden

    with pytest.raises(Forbidden):
        residents.give_consent(north.tenant, by=north.by("owner"), purpose="care", mode="portal")
    assert not Consent.objects.filter(resident=north.tenant, purpose="care").exists()


def test_own_data_is_asked_for_and_the_answer_has_a_day(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    assert client.post(url(north, "data"), {"kind": "correct"}).status_code == 422
    client.post(url(north, "data"), {"kind": "copy"})
    asked = client.get(url(north, "data")).context["requests"][0]
    assert (asked.kind, asked.state, asked.resident_id) == ("copy", "asked", north.owner.pk)
    assert not at_home(north, "tenant").get(url(north, "data")).context["requests"]


def test_a_new_number_is_proved_before_it_counts(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "number"), {"phone": "13900006666"})
    row = PhoneCode.objects.get()
    wrong = f"{(int(str(row.waiting)) + 1) % 10**6:06d}"
    assert client.post(url(north, "number/code"), {"code": wrong}).status_code == 422
    assert client.post(url(north, "number/code"), {"code": str(row.waiting)}).status_code == 302
    north.owner.refresh_from_db()
    assert north.owner.phone == "13900006666" and client.get(url(north)).status_code == 200


def test_a_number_that_was_not_proved_is_refused(north: Community) -> None:
    from ..operations import change_number

    with pytest.raises(Refused):
        change_number(north.owner, by=north.by("owner"), phone="13900006666")
    row = codes.ask("13900006666", use="number", at=timezone.now(), address="a", account_id=north.accounts["tenant"].pk)
    codes.prove(row.pk, str(row.waiting), at=timezone.now(), account_id=north.accounts["tenant"].pk)
    with pytest.raises(Refused):
        change_number(north.owner, by=north.by("owner"), phone="13900006666")


def test_two_homes_are_switched_and_a_foreign_one_is_not_there(at_home: Any, north: Community) -> None:
    second = Occupancy.objects.create(
        project=north.project, resident=north.owner, house=north.neighbour_house, role="owner", from_on="2023-01-01"
    )
    client = at_home(north, "owner")
    client.post(url(north, "switch"), {"home": second.pk})
    client.post(url(north, "report"), sent())
    assert Case.objects.get().house == north.neighbour_house
    foreign = Occupancy.objects.get(resident=north.stranger)
    assert client.post(url(north, "switch"), {"home": foreign.pk}).status_code == 404


def test_a_home_that_ended_is_no_longer_reported_for(at_home: Any, north: Community) -> None:
    second = Occupancy.objects.create(
        project=north.project, resident=north.owner, house=north.neighbour_house, role="owner", from_on="2023-01-01"
    )
    residents.end_occupancy(second, by=north.by("manager"), ended_on=timezone.localdate() - timedelta(days=1))
    client = at_home(north, "owner")
    assert client.get(url(north, "household")).context["home"].house == north.house
    with pytest.raises(Refused):
        reported(north, house=north.neighbour_house)


def test_messages_are_ones_own_and_lead_to_the_matter(at_home: Any, north: Community) -> None:
    from guanjia.parts.outreach import telling
    from guanjia.parts.outreach.models import Notice

    case = reported(north)
    telling.give(
        north.project.pk, "ready", "test:1", residents=[north.owner.pk], subject=("case", case.pk), at=timezone.now(),
        params={"number": case.number},
    )  # fmt: skip
    notice = Notice.objects.get(source="test:1")
    assert at_home(north, "tenant").post(url(north, f"messages/{notice.pk}")).status_code == 404
    response = at_home(north, "owner").post(url(north, f"messages/{notice.pk}"))
    assert response.headers["Location"] == url(north, f"matter/{case.pk}")
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_pages_speak_the_language_that_was_chosen(at_home: Any, north: Community, language: str) -> None:
    client = at_home(north, "owner")
    client.cookies["django_language"] = language
    page = client.get(url(north)).content.decode()
    assert ("Report a repair" if language == "en" else "報修") in page


def test_the_poster_of_the_lobby_leads_to_the_door_and_is_the_colleagues_to_print(
    at_home: Any, client: Any, north: Community
) -> None:
    assert at_home(north, "owner").get(url(north, "portal-poster", base="").replace("//", "/")).status_code == 404
    account = Account.objects.get(username="north.receptionist")
    client.force_login(account, backend="guanjia.people.login.AccountBackend")
    session = client.session
    session["generation"] = account.generation
    session.save()
    made = client.get("/p/north/portal-poster")
    assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF")
