"""Gateways of tests: a server on 127.0.0.1 that answers like the real ones, or fails in one of many ways.

Moods: well, refuses (no server), hangs, drips (a byte a while), fails (500 and a page), forbidden (the provider's own
no), busy (the provider's own not-now), limits (429), garbage, empty, closes, half (part of the answer, then closed),
redirects, twice (two answers), late (right, but after the time), forges (says OK about something else), huge.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from guanjia.parts.outreach import operations
from guanjia.parts.outreach.models import Channel, Handle, Kind, Template
from guanjia.people.tests.cast import Community

MOODS = (
    "refuses", "hangs", "drips", "fails", "garbage", "empty", "closes", "half", "redirects", "limits", "late", "forges",
    "huge",
)  # fmt: skip


# Whoever asks these waits until the time is over.
SLOW = frozenset({"hangs", "drips", "late"})


@dataclass
class Asked:
    """One request as the server read it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Gateway:
    """`with Gateway("hangs") as server:`; `server.mood` may change between requests."""

    mood: str
    asked: list[Asked] = field(default_factory=list)
    tokens: int = 0
    dead_tokens: set[str] = field(default_factory=set)

    def __enter__(self) -> Gateway:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.stop = threading.Event()
        if self.mood == "refuses":
            self.socket.close()
        else:
            self.thread = threading.Thread(target=self._serve, daemon=True)
            self.thread.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.stop.set()
        self.socket.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sends(self) -> list[Asked]:
        """Requests that would send something: tokens left out."""
        return [one for one in self.asked if "token" not in one.path]

    def _serve(self) -> None:
        while not self.stop.is_set():
            try:
                one, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(one,), daemon=True).start()

    def _one(self, one: socket.socket) -> None:
        with contextlib.suppress(OSError), one:
            one.settimeout(5)
            asked = _read(one)
            if asked is None:
                return
            self.asked.append(asked)
            if "token" in asked.path:
                _write(one, 200, self._token())
            else:
                getattr(self, f"_{self.mood}")(one, self._right(asked))

    def _token(self) -> dict[str, Any]:
        self.tokens += 1
        return {"errcode": 0, "access_token": f"token-{self.tokens}", "expires_in": 7200}

    def _right(self, asked: Asked) -> dict[str, Any]:
        """What the real one answers when all is well."""
        if asked.query.get("access_token") in self.dead_tokens:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if "x-tc-action" in asked.headers:
            key = asked.json()["SessionContext"]
            status = {"SerialNo": "serial-1", "Fee": 1, "SessionContext": key, "Code": "Ok", "Message": "send success"}
            return {"Response": {"SendStatusSet": [status], "RequestId": "r"}}
        if "cgi-bin" in asked.path:
            return {"errcode": 0, "errmsg": "ok", "msgid": 200228332 if "send" in asked.path else "m-1"}
        return {"Code": "OK", "Message": "OK", "BizId": "biz-1", "RequestId": "r"}

    # -- moods ----------------------------------------------------------------------------------------------------------

    def _well(self, one: socket.socket, right: dict[str, Any]) -> None:
        _write(one, 200, right)

    def _twice(self, one: socket.socket, right: dict[str, Any]) -> None:
        _write(one, 200, right)
        _write(one, 200, right)

    def _hangs(self, one: socket.socket, right: dict[str, Any]) -> None:
        self.stop.wait(20)

    def _late(self, one: socket.socket, right: dict[str, Any]) -> None:
        time.sleep(1.1)
        _write(one, 200, right)

    def _drips(self, one: socket.socket, right: dict[str, Any]) -> None:
        one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not self.stop.wait(0.1):
            one.sendall(b" ")

    def _fails(self, one: socket.socket, right: dict[str, Any]) -> None:
        one.sendall(b"HTTP/1.1 500 Oops\r\nContent-Length: 13\r\n\r\n<h1>Oops</h1>")

    def _forbidden(self, one: socket.socket, right: dict[str, Any]) -> None:
        _write(
            one, 200, _refusal(right, aliyun="isv.MOBILE_NUMBER_ILLEGAL", tencent="InvalidParameterValue.X", code=40003)
        )

    def _busy(self, one: socket.socket, right: dict[str, Any]) -> None:
        _write(
            one, 200, _refusal(right, aliyun="isv.BUSINESS_LIMIT_CONTROL", tencent="RequestLimitExceeded", code=45009)
        )

    def _limits(self, one: socket.socket, right: dict[str, Any]) -> None:
        one.sendall(b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 600\r\nContent-Length: 2\r\n\r\n{}")

    def _garbage(self, one: socket.socket, right: dict[str, Any]) -> None:
        one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\xff\xfe{]!?,,:")

    def _empty(self, one: socket.socket, right: dict[str, Any]) -> None:
        one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def _closes(self, one: socket.socket, right: dict[str, Any]) -> None:
        return

    def _half(self, one: socket.socket, right: dict[str, Any]) -> None:
        one.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Code": "OK", "errcode": 0, "Biz')

    def _redirects(self, one: socket.socket, right: dict[str, Any]) -> None:
        where = f"http://127.0.0.1:{self.port}/elsewhere".encode()
        one.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + where + b"\r\nContent-Length: 0\r\n\r\n")

    def _forges(self, one: socket.socket, right: dict[str, Any]) -> None:
        other = [{"SerialNo": "s", "SessionContext": "another", "Code": "Ok"}]
        _write(one, 200, {"Code": "OK", "errcode": "0", "Response": {"SendStatusSet": other}})

    def _huge(self, one: socket.socket, right: dict[str, Any]) -> None:
        one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n")
        for _ in range(900):
            one.sendall(b" " * 10_000)


def _refusal(right: dict[str, Any], *, aliyun: str, tencent: str, code: int) -> dict[str, Any]:
    if "Response" in right:
        return {"Response": {"Error": {"Code": tencent, "Message": "no"}, "RequestId": "r"}}
    return {"errcode": code, "errmsg": "no"} if "errcode" in right else {"Code": aliyun, "Message": "no"}


def _read(one: socket.socket) -> Asked | None:
    raw = b""
    while b"\r\n\r\n" not in raw:
        piece = one.recv(65536)
        if not piece:
            return None
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += one.recv(65536)
    method, target, _ = first.split(" ")
    parts = urlsplit(target)
    query = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
    return Asked(method, parts.path, query, headers, body)


def _write(one: socket.socket, status: int, content: dict[str, Any]) -> None:
    body = json.dumps(content).encode()
    one.sendall(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)


# -- what a project sets up -------------------------------------------------------------------------------------------

SETTINGS: dict[str, dict[str, Any]] = {
    "aliyun": {"account": "AKID", "password": "key", "sign_name": "青禾物业"},
    "tencent": {"account": "AKID", "password": "key", "sign_name": "青禾物业", "sdk_app_id": "1400006666"},
    "official": {"account": "wx0001", "password": "key", "mode": "template"},
    "app": {"account": "ww0001", "password": "key", "agent_id": "1000002"},
    "robot": {"password": "robot-key"},
}


def channel(community: Community, provider: str, url: str, **more: Any) -> Channel:
    """A channel as the administrator sets it up."""
    given = {**SETTINGS[provider], **more}
    made: Channel = operations.set_up_channel(
        community.project, by=community.by("administrator"), provider=provider, endpoint=url, **given
    )
    return made


def template(community: Community, about: str, kind: str, **more: Any) -> Template:
    """Words for something by a way."""
    given: dict[str, Any] = {
        "about": about, "channel": kind, "language": "zh-hans", "purpose": "service", "number_there": "SMS_1",
        "body": "您报的 {number} 有进展。", "slots": "number={number}", **more,
    }  # fmt: skip
    made: Template = operations.write_template(community.project, by=community.by("administrator"), **given)
    return made


def sms(community: Community, provider: str, url: str) -> Channel:
    """SMS with its words for codes."""
    made = channel(community, provider, url)
    template(
        community, "code", "sms", purpose="code", body="验证码 {code}，{minutes} 分钟内有效。", slots="code={code}"
    )
    return made


def bind(community: Community, kind: str, value: str, **whose: Any) -> Handle:
    """A name at an outside service."""
    return Handle.objects.create(
        project_id=community.project.pk, kind=kind, value=value, bound_at=timezone.now(), **whose
    )


def each_provider() -> Iterator[tuple[str, str]]:
    yield from (
        ("aliyun", Kind.SMS),
        ("tencent", Kind.SMS),
        ("official", Kind.WECHAT),
        ("app", Kind.WECOM),
        ("robot", Kind.ROBOT),
    )
