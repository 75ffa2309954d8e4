"""One call to a server outside: where it may go, how long it may take, and what is known when it fails.

The name is resolved once, every address it has is checked, and the connection goes to a checked address (a name that
changes between the check and the call changes nothing). Five seconds for everything together, however slowly the
answer drips; at most 64 KB are read; a redirect is an answer like any other and is never followed. What fails is told
apart by the one thing that matters: whether anything was sent.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore
from django.conf import settings

TIMEOUT = 5.0
MOST_BYTES = 64 * 1024
_resolver = ThreadPoolExecutor(4, thread_name_prefix="resolve")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unreachable(Exception):
    """Nothing was sent."""


class Lost(Exception):
    """It was sent, at least in part, and no whole answer came."""


class NotAllowed(Unreachable):
    """The address is not one that this program may call."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    ms: int = 0

    def json(self) -> dict[str, Any]:
        """The object of the body. Raises Lost for anything else: an answer that says nothing."""
        try:
            content = json.loads(self.body)
        except ValueError:
            raise Lost("the answer is not JSON") from None
        if not isinstance(content, dict):
            raise Lost("the answer is not an object")
        return content


def is_allowed(address: str) -> bool:
    """A public address, or one of the networks of the setting."""
    ip: Any = ipaddress.ip_address(address.split("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if is_own_network(str(ip)):
        return True
    if ip.version == 6 and (ip in _NAT64 or ip.sixtofour or ip.teredo):
        return False
    return bool(ip.is_global and not ip.is_multicast)


def is_own_network(address: str) -> bool:
    """Named by the operator as a network of the company's own."""
    ip = ipaddress.ip_address(address)
    return any(ip in ipaddress.ip_network(one, strict=False) for one in settings.OUTSIDE_ALLOW)


def checked(host: str, port: int, deadline: float) -> list[str]:
    """The addresses of a name, every one of them allowed. Raises NotAllowed or Unreachable."""
    try:
        asked = _resolver.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = asked.result(timeout=max(0.01, deadline - time.monotonic()))
    except (OSError, UnicodeError, TooLate):
        raise Unreachable("no such name") from None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not addresses or not all(is_allowed(one) for one in addresses):
        raise NotAllowed("address not allowed")
    return addresses


def problem_of(url: str) -> str:
    """Why an address may not be called, in a word; empty when it may be tried. Nothing is resolved."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "url"
    if not host or parts.username or parts.password or parts.fragment or port == 0:
        return "url"
    try:
        literal = str(ipaddress.ip_address(host))
    except ValueError:
        literal = ""
    if literal and not is_allowed(literal):
        return "private"
    if not literal and (host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host):
        return "private"
    is_plain = parts.scheme == "http" and bool(literal) and is_own_network(literal)
    return "" if parts.scheme == "https" or is_plain else "scheme"


# -- the call ---------------------------------------------------------------------------------------------------------


@dataclass
class _Call:
    """What one call knows of itself."""

    deadline: float
    on_send: Callable[[], None] | None = None
    sent: bool = False

    def left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("time is up")
        return left


class _Stream(httpcore.NetworkStream):
    """A stream that ends at the call's deadline, and says when the first byte goes out."""

    def __init__(self, inner: httpcore.NetworkStream, call: _Call) -> None:
        self.inner, self.call = inner, call

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.call.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = self.call.left()
        if buffer and not self.call.sent:
            self.call.sent = True
            if self.call.on_send is not None:
                self.call.on_send()
        self.inner.write(buffer, left)

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, self.call.left()), self.call)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, call: _Call) -> None:
        self.call, self.plain = call, httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        failure: Exception = httpcore.ConnectError("no address")
        for address in checked(host, port, self.call.deadline)[:3]:
            try:
                return _Stream(self.plain.connect_tcp(address, port, self.call.left()), self.call)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


def call(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes = b"",
    on_send: Callable[[], None] | None = None, timeout: float | None = None,
) -> Answer:  # fmt: skip
    """One request, one answer. Raises Unreachable, NotAllowed or Lost; never anything else that a server can cause."""
    if reason := problem_of(url):
        raise NotAllowed(f"address not allowed: {reason}")
    begun = time.monotonic()
    state = _Call(begun + (TIMEOUT if timeout is None else timeout), on_send)
    try:
        with httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_Backend(state), http2=False) as pool:
            given: Any = {
                "User-Agent": "guanjia",
                "Accept": "application/json",
                **(headers or {}),
                "Connection": "close",
            }
            with pool.stream(method, url, headers=given, content=content) as answer:
                body = _read(answer)
                got = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers}
                return Answer(answer.status, got, body, int((time.monotonic() - begun) * 1000))
    except (Unreachable, Lost):
        raise
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError, ValueError) as error:
        name = type(error).__name__
        raise (Lost(name) if state.sent else Unreachable(name)) from error


def _read(answer: httpcore.Response) -> bytes:
    body = b""
    for piece in answer.iter_stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise Lost("the answer is too long")
    return body


def _tls() -> ssl.SSLContext:
    """Certificates are always checked; the operator's own authority comes by SSL_CERT_FILE."""
    return httpcore.default_ssl_context()
