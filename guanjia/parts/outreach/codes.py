"""One-time codes by SMS, for whoever signs in with a phone number.

    if codes.can_send(project):
        codes.send_code(project, phone, code, at=by.at, minutes=5)

The code and the number stand sealed in the message until it is sent, failed or expired, then not at all; the journal,
the job and the log never have them. It is called inside an operation: the message is queued with the change, nothing is
spoken over the network. Who may ask how often is the asker's to count (and to refuse).
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta

from django.conf import settings

from guanjia.places.models import Project

from . import fields, routes, sending
from .models import Channel, Kind, Message, Purpose
from .telling import post


def can_send(project: Project) -> bool:
    """Whether a code would go anywhere: a channel for SMS in use, and its words for codes."""
    if routes.channel_for(project, Kind.SMS) is None:
        return False
    return routes.template_for(project, fields.CODE, Kind.SMS, settings.LANGUAGE_CODE) is not None


def is_offered() -> bool:
    """Whether codes go out anywhere in this company: asked where nobody is known yet."""
    return Channel.objects.filter(kind=Kind.SMS, state=Channel.State.ON).exists()


def send_code(
    project: Project, phone: str, code: str, *, at: datetime, minutes: int = 5, language: str | None = None,
    key: str = "", resident_id: int | None = None,
) -> Message | None:  # fmt: skip
    """Queue a code to a number. The same `key` is sent once. None where the number takes no short messages."""
    if not routes.is_mobile(phone):
        return None
    hidden = {"to": phone, "fields": {"code": code, "minutes": minutes}, "language": language}
    message = Message(
        project=project, kind=fields.CODE, title="", params={}, subject_label="project", subject_id=project.pk,
        channel=Kind.SMS, purpose=Purpose.CODE, is_urgent=True, resident_id=resident_id,
        sealed=json.dumps(hidden, ensure_ascii=False), masked=sending.mask(Kind.SMS, phone),
        key=f"code:{key or secrets.token_urlsafe(16)}"[:80], created_at=at, next_at=at,
        expires_at=at + timedelta(minutes=minutes),
    )  # fmt: skip
    made = post([message])
    return made[0] if made else None
