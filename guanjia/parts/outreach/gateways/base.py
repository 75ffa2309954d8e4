"""What every gateway is, and how an HTTP answer that is none is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from .. import calling

if TYPE_CHECKING:
    from ..models import Channel

OnSend = Callable[[], None]
MODULES = ("aliyun", "tencent", "wechat", "wecom", "smtp")
_known: dict[str, Gateway] = {}


class Later(Exception):
    """It was not taken: try again, after `wait` where the provider says so."""

    def __init__(self, fault: str, wait: timedelta | None = None) -> None:
        self.wait = wait
        super().__init__(fault)


class Never(Exception):
    """It will never be taken as it is."""


class Unsure(Exception):
    """It was handed over; whether it was taken nobody knows."""


@dataclass(frozen=True)
class Parcel:
    """What goes out. `key` is the same at every attempt; `slots` are the provider's fields in order."""

    key: str
    to: str
    title: str = ""
    text: str = ""
    template: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    url: str = ""
    at: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True)
class Field:
    """A setting of a channel that is no secret."""

    name: str
    label: Any
    required: bool = True
    most: int = 60
    choices: tuple[tuple[str, Any], ...] = ()
    pattern: str = ""


class Gateway:
    """One provider. `kind` is the way (SMS, e-mail …) it belongs to."""

    provider: ClassVar[str] = ""
    kind: ClassVar[str] = ""
    endpoint: ClassVar[str] = ""
    account: ClassVar[Any] = ""
    secret: ClassVar[Any] = ""
    options: ClassVar[tuple[Field, ...]] = ()
    needs_template: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        if cls.provider:
            _known[cls.provider] = cls()

    def send(self, channel: Channel, parcel: Parcel, on_send: OnSend) -> str:
        """Hand it over; `on_send` is called before the first byte goes out. Returns the provider's receipt."""
        raise NotImplementedError

    def same_key_for(self, channel: Channel) -> timedelta | None:
        """For how long the provider drops a second delivery of the same key."""
        return None

    def problem(self, url: str) -> str:
        """Why an address may not stand in the settings; empty when it may."""
        return calling.problem_of(url)

    def address(self, channel: Channel) -> str:
        return (channel.endpoint or self.endpoint).rstrip("/")

    def asked(
        self, method: str, url: str, headers: dict[str, str] | None = None, content: bytes = b"", on_send: Any = None,
        timeout: float | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """The object that the provider answers, whatever it says; what is no answer of a provider is told apart."""
        try:
            answer = calling.call(method, url, headers=headers, content=content, on_send=on_send, timeout=timeout)
        except calling.NotAllowed as error:
            raise Never(str(error)) from None
        except calling.Unreachable as error:
            raise Later(str(error)) from None
        except calling.Lost as error:
            raise Unsure(str(error)) from None
        if answer.status == 429:
            raise Later("HTTP 429", _wait(answer.headers.get("retry-after", "")))
        if 300 <= answer.status < 400:
            raise Later(f"HTTP {answer.status}")
        try:
            return answer.json()
        except calling.Lost as error:
            # A 4xx of a proxy says that nothing was taken; anything else says nothing at all.
            if 400 <= answer.status < 500:
                raise Later(f"HTTP {answer.status}") from None
            raise Unsure(f"HTTP {answer.status}: {error}") from None


def _wait(text: str) -> timedelta | None:
    return timedelta(seconds=min(3600, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else None


def providers() -> dict[str, Gateway]:
    """Every gateway by its provider's name."""
    for name in MODULES:
        import_module(f"{__package__}.{name}")
    return _known


def of(provider: str) -> Gateway:
    """The gateway of a provider."""
    return providers()[provider]


def international(phone: str) -> str:
    """+86 before a number of eleven digits; others as they are kept."""
    return phone if phone.startswith("+") else f"+86{phone}"
