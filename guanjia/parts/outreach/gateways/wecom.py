"""WeCom 企业微信: messages of an application to a colleague, and a robot of a group.

The application asks for the duplicate check: the same words to the same person within half an hour come once.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from . import tokens
from .base import Field, Gateway, Never, OnSend, Parcel, Unsure

_JSON = {"Content-Type": "application/json"}


class App(Gateway):
    provider = "app"
    kind = "wecom"
    endpoint = "https://qyapi.weixin.qq.com"
    account = _("Corp ID")
    secret = _("Secret of the application")
    options: ClassVar[tuple[Field, ...]] = (Field("agent_id", _("Agent ID"), most=12, pattern=r"\d{1,12}"),)

    def same_key_for(self, channel: Any) -> timedelta | None:
        return timedelta(minutes=25)

    def send(self, channel: Any, parcel: Parcel, on_send: OnSend) -> str:
        base = self.address(channel)
        content = {
            "touser": parcel.to, "msgtype": "text", "agentid": int(channel.options.get("agent_id") or 0),
            "text": {"content": "\n".join(part for part in (parcel.text, parcel.url) if part)},
            "enable_duplicate_check": 1, "duplicate_check_interval": 1800,
        }  # fmt: skip
        body = json.dumps(content, ensure_ascii=False).encode()

        def fetch() -> dict[str, Any]:
            query = f"corpid={quote(channel.account, safe='')}&corpsecret={quote(channel.secret, safe='')}"
            return self.asked("GET", f"{base}/cgi-bin/gettoken?{query}")

        def ask(token: str) -> dict[str, Any]:
            return self.asked("POST", f"{base}/cgi-bin/message/send?access_token={token}", _JSON, body, on_send)

        answer = tokens.with_token(channel, parcel.at, fetch, ask)
        code = tokens.code_of(answer)
        if code != 0:
            raise tokens.refused(code, "errcode")
        if answer.get("invaliduser"):
            raise Never("invaliduser")
        if not answer.get("msgid"):
            raise Unsure("ok without msgid")
        return str(answer["msgid"])[:80]


class Robot(Gateway):
    """Its address holds a key, so the key is kept as the secret and put into the address when it is called."""

    provider = "robot"
    kind = "robot"
    endpoint = "https://qyapi.weixin.qq.com"
    secret = _("Key of the robot")

    def send(self, channel: Any, parcel: Parcel, on_send: OnSend) -> str:
        content = {"msgtype": "text", "text": {"content": "\n".join(p for p in (parcel.text, parcel.url) if p)}}
        url = f"{self.address(channel)}/cgi-bin/webhook/send?key={quote(channel.secret, safe='')}"
        answer = self.asked("POST", url, _JSON, json.dumps(content, ensure_ascii=False).encode(), on_send)
        code = tokens.code_of(answer)
        if code != 0:
            raise tokens.refused(code, "errcode")
        return ""
