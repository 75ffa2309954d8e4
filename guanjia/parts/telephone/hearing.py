"""What a telephone system posts: checked, taken once, turned into the step it tells. No network, a few statements."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import orjson
from django.db import IntegrityError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from guanjia.kernel.actors import Actor, system
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.parts.webhooks import signing

from . import operations
from .models import Heard, Line, PhoneCall

MOST_BYTES = 8192
STEPS = frozenset({"ringing", "answered", "ended"})
_TEXT = re.compile(r"[\x21-\x7e]{1,64}")
State = PhoneCall.State


class Unheard(Exception):
    """It is not taken; `status` says why."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


def line_of(code: str, headers: dict[str, str], body: bytes, now: datetime) -> Line:
    """The line that signed this. Raises Unheard: an unknown project and a wrong signature answer the same."""
    rows = Line.objects.filter(project__code=code, state=Line.State.ON).select_related("project")
    stamp = int(now.timestamp())
    for line in rows[:20]:
        if signing.is_signed([str(line.secret)], headers, body, stamp):
            return line
    raise Unheard(401, "signature")


def hear(line: Line, message_id: str, body: bytes, now: datetime) -> dict[str, Any]:
    """Do what is told, once. Raises Unheard for what cannot be read."""
    told = _told(body)
    if Heard.objects.filter(project_id=line.project_id, line=line, message_id=message_id).exists():
        return {"heard": "again"}
    try:
        done = _step(line, told, _by(told, now))
    except Conflict:
        done = "late"  # the call has moved on: a step that came twice, or in another order
    except IntegrityError:
        done = "again"  # the same call rang in another process at this very moment
    except Refused as outcome:
        raise Unheard(422, outcome.sentence) from None
    # The mark comes after the step: what was lost on the way is told again, and each step has one effect anyway.
    Heard.objects.bulk_create(
        [Heard(project_id=line.project_id, line=line, message_id=message_id, at=now)], ignore_conflicts=True
    )
    Line.objects.filter(project_id=line.project_id, pk=line.pk).update(last_at=now)
    return {"heard": done}


def _told(body: bytes) -> dict[str, Any]:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unheard(400, "not JSON") from None
    if not isinstance(content, dict) or content.get("event") not in STEPS:
        raise Unheard(400, "event: ringing, answered or ended")
    if not isinstance(content.get("call"), str) or not _TEXT.fullmatch(content["call"]):
        raise Unheard(400, "call: 1 to 64 characters")
    for name in ("number", "extension", "at"):
        if not isinstance(content.get(name, ""), str) or len(content.get(name, "")) > 40:
            raise Unheard(400, f"{name}: text")
    return content


def _by(told: dict[str, Any], now: datetime) -> Actor:
    try:
        said = parse_datetime(told.get("at", "")) if told.get("at") else None
    except ValueError:
        said = None
    at = operations.moment(said if said is not None and timezone.is_aware(said) else None, now)
    return Actor(kind=system().kind, at=at, channel="phone")


def _step(line: Line, told: dict[str, Any], by: Actor) -> str:
    """Steps may come in any order: a call that was never heard ringing rings now."""
    call = PhoneCall.objects.filter(project_id=line.project_id, line=line, reference=told["call"]).first()
    event, extension = told["event"], told.get("extension", "")
    if call is None:
        call = _ring(line, told, by)
        if event == "ringing":
            return "ringing"
    elif event == "ringing":
        return "again"
    if event == "answered":
        operations.answer(call, by=by, extension=extension)
    elif call.state == State.RINGING:
        operations.miss(call, by=by)
    else:
        operations.end(call, by=by)
    return str(event)


def _ring(line: Line, told: dict[str, Any], by: Actor) -> PhoneCall:
    number = re.sub(r"[\s()-]", "", told.get("number", ""))
    if not re.fullmatch(r"\+?\d{3,20}", number):
        number = ""  # withheld
    key = f"{line.pk}:{told['call']}"
    given = {"line": line, "reference": told["call"], "number": number, "extension": told.get("extension", "")}
    made: PhoneCall = operations.ring(line.project, by=by, key=key[:80], **given)
    return made
