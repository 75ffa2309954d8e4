"""E-mail over SMTP: greeted, asked whether the recipient is taken, then the text, once."""

from __future__ import annotations

import re
import smtplib
import socket
import time
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext_lazy as _

from .. import calling
from .base import Field, Gateway, Later, Never, OnSend, Parcel, Unsure


class _Permanent(Exception):
    """The server will never take it."""


class _Guarded(smtplib.SMTP):
    """Connects to a checked address; certificates are still asked for the name."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        address = calling.checked(host, port, time.monotonic() + timeout)[0]
        return socket.create_connection((address, port), timeout)


class _Backend(EmailBackend):
    is_guarded = False

    @property
    def connection_class(self) -> Any:
        return _Guarded if self.is_guarded and not self.use_ssl else super().connection_class


class Smtp(Gateway):
    provider = "smtp"
    kind = "email"
    account = _("User")
    secret = _("Password")
    options: ClassVar[tuple[Field, ...]] = (
        Field("sender", _("Sender"), most=100, pattern=r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+"),
        Field("tls", _("Encryption"), choices=(("starttls", "STARTTLS"), ("none", _("None (own network only)")))),
    )

    def problem(self, url: str) -> str:
        """smtp://host:port; a host of the own network only where the operator named that network."""
        parts = urlsplit(url)
        if parts.scheme != "smtp" or not parts.hostname or parts.path not in ("", "/") or parts.query:
            return "url"
        found = calling.problem_of(f"https://{parts.hostname}")
        return "" if found == "private" and "." not in parts.hostname and settings.OUTSIDE_ALLOW else found

    def send(self, channel: Any, parcel: Parcel, on_send: OnSend) -> str:
        backend, mail = _backend(channel), _written(channel, parcel)
        state = {"handed": False}

        def handing() -> None:
            state["handed"] = True
            on_send()

        try:
            _speak(backend, mail, parcel.to, handing)
        except _Permanent as error:
            raise Never(f"Permanent {error}") from None
        except calling.NotAllowed as error:
            raise Never(str(error)) from None
        except calling.Unreachable as error:
            raise Later(str(error)) from None
        except smtplib.SMTPResponseException as error:
            raise Later(f"{type(error).__name__} {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise (Unsure if state["handed"] else Later)(type(error).__name__) from None
        return str(mail.extra_headers.get("Message-ID", ""))[:80]


def from_environment() -> dict[str, Any]:
    """The mail server that the operator named for all projects."""
    return {
        "endpoint": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "account": settings.EMAIL_HOST_USER,
        "secret": settings.EMAIL_HOST_PASSWORD,
        "options": {"sender": settings.DEFAULT_FROM_EMAIL, "tls": "starttls" if settings.EMAIL_USE_TLS else "none"},
    }


def _backend(channel: Any) -> _Backend:
    parts = urlsplit(channel.endpoint)
    made = _Backend(
        host=parts.hostname, port=parts.port or 587, username=channel.account, password=channel.secret,
        use_tls=channel.options.get("tls") != "none", timeout=calling.TIMEOUT,
    )  # fmt: skip
    made.is_guarded = channel.pk is not None  # what the operator's environment names is the operator's to know
    return made


def _speak(backend: Any, mail: EmailMessage, to: str, handing: OnSend) -> None:
    written: Any = mail.message()
    content = re.sub(rb"(?m)^\.", b"..", written.as_bytes(linesep="\r\n"))
    try:
        backend.open()
        server: Any = backend.connection
        _expect(server.mail(sanitize_address(mail.from_email, "utf-8")), 250)
        _expect(server.rcpt(sanitize_address(to, "utf-8")), 250, 251)
        _expect(server.docmd("DATA"), 354)
        handing()
        server.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        _expect(server.getreply(), 250)
    finally:
        _hang_up(backend)


def _hang_up(backend: Any) -> None:
    """However the server takes the good-bye: what it accepted is accepted."""
    try:
        backend.close()
    except (smtplib.SMTPException, OSError):
        return


def _expect(reply: tuple[int, Any], *codes: int) -> None:
    if reply[0] in codes:
        return
    if 500 <= reply[0] < 600:
        raise _Permanent(str(reply[0]))
    raise smtplib.SMTPResponseException(reply[0], b"")


def _written(channel: Any, parcel: Parcel) -> EmailMessage:
    sender = str(channel.options.get("sender") or settings.DEFAULT_FROM_EMAIL)
    host = sender.rpartition("@")[2].strip("> ") or "localhost"
    headers = {"Message-ID": f"<{parcel.key}.guanjia@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(parcel.title, parcel.text, sender, [parcel.to], headers=headers)
