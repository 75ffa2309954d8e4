"""The verbs of a ticket."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import RefusedRows
from guanjia.places.models import House, Project

from .models import Ticket


@need(sentence="A phone number is missing.", owes="resident")
def has_phone(ticket: Ticket) -> bool:
    return bool(ticket.phone)


class OpenForm(OperationForm):
    words = forms.CharField(max_length=50)
    house = forms.ModelChoiceField(House.objects.all(), required=False)


class PhoneForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"phone"})
    phone = forms.CharField(max_length=20)


@operation(Project, label="Open", form=OpenForm, creates=Ticket)
def open_ticket(project: Project, *, by: Actor, words: str, house: Any) -> Ticket:
    """A new ticket."""
    return Ticket.objects.create(project=project, words=words, house=house, moved_at=by.at)


@operation(Ticket, label="Note phone", form=PhoneForm)
def note_phone(ticket: Ticket, *, by: Actor, phone: str) -> None:
    """Keep a number."""
    ticket.phone = phone


@operation(Project, label="Bring in", form=OpenForm, creates=Ticket, batch=True)
def bring_in(project: Project, rows: list[dict[str, Any]], *, by: Actor) -> list[Ticket]:
    """Many tickets of a file; the same words twice are refused."""
    seen: dict[str, int] = {}
    twice = {
        n: {"words": ["It stands there twice."]} for n, r in enumerate(rows) if seen.setdefault(r["words"], n) != n
    }
    if twice:
        raise RefusedRows(twice)
    return Ticket.objects.bulk_create([Ticket(project=project, moved_at=by.at, **row) for row in rows])


@operation(Ticket, label="Take", batch=True)
def take(ticket: Ticket, *, by: Actor) -> None:
    """Take it."""


@operation(Ticket, label="Close", needs=[has_phone])
def close(ticket: Ticket, *, by: Actor) -> None:
    """Close it."""


@operation(Ticket, label="Unseal", second=("supervisor", "steward"))
def unseal(ticket: Ticket, *, by: Actor) -> None:
    """It takes two."""
    ticket.words = "unsealed"
