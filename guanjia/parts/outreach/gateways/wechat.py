"""WeChat official account: template messages, and subscribe messages where the account has those.

The token comes from `stable_token`, which does not end the token of another program of the same account. A template
message carries `client_msg_id`: the same to the same person within ten minutes is delivered once.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from . import tokens
from .base import Field, Gateway, Never, OnSend, Parcel, Unsure, of

# How much a field of a kind takes (the provider refuses the whole message for one that is longer).
MOST = {
    "thing": 20, "character_string": 32, "phrase": 5, "const": 20, "name": 10, "number": 32, "letter": 32, "time": 32,
    "date": 32, "amount": 32, "phone_number": 17, "car_number": 8, "symbol": 5, "keyword": 20, "first": 60,
    "remark": 60,
}  # fmt: skip


class Official(Gateway):
    provider = "official"
    kind = "wechat"
    endpoint = "https://api.weixin.qq.com"
    account = _("AppID")
    secret = _("AppSecret")
    needs_template = True
    options: ClassVar[tuple[Field, ...]] = (
        Field("mode", _("Kind"), choices=(("template", _("Template message")), ("subscribe", _("Subscribe message")))),
    )

    def same_key_for(self, channel: Any) -> timedelta | None:
        return None if channel.options.get("mode") == "subscribe" else timedelta(minutes=9)

    def send(self, channel: Any, parcel: Parcel, on_send: OnSend) -> str:
        base, is_subscribe = self.address(channel), channel.options.get("mode") == "subscribe"
        content: dict[str, Any] = {
            "touser": parcel.to,
            "template_id": parcel.template,
            "data": {name: {"value": fitted(name, value)} for name, value in parcel.slots},
        }
        if parcel.url:
            content["page" if is_subscribe else "url"] = parcel.url
        if not is_subscribe:
            content["client_msg_id"] = parcel.key[:32]
        where = "subscribe/bizsend" if is_subscribe else "template/send"
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}

        def fetch() -> dict[str, Any]:
            asked = {"grant_type": "client_credential", "appid": channel.account, "secret": channel.secret}
            return self.asked("POST", f"{base}/cgi-bin/stable_token", headers, json.dumps(asked).encode())

        def ask(token: str) -> dict[str, Any]:
            url = f"{base}/cgi-bin/message/{where}?access_token={token}"
            return self.asked("POST", url, headers, body, on_send)

        answer = tokens.with_token(channel, parcel.at, fetch, ask)
        code = tokens.code_of(answer)
        if code != 0:
            raise tokens.refused(code, "errcode")
        if not is_subscribe and not answer.get("msgid"):
            raise Unsure("ok without msgid")
        return str(answer.get("msgid", ""))[:80]


# Somebody stands at the door while WeChat is asked: shorter than what the worker waits.
AT_THE_DOOR_SECONDS = 2.5
AUTHORISE = "https://open.weixin.qq.com/connect/oauth2/authorize"


def door_of(channel: Any, back: str, state: str) -> str:
    """Where a browser inside WeChat is sent to say who it is (`snsapi_base`: no question is asked of the person)."""
    asked = {
        "appid": channel.account, "redirect_uri": back, "response_type": "code", "scope": "snsapi_base", "state": state,
    }  # fmt: skip
    return f"{AUTHORISE}?{urlencode(asked)}#wechat_redirect"


def openid_of(channel: Any, code: str) -> str:
    """Who it was, for the code that WeChat gave the browser. Raises Never for a code that it does not know (spent,
    forged), Later or Unsure when it does not answer."""
    gateway = of("official")
    asked = {"appid": channel.account, "secret": channel.secret, "code": code, "grant_type": "authorization_code"}
    url = f"{gateway.address(channel)}/sns/oauth2/access_token?{urlencode(asked)}"
    answer = gateway.asked("GET", url, timeout=AT_THE_DOOR_SECONDS)
    openid = answer.get("openid")
    if not isinstance(openid, str) or not openid or len(openid) > 100:
        raise Never(f"errcode {tokens.code_of(answer)}")
    return openid


def fitted(name: str, value: str) -> str:
    """Cut to what a field of its kind takes."""
    most = MOST.get(name.rstrip("0123456789"), 20)
    return value if len(value) <= most else f"{value[: most - 1]}…"
