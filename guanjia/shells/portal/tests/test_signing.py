"""The door: a number, a code, and nothing that says who lives here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from guanjia.domains.residents import operations as residents
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Refused
from guanjia.parts.outreach.models import Channel, Message
from guanjia.people.models import Account, AccountHome, Occupancy
from guanjia.people.tests.cast import Community

from .. import codes, jobs
from ..models import PhoneCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes_go_out")]
NOBODY = "13955550000"


def asked(client: Client, phone: str) -> PhoneCode:
    response = client.post("/portal", {"phone": phone})
    assert response.status_code == 302 and response.headers["Location"] == "/portal/code"
    return PhoneCode.objects.latest("pk")


def entered(client: Client, phone: str) -> Any:
    row = asked(client, phone)
    return client.post("/portal/code", {"code": str(row.waiting)})


def test_a_code_to_the_number_on_record_opens_the_home(client: Client, north: Community) -> None:
    response = entered(client, north.owner.phone)
    assert response.status_code == 302 and response.headers["Location"] == "/p/north/home/"
    page = client.get("/p/north/home/")
    assert page.status_code == 200 and north.project.name in page.content.decode()
    assert client.get("/").headers["Location"] == "/p/north/home/"


def test_without_short_messages_the_page_says_so_and_leads_to_the_password(client: Client, north: Community) -> None:
    Channel.objects.all().delete()
    page = client.get("/portal").content.decode()
    assert "还没有开通短信验证码" in page and "/login" in page and 'name="phone"' not in page
    assert client.post("/portal", {"phone": north.owner.phone}).status_code == 422 and not PhoneCode.objects.exists()


def test_a_number_that_nobody_has_gets_the_same_answer_and_no_message(client: Client, north: Community) -> None:
    known, unknown = Client(), Client()
    first, second = known.post("/portal", {"phone": north.owner.phone}), unknown.post("/portal", {"phone": NOBODY})
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    pages = [c.get("/portal/code").content.decode() for c in (known, unknown)]
    assert "139****0101" in pages[0] and pages[0].count("<input") == pages[1].count("<input")
    for row in PhoneCode.objects.all():
        jobs.send_code(row.pk)
    sent = Message.objects.filter(purpose="code")
    assert [m.hidden["to"] for m in sent] == [north.owner.phone]


def test_the_code_is_kept_hashed_and_forgotten_once_it_is_handed_over(client: Client, north: Community) -> None:
    row = asked(client, north.owner.phone)
    code = str(row.waiting)
    jobs.send_code(row.pk)
    row.refresh_from_db()
    assert not row.waiting and code not in row.digest
    assert code not in str(list(Event.objects.values_list("given", "changes")))


def test_a_code_opens_once(client: Client, north: Community) -> None:
    row = asked(client, north.owner.phone)
    code = str(row.waiting)
    assert client.post("/portal/code", {"code": code}).status_code == 302
    with pytest.raises(Refused):
        codes.prove(row.pk, code, at=timezone.now())


def test_an_old_code_opens_nothing(client: Client, north: Community) -> None:
    row = asked(client, north.owner.phone)
    PhoneCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = client.post("/portal/code", {"code": str(row.waiting)})
    assert response.status_code == 422 and client.get("/p/north/home/").status_code == 302


def test_a_wrong_code_is_refused_and_after_five_the_right_one_too(client: Client, north: Community) -> None:
    row = asked(client, north.owner.phone)
    wrong = f"{(int(str(row.waiting)) + 1) % 10**6:06d}"
    for _try in range(5):
        assert client.post("/portal/code", {"code": wrong}).status_code == 422
    assert client.post("/portal/code", {"code": str(row.waiting)}).status_code == 422


def test_the_eleventh_try_at_a_number_waits_whatever_codes_were_asked_for(north: Community) -> None:
    at = timezone.now()
    said = []
    for index in range(11):
        row = PhoneCode.objects.create(
            use="enter", phone=north.owner.phone, phone_hash="h", address_hash="a", digest="d", made_at=at,
            expires_at=at + timedelta(minutes=5),
        )  # fmt: skip
        with pytest.raises(Refused) as refusal:
            codes.prove(row.pk, f"{index:06d}", at=at)
        said.append(refusal.value.sentence)
    assert len(set(said[:10])) == 1 and said[10] != said[0]


def test_codes_are_not_sent_one_after_another(client: Client, north: Community) -> None:
    asked(client, north.owner.phone)
    response = Client().post("/portal", {"phone": north.owner.phone})
    assert response.status_code == 429 and response.headers["Retry-After"]
    assert PhoneCode.objects.count() == 1


def test_five_codes_an_hour_are_the_most_for_a_number(north: Community) -> None:
    at = timezone.now()
    for index in range(5):
        codes.ask(NOBODY, use="enter", at=at - timedelta(minutes=50 - 5 * index), address="10.0.0.1")
    with pytest.raises(Refused):
        codes.ask(NOBODY, use="enter", at=at, address="10.0.0.2")


def test_an_address_that_asks_for_many_numbers_waits(north: Community) -> None:
    at = timezone.now()
    for index in range(codes.MOST_PER_ADDRESS):
        codes.ask(f"1395555{index:04d}", use="enter", at=at, address="10.0.0.1")
    with pytest.raises(Refused):
        codes.ask("13955559999", use="enter", at=at, address="10.0.0.1")
    codes.ask("13955559999", use="enter", at=at, address="10.0.0.2")


def test_somebody_elses_code_is_of_no_use_in_another_browser(client: Client, north: Community) -> None:
    row = asked(client, north.owner.phone)
    other = Client()
    assert other.post("/portal/code", {"code": str(row.waiting)}).headers["Location"] == "/portal"
    asked(other, north.stranger.phone)
    assert other.post("/portal/code", {"code": str(row.waiting)}).status_code == 422


def test_a_number_that_is_no_number_is_said_so(client: Client, north: Community) -> None:
    for phone in ("", "abc", "1" * 40, "139000001", "12345", "057180001234"):  # no code reaches a landline
        assert client.post("/portal", {"phone": phone}).status_code == 422
    assert not PhoneCode.objects.exists()


def test_the_first_visit_opens_the_login_and_the_paper_password_ends(client: Client, north: Community) -> None:
    AccountHome.objects.all().delete()
    assert entered(client, north.owner.phone).headers["Location"] == "/p/north/home/"
    home = AccountHome.objects.get(resident_id=north.owner.pk)
    account = Account.objects.get(pk=home.account_id)
    assert not account.has_usable_password() and not account.must_change_password
    assert Event.objects.filter(name="residents.open_access", actor_kind="system").count() == 1


def test_two_behind_one_number_say_who_it_is(client: Client, north: Community) -> None:
    type(north.tenant).objects.filter(pk=north.tenant.pk).update(phone=north.owner.phone)
    from guanjia.kernel import search

    search.index(north.project.pk, "resident", north.tenant.pk, north.tenant.name, (north.owner.phone,))
    assert entered(client, north.owner.phone).headers["Location"] == "/portal/who"
    assert client.post("/portal/who", {"who": str(north.stranger.pk)}).status_code == 200
    response = client.post("/portal/who", {"who": str(north.tenant.pk)})
    assert response.headers["Location"] == "/p/north/home/"
    assert client.session["_auth_user_id"] == str(north.accounts["tenant"].pk)


def test_a_right_code_is_no_pass_for_a_second_login(client: Client, north: Community) -> None:
    row = asked(client, north.owner.phone)
    code = str(row.waiting)
    client.post("/portal/code", {"code": code})
    assert client.post("/portal/who", {"who": str(north.owner.pk)}).headers["Location"] == "/portal"


def test_colleagues_do_not_come_in_by_a_code(client: Client, north: Community) -> None:
    staff = north.staff["steward"]
    AccountHome.objects.filter(resident_id=north.owner.pk).update(account_id=staff.account_id)
    response = entered(client, north.owner.phone)
    assert response.status_code == 200 and client.get("/p/north/home/").status_code == 302


def test_who_moved_out_is_out_at_once(client: Client, north: Community) -> None:
    entered(client, north.owner.phone)
    home = Occupancy.objects.get(resident=north.owner)
    residents.end_occupancy(home, by=north.by("manager"), ended_on=timezone.localdate())
    assert client.get("/p/north/home/").status_code == 302
    assert entered(Client(), north.tenant.phone).headers["Location"] == "/p/north/home/"
    PhoneCode.objects.all().delete()
    assert entered(Client(), north.owner.phone).status_code == 200


def test_the_old_number_opens_nothing_after_a_change(client: Client, north: Community) -> None:
    old = north.owner.phone
    entered(client, old)
    residents.change_phone(north.owner, by=north.by("officer"), phone="13900007777")
    assert client.get("/p/north/home/").status_code == 302
    PhoneCode.objects.all().delete()
    assert entered(Client(), old).status_code == 200
    assert entered(Client(), "13900007777").headers["Location"] == "/p/north/home/"


def test_only_the_demo_says_the_code_on_its_page(client: Client, north: Community) -> None:
    row = asked(client, north.owner.phone)
    assert str(row.waiting) not in client.get("/portal/code").content.decode()
    PhoneCode.objects.all().delete()
    with override_settings(DEMO=True):
        row = asked(client, north.owner.phone)
        page = client.get("/portal/code").content.decode()
    assert str(row.waiting) in page
    assert str(row.waiting) not in client.get("/portal/code").content.decode()


def test_next_leads_only_to_our_own_pages(client: Client, north: Community) -> None:
    client.post("/portal", {"phone": north.owner.phone, "next": "https://elsewhere.example/"})
    row = PhoneCode.objects.latest("pk")
    assert client.post("/portal/code", {"code": str(row.waiting)}).headers["Location"] == "/p/north/home/"


def test_a_residents_session_neither_locks_nor_ends_with_the_shift(client: Client, north: Community) -> None:
    entered(client, north.owner.phone)
    session = client.session
    session["opened"] = session["seen"] = int((timezone.now() - timedelta(hours=20)).timestamp())
    session.save()
    assert client.get("/p/north/home/").status_code == 200
    session["opened"] = int((timezone.now() - timedelta(days=31)).timestamp())
    session.save()
    assert client.get("/p/north/home/").status_code == 302
