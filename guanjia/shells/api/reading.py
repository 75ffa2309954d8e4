"""What a caller sent: read within bounds, typed like a browser's form, so that the operation's form is the judge."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import orjson
from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FenField, OperationForm
from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Refused, RefusedRows, Unknown
from guanjia.parts.approvals import proofs, seats
from guanjia.parts.approvals.models import Approval
from guanjia.people import presence

from .problems import Problem

_ID = re.compile(r"[0-9]{1,18}")
_KEY = re.compile(r"[\x21-\x7e]{1,80}")
MOST_BYTES = 120 * 1024 * 1024
# Django's fields of one value; a room's own kind of field reads what it is given.
ONE_VALUE = (
    forms.CharField, forms.IntegerField, forms.DateField, forms.DateTimeField, forms.TimeField, forms.DurationField,
    forms.ChoiceField, forms.BooleanField,
)  # fmt: skip


def number(text: str) -> int:
    """An id from an address. What is no id is nobody's: Unknown."""
    if not _ID.fullmatch(text):
        raise Unknown("id")
    return int(text)


def idempotency_key(request: HttpRequest) -> str:
    """The key of a write: required, so that a retry has one effect."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Problem(400, _("Send an Idempotency-Key header: 1 to 80 characters, no spaces, the same for a retry."))
    return key


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body; an empty body is an empty object."""
    raw = request.body
    try:
        content = orjson.loads(raw) if raw.strip() else {}
    except orjson.JSONDecodeError:
        raise Problem(400, _("The body is not valid JSON.")) from None
    if not isinstance(content, dict):
        raise Problem(400, _("The body is not a JSON object."))
    if _has_nul(content):
        raise Problem(400, _("The body holds a character that no text may hold."))
    return content


def given(request: HttpRequest, form: type[OperationForm]) -> tuple[Any, Any]:
    """Data and files of a write, as the form takes them."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise Problem(413)
    kind = request.content_type
    if kind == "multipart/form-data":
        if any("\x00" in name for name in [*request.POST, *request.FILES]):
            raise Problem(400)
        return request.POST, request.FILES
    if kind not in ("application/json", "", "text/plain") or (kind != "application/json" and request.body):
        raise Problem(415)
    return as_form(json_object(request), form), None


def witnessed(by: Actor, data: Any, operation: Operation, subject: Any, at: datetime) -> tuple[Any, Actor]:
    """The arguments without the proof of the second person, and the actor with them beside. Raises Refused."""
    if not operation.second:
        return data, by
    names = [name for pair in presence.asked(operation.others) for name in pair]
    proof = {name: str(data.get(name, "")) for name in names}
    rest = data.copy()
    for name in proof:
        rest.pop(name, None)
    return rest, presence.with_others(by, subject.project_id, operation.second, proof, at, operation.others)


def signs(operation: Operation) -> bool:
    """Whether the act is a signature under an approval, which some rules want proved by a PIN."""
    return operation.model is Approval and not operation.creates and not operation.internal


def signed(by: Actor, data: Any, operation: Operation, subject: Any, at: datetime) -> tuple[Any, Actor]:
    """The arguments without the signer's own PIN, and the actor as the signer it proved. Raises Refused."""
    if not signs(operation):
        return data, by
    rest = data.copy()
    typed = rest.pop(proofs.FIELD, "")
    pin = str(typed[0] if isinstance(typed, list) and typed else typed or "")[:128]
    approval = Approval.visible_to(by).filter(project=subject.project, pk=subject.pk).first()
    if approval is None:  # not theirs to see: nothing is proved, and it is not there
        return rest, by
    return rest, seats.as_signer(proofs.proved(by, pin, at), approval)


def rows(request: HttpRequest, form: type[OperationForm]) -> list[dict[str, Any]]:
    """The rows of a batch: {"rows": [{…}, …]}; what is wrong with a value names its row."""
    content = json_object(request)
    sent = content.get("rows")
    if set(content) != {"rows"} or not isinstance(sent, list) or not all(isinstance(row, dict) for row in sent):
        raise Refused("rows", _("Send a list of rows, and nothing else."))
    read: list[dict[str, Any]] = []
    refused: dict[int, Any] = {}
    for index, row in enumerate(sent):
        try:
            read.append(as_form(row, form))
        except Refused as refusal:
            refused[index] = refusal.errors
    if refused:
        raise RefusedRows(refused)
    return read


def as_form(content: dict[str, Any], form: type[OperationForm]) -> dict[str, Any]:
    """JSON values as a browser would send them. Raises Refused for a list where one value belongs."""
    wrong: dict[str, list[Any]] = {}
    data: dict[str, Any] = {}
    for name, value in content.items():
        field = form.base_fields.get(name)
        try:
            data[name] = _as_sent(field, value) if field is not None else value
        except TypeError:
            wrong[name] = [_("This is not the kind of value that belongs here.")]
    if wrong:
        raise Refused.many(wrong)
    return data


def _as_sent(field: forms.Field, value: Any) -> Any:
    if value is None or isinstance(field, forms.JSONField):
        return value
    if isinstance(field, FenField):
        return _fen(value)
    if isinstance(field, forms.FileField):
        raise TypeError("a file comes in a multipart form")
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        if not isinstance(value, list):
            raise TypeError("a list")
        return [_scalar(item) for item in value]
    if isinstance(field, forms.BooleanField) and isinstance(value, bool):
        return value
    return _scalar(value) if isinstance(field, ONE_VALUE) else value


def _fen(value: Any) -> int:
    """Money in JSON is whole fen: text would leave open whether yuan or fen is meant."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("fen")
    return value


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        raise TypeError("one value")
    return str(value)


def claimed(by: Actor, data: Any, form: type[OperationForm]) -> Actor:
    """The actor at the time the caller says it happened (`at`), where the form has no such field of its own."""
    said = data.get("at")
    if said in (None, "") or "at" in form.base_fields:
        return by
    at = moment(said)
    if at is None:
        raise Refused("at", _("Write the time as 2026-03-18T10:24:00+08:00."))
    return by.moment(at)


def moment(said: Any) -> datetime | None:
    """An aware time from ISO text with its zone, or None."""
    try:
        at = parse_datetime(said) if isinstance(said, str) and len(said) <= 40 else None
    except ValueError:
        return None
    return at if at is not None and timezone.is_aware(at) and 2000 <= at.year <= 2200 else None


def wanted(field: models.Field[Any, Any], text: str) -> Any:
    """The value of a filter. Raises Refused for one that the field cannot have."""
    if field.choices and text not in {str(value) for value, _word in field.flatchoices}:
        raise Refused(field.name, _("This is not one of the choices."))
    if isinstance(field, models.BooleanField):
        if text not in ("true", "false"):
            raise Refused(field.name, _("Say true or false."))
        return text == "true"
    if isinstance(field, models.ForeignKey | models.IntegerField) and not _ID.fullmatch(text.removeprefix("-")):
        raise Refused(field.name, _("This is not a number."))
    if "\x00" in text or len(text) > (field.max_length or 100):
        raise Refused(field.name, _("This is too long."))
    return text


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(k) or _has_nul(v) for k, v in value.items())
    return any(_has_nul(v) for v in value) if isinstance(value, list) else False
