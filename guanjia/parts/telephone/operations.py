"""What the telephone tells, as acts of the system; connecting a line; taking a seat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.webhooks import signing
from guanjia.people import queries as people
from guanjia.people.models import Employee
from guanjia.places.models import Project

from .models import Line, PhoneCall, Seat


def _extension() -> forms.RegexField:
    return forms.RegexField(
        r"^[0-9*#]{1,12}$", label=_("Extension"), required=False, max_length=12,
        error_messages={"invalid": _("An extension has up to twelve digits.")},
    )  # fmt: skip


class RingForm(OperationForm):
    of = PhoneCall

    line = asked()
    reference = asked(label=_("Reference"))
    number = forms.RegexField(
        r"^\+?\d{3,20}$", label=pgettext_lazy("telephone", "Number"), required=False, max_length=21
    )
    extension = _extension()


@operation(Project, label=_("It rings"), form=RingForm, creates=PhoneCall, internal=True, icon="phone-incoming")
def ring(project: Project, *, by: Actor, line: Line, reference: str, number: str, extension: str) -> PhoneCall:
    """A call comes in; whose number it is, if exactly one resident has it."""
    number = number.removeprefix("+86")
    call = PhoneCall(
        project=project, line=line, reference=reference, extension=extension, rang_at=by.at, moved_at=by.at
    )
    call.keep_number(number)
    known = list(people.residents_with_phone(project, number)[:2]) if number else []
    call.resident = known[0] if len(known) == 1 else None
    call.save()
    return call


class AnswerForm(OperationForm):
    extension = _extension()


@operation(
    PhoneCall,
    label=pgettext_lazy("telephone", "Answered"),
    form=AnswerForm,
    internal=True,
    clauses=["DESK-05"],
    icon="phone",
)
def answer(call: PhoneCall, *, by: Actor, extension: str) -> None:
    """Somebody took it: who sits at that extension now."""
    call.answered_at, call.extension = by.at, extension or call.extension
    seat = Seat.objects.filter(project_id=call.project_id, extension=call.extension, to_at__isnull=True).first()
    call.employee_id = seat.employee_id if seat is not None else None


@operation(PhoneCall, label=_("Not answered"), internal=True, icon="phone-off")
def miss(call: PhoneCall, *, by: Actor) -> None:
    """It fell silent before anybody took it."""
    call.ended_at = by.at


@operation(PhoneCall, label=_("Ended"), internal=True, icon="phone-off")
def end(call: PhoneCall, *, by: Actor) -> None:
    """They hung up."""
    call.ended_at = by.at


class LineForm(OperationForm):
    name = asked(Line.name)


@operation(Project, label=_("Connect a telephone system"), form=LineForm, creates=Line, icon="phone", guarded=True)
def connect(project: Project, *, by: Actor, name: str) -> Line:
    """A system that may tell from now on; the secret it signs with is shown once."""
    secret = signing.new_secret()
    line = Line.objects.create(project=project, name=name, secret=secret)
    line.shown_once = secret  # type: ignore[attr-defined]
    return line


@operation(Line, label=pgettext_lazy("telephone", "New secret"), icon="key", guarded=True)
def change_line_secret(line: Line, *, by: Actor) -> None:
    """The old one is worth nothing from now on; the new one is shown once."""
    line.secret = signing.new_secret()
    line.shown_once = line.secret  # type: ignore[attr-defined]


@operation(Line, label=_("Disconnect"), icon="x", danger=True)
def disconnect(line: Line, *, by: Actor) -> None:
    """Nothing it tells is taken any more."""


class SeatForm(OperationForm):
    extension = _extension()


@operation(Project, label=_("My extension"), form=SeatForm, icon="headset")
def take_seat(project: Project, *, by: Actor, extension: str) -> None:
    """Calls for this extension open here; whoever sat there before sits there no more. Empty: nowhere."""
    mine = Seat.objects.select_for_update().filter(project=project, to_at__isnull=True)
    mine.filter(employee_id=by.id).update(to_at=by.at)
    if extension:
        mine.filter(extension=extension).update(to_at=by.at)
        if not Employee.objects.filter(pk=by.id, state=Employee.State.ACTIVE).exists():
            raise Refused("extension", _("Only a colleague sits at an extension."))
        Seat.objects.create(project=project, extension=extension, employee_id=by.id, from_at=by.at)


def moment(said: Any, now: datetime) -> datetime:
    """When it happened, as the system says it, if its clock is not far off; else when it was heard."""
    at = said if isinstance(said, datetime) else None
    return at if at is not None and abs((now - at).total_seconds()) <= 120 else now
