"""Sending one e-mail, once: asked whether it may go, claimed, handed over; every way a mail server can fail included.

A message is claimed in the database before the server is spoken to, and marked again before its text is handed over.
What fails before that is tried again, later each time. What was handed over without an answer is never sent again: the
notice inside the program has said it already, and a person who is told everything twice reads nothing.
"""

from __future__ import annotations

import logging
import re
import smtplib
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from guanjia.people.models import Account, Employee

from . import queries
from .models import MailWish, Message

log = logging.getLogger("guanjia.outreach")
State = Message.State
TIMEOUT = 5
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
# A worker that says nothing for so long while it sends has died.
CLAIM = timedelta(minutes=2)


class Permanent(Exception):
    """The server will never take it."""


def send(message: Message, at: datetime) -> str:
    """Send it if it may go now; returns its state afterwards. Raises nothing that a mail server can cause."""
    employee = Employee.objects.get(pk=message.employee_id)
    wish = queries.wish_of(employee.pk, message.project_id)
    if not settings.EMAIL_HOST or not employee.email or not wish.wants or employee.state != Employee.State.ACTIVE:
        return _end(message, State.OFF, (State.QUEUED,))
    wakes_at = end_of_quiet(wish, message.project, at)
    if wakes_at is not None:
        return _end(message, State.QUEUED, (State.QUEUED,), next_at=wakes_at)
    if not _claim(message, at):
        return str(message.state)
    try:
        _hand_over(message, employee)
    except (Permanent, smtplib.SMTPException, OSError) as error:
        return _failed(message, error, at)
    return _end(message, State.SENT, (State.HANDING,), sent_at=timezone.now())


def end_of_quiet(wish: MailWish, project: Any, at: datetime) -> datetime | None:
    """When the hours end in which this person wants no e-mail; None outside them. They may span midnight."""
    if wish.quiet_from is None or wish.quiet_to is None or wish.quiet_from == wish.quiet_to:
        return None
    zone = ZoneInfo(project.zone)
    local = at.astimezone(zone)
    now, start, end = local.time(), wish.quiet_from, wish.quiet_to
    is_quiet = start <= now < end if start < end else now >= start or now < end
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1 if now >= end else 0)
    return datetime.combine(day, end, tzinfo=zone)


def recover(at: datetime) -> int:
    """What a killed worker left: nothing was sent yet, so it waits again; or nobody knows, and it stays."""
    left = Message.objects.filter(next_at__lte=at)
    count = left.filter(state=State.SENDING).update(state=State.QUEUED)
    left.filter(state=State.HANDING).update(state=State.UNSURE, fault="worker ended")
    return count


# -- the steps ------------------------------------------------------------------------------------------------------


def _claim(message: Message, at: datetime) -> bool:
    rows = Message.objects.filter(pk=message.pk, project_id=message.project_id, state=State.QUEUED, next_at__lte=at)
    if not rows.update(state=State.SENDING, attempts=message.attempts + 1, next_at=at + CLAIM):
        message.refresh_from_db()
        return False
    message.attempts += 1
    return True


def _hand_over(message: Message, employee: Employee) -> None:
    mail = _written(message, employee)
    written: Any = mail.message()
    content = re.sub(rb"(?m)^\.", b"..", written.as_bytes(linesep="\r\n"))
    backend = EmailBackend(timeout=TIMEOUT)
    try:
        backend.open()
        server: Any = backend.connection
        _expect(server.mail(sanitize_address(mail.from_email, "utf-8")), 250)
        _expect(server.rcpt(sanitize_address(employee.email, "utf-8")), 250, 251)
        _expect(server.docmd("DATA"), 354)
        _end(message, State.HANDING, (State.SENDING,))
        server.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        _expect(server.getreply(), 250)
    finally:
        _hang_up(backend)


def _hang_up(backend: Any) -> None:
    """However the server takes the good-bye: what it accepted is accepted."""
    try:
        backend.close()
    except (smtplib.SMTPException, OSError):
        log.debug("the mail server was gone before the good-bye")


def _expect(reply: tuple[int, Any], *codes: int) -> None:
    if reply[0] in codes:
        return
    if 500 <= reply[0] < 600:
        raise Permanent(str(reply[0]))
    raise smtplib.SMTPResponseException(reply[0], b"")


def _failed(message: Message, error: Exception, at: datetime) -> str:
    code = getattr(error, "smtp_code", None)
    fault = f"{type(error).__name__} {code or (error if isinstance(error, Permanent) else '')}".strip()[:40]
    log.info("message %d: attempt %d: %s", message.pk, message.attempts, fault)
    if isinstance(error, Permanent) or message.attempts > len(WAITS):
        return _end(message, State.FAILED, (State.SENDING, State.HANDING), fault=fault)
    is_refused = isinstance(error, smtplib.SMTPResponseException)
    if not is_refused:  # gone silent: after the text was handed over, nobody knows
        unsure = _end(message, State.UNSURE, (State.HANDING,), fault=fault)
        if message.state == State.UNSURE:
            return unsure
    wait = WAITS[message.attempts - 1]
    return _end(message, State.QUEUED, (State.SENDING, State.HANDING), fault=fault, next_at=at + wait)


def _end(message: Message, state: str, among: tuple[str, ...], **more: Any) -> str:
    """Compare-and-set: a message that somebody else has moved stays as it is."""
    rows = Message.objects.filter(pk=message.pk, project_id=message.project_id, state__in=among)
    if rows.update(state=state, **more):
        message.state = state
    return state


def _written(message: Message, employee: Employee) -> EmailMessage:
    """In the recipient's language; no name, no phone, nothing a resident wrote."""
    chosen = Account.objects.filter(pk=employee.account_id or 0).values_list("language", flat=True).first()
    with translation.override(chosen or settings.LANGUAGE_CODE):
        said = message.words
        body = [said, message.project.name, ""]
        if settings.CSRF_TRUSTED_ORIGINS:
            page = reverse("outreach:inbox", args=[message.project.code])
            body.append(settings.CSRF_TRUSTED_ORIGINS[0].rstrip("/") + page)
        body.append(_("You get this because of your post. Say when you want e-mail on the page of your notices."))
        subject = _("%(project)s: %(said)s") % {"project": message.project.name, "said": said}
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {"Message-ID": f"<{message.project_id}.{message.pk}.guanjia@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, "\n".join(body), settings.DEFAULT_FROM_EMAIL, [employee.email], headers=headers)
