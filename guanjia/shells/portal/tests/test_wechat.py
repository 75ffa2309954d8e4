"""Inside WeChat: known once the number was proved; what WeChat does not say lets nobody in."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from guanjia.parts.outreach.gateways import wechat as provider
from guanjia.parts.outreach.models import Channel, Handle, Kind
from guanjia.parts.outreach.tests.gateways import MOODS, SLOW, Gateway, _read, bind
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

from .conftest import AGENT
from .test_signing import entered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes_go_out")]


class WeChat(Gateway):
    """Answers the exchange of a code, in one of the moods."""

    openid = "o-known"

    def _one(self, one: socket.socket) -> None:
        with contextlib.suppress(OSError), one:
            asked = _read(one)
            if asked is not None:
                self.asked.append(asked)
                getattr(self, f"_{self.mood}")(one, {"openid": self.openid, "access_token": "t"})


@pytest.fixture(autouse=True)
def may_call_here(settings: Any) -> None:
    settings.OUTSIDE_ALLOW = ["127.0.0.0/8"]


@pytest.fixture
def phone(north: Community) -> Client:
    return Client(headers=AGENT)


def account_of_the_company(office: Any, url: str) -> Channel:
    """The official account that the administrator set up at the head office."""
    return Channel.objects.create(
        project=office, kind=Kind.WECHAT, provider=Channel.Provider.OFFICIAL, account="wx0001", secret="key",
        endpoint=url, state=Channel.State.ON,
    )  # fmt: skip


def come_back(client: Client, code: str = "c-1") -> Any:
    """Out to WeChat and back with its code."""
    out = client.get("/portal/wechat")
    asked = parse_qs(urlsplit(out.headers["Location"]).query)
    assert asked["scope"] == ["snsapi_base"] and asked["redirect_uri"][0].endswith("/portal/wechat/back")
    return client.get("/portal/wechat/back", {"code": code, "state": asked["state"][0]})


def test_the_number_once_and_then_wechat_lets_in(north: Community, office: Any, phone: Client) -> None:
    with WeChat("well") as server:
        account_of_the_company(office, server.url)
        assert "微信" in phone.get("/portal").content.decode()
        first = come_back(phone)
        assert first.headers["Location"] == "/portal"
        assert entered(phone, north.owner.phone).headers["Location"] == "/p/north/home/"
        again = Client(headers=AGENT)
        assert come_back(again).headers["Location"] == "/p/north/home/"
        assert again.get("/p/north/home/").status_code == 200
        exchange = server.asked[-1]
        assert exchange.path == "/sns/oauth2/access_token" and exchange.query["code"] == "c-1"
    stored = Handle.objects.get(ended_at__isnull=True)
    assert stored.value == "o-known" and "o-known" not in stored.digest


def test_unbound_it_asks_for_the_number_again(north: Community, office: Any, phone: Client) -> None:
    with WeChat("well") as server:
        account_of_the_company(office, server.url)
        come_back(phone)
        entered(phone, north.owner.phone)
        phone.post("/p/north/home/ways", {"verb": "unbind"})
        assert come_back(Client(headers=AGENT)).headers["Location"] == "/portal"


def test_who_binds_it_last_has_it(north: Community, office: Any) -> None:
    from guanjia.kernel.actors import system
    from guanjia.parts.outreach.operations import bind_handle
    from guanjia.parts.outreach.routes import residents_named

    for resident in (north.owner, north.tenant):
        bind_handle(resident, by=system(), kind=Kind.WECHAT, value="o-shared")
    assert residents_named(Kind.WECHAT, "o-shared") == [north.tenant]


@pytest.mark.parametrize("mood", [*(mood for mood in MOODS if mood not in ("late", "forges")), "forbidden"])
def test_what_wechat_does_not_say_lets_nobody_in(
    north: Community, office: Any, phone: Client, monkeypatch: Any, mood: str
) -> None:
    assert provider.AT_THE_DOOR_SECONDS < 3
    monkeypatch.setattr(provider, "AT_THE_DOOR_SECONDS", 0.5 if mood in SLOW else 2.5)
    with WeChat(mood) as server:
        account_of_the_company(office, server.url)
        begun = time.monotonic()
        assert come_back(phone).headers["Location"] == "/portal"
        assert time.monotonic() - begun < 3
    assert "_auth_user_id" not in phone.session and "portal_wechat" not in phone.session
    assert "手机号" in phone.get("/portal").content.decode()


def test_the_way_back_opens_once(north: Community, office: Any, phone: Client) -> None:
    with WeChat("well") as server:
        account_of_the_company(office, server.url)
        state = parse_qs(urlsplit(phone.get("/portal/wechat").headers["Location"]).query)["state"][0]
        for _again in range(2):
            back = phone.get("/portal/wechat/back", {"code": "c-1", "state": state})
            assert back.headers["Location"] == "/portal"
        assert len(server.asked) == 1


def test_the_wechat_of_a_colleague_opens_nothing(north: Community, office: Any, phone: Client) -> None:
    """Posts, second factor, twelve hours: those are behind the other door alone."""
    bind(north, Kind.WECHAT, "o-known", employee=north.staff["receptionist"])
    with WeChat("well") as server:
        account_of_the_company(office, server.url)
        assert come_back(phone).headers["Location"] == "/portal"
    assert "_auth_user_id" not in phone.session


def test_a_code_of_another_visit_is_refused(north: Community, office: Any, phone: Client) -> None:
    with WeChat("well") as server:
        account_of_the_company(office, server.url)
        phone.get("/portal/wechat")
        for query in ({"code": "c-1", "state": "forged"}, {"code": "c-1"}, {}):
            assert phone.get("/portal/wechat/back", query).headers["Location"] == "/portal"
        assert not server.asked and "portal_wechat" not in phone.session


def test_a_closed_login_stays_closed(north: Community, office: Any, phone: Client) -> None:
    with WeChat("well") as server:
        account_of_the_company(office, server.url)
        come_back(phone)
        entered(phone, north.owner.phone)
        Account.objects.filter(pk=north.accounts["owner"].pk).update(is_active=False)
        assert come_back(Client(headers=AGENT)).headers["Location"] == "/portal"


def test_without_an_account_of_the_company_nothing_is_offered(north: Community, office: Any, phone: Client) -> None:
    assert "portal/wechat" not in phone.get("/portal").content.decode()
    assert phone.get("/portal/wechat").headers["Location"] == "/portal"
    with WeChat("well") as server:
        account_of_the_company(office, server.url)
        assert "portal/wechat" not in Client().get("/portal").content.decode()  # outside WeChat
