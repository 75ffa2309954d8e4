"""Keep a form (an operation for each, made from the Book), sign it, have it signed, strike it out, print it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia import book
from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, SignatureField
from guanjia.kernel.languages import said
from guanjia.kernel.operations import Operation, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.fields import PersonNameField
from guanjia.places.models import Project

from . import fields
from .keepers import keepers, kept_forms, verb_of
from .models import Entry, Signature, State
from .slots import Slot, open_slots

_said = lazy(said, str)


def keep(form: book.Form, project: Project, by: Actor, cleaned: dict[str, Any]) -> Entry:
    """The entry of a form. One that replaces another is of the same form, and the old one was struck out."""
    replaced = _replaced(form, project, cleaned.pop("replaces", None))
    pictures = cleaned.pop(fields.PICTURES, [])
    entry = Entry.objects.create(
        project=project,
        form_id=form.id,
        number=numbering.daily(project, "DJ", by.at),
        house=_named(form, cleaned, fields.HOUSE),
        resident=_named(form, cleaned, *fields.RESIDENTS),
        content=fields.packed(form, cleaned),
        kept_by_id=by.id if by.is_staff else None,
        kept_at=by.at,
        moved_at=by.at,
        replaces=replaced,
    )
    files.keep(entry, pictures, "reported", by=by, field=fields.PICTURES)
    return entry


def _replaced(form: book.Form, project: Project, number: int | None) -> Entry | None:
    if not number:
        return None
    old = Entry.objects.select_for_update(no_key=True).filter(project=project, pk=number, form_id=form.id).first()
    if old is None or old.state != State.STRUCK:
        raise Refused("", _("Only an entry of this form that was struck out is replaced."))
    if Entry.objects.filter(project=project, replaces=old).exists():
        raise Refused("", _("That entry has been replaced already."))
    return old


def _named(form: book.Form, cleaned: dict[str, Any], *types: str) -> Any:
    found = (cleaned.get(fields.name_of(f)) for f in form.fields if f.type in types)
    return next((thing for thing in found if thing is not None), None)


def _keeping(form: book.Form) -> Operation:
    def body(project: Project, *, by: Actor, **cleaned: Any) -> Entry:
        return keep(form, project, by, cleaned)

    body.__name__ = verb_of(form)
    body.__doc__ = f"{form.name}: {form.purpose}"
    records = [c for c in form.clauses if book.clause(c).kind == "record"]
    return operation(
        Project, label=_said(form.name, form.name_en), form=fields.form_class(form), creates=Entry,
        clauses=records, icon="clipboard-list",
    )(body)  # fmt: skip


keep_label = _("Keep it")
KEEPING = {form.id: _keeping(form) for form in kept_forms()}


# -- names under it --------------------------------------------------------------------------------------------------


class SlotForm(OperationForm):
    """The lines that are still open; for a signer those of their own posts."""

    slot = forms.ChoiceField(label=pgettext_lazy("entries", "Line"))

    def slots(self) -> list[Slot]:
        return open_slots(self.subject)

    def narrow(self) -> None:
        super().narrow()
        self.fields["slot"].choices = [(s.key, s.label) for s in self.slots()]  # type: ignore[attr-defined]


class SignForm(SlotForm):
    def slots(self) -> list[Slot]:
        entry, by = self.subject, self.by
        return [s for s in open_slots(entry) if by.is_system or s.is_for(by, entry.project_id)]


def may_sign(entry: Entry, by: Actor) -> bool:
    """A line of one of this person's posts is open, and they have not signed another one."""
    if any(s.employee_id == by.id for s in entry.signatures.all()):
        return False
    return any(slot.is_for(by, entry.project_id) for slot in open_slots(entry))


@operation(Entry, label=_("Sign"), form=SignForm, whose=may_sign, icon="signature")
def sign(entry: Entry, *, by: Actor, slot: str) -> None:
    """Put one's own name under it. With the last name the entry is signed."""
    _sign(entry, by, slot, by.id, by.name)


class TakeForm(SlotForm):
    personal = frozenset({"name"})
    name = PersonNameField(label=_("Name of the signer"))
    signature = SignatureField(label=_("Signature"))

    def slots(self) -> list[Slot]:
        return [s for s in open_slots(self.subject) if s.is_outside]


def has_open_line_of_others(entry: Entry) -> bool:
    return any(slot.is_outside for slot in open_slots(entry))


@operation(Entry, label=_("Have it signed"), form=TakeForm, when=has_open_line_of_others, icon="signature")
def take_signature(entry: Entry, *, by: Actor, slot: str, name: str, signature: Any) -> None:
    """A resident, visitor or contractor signs on the glass."""
    files.keep(entry, [signature], "signature", by=by, field="signature")
    _sign(entry, by, slot, None, name)


def _sign(entry: Entry, by: Actor, slot: str, employee_id: int | None, name: str) -> None:
    Signature.objects.create(
        project_id=entry.project_id, entry=entry, slot=slot, employee_id=employee_id, name=name, signed_at=by.at
    )
    if not open_slots(entry):
        entry.state = State.SIGNED


class StrikeForm(OperationForm):
    struck_for = forms.CharField(label=_("Reason"), max_length=100)


@operation(Entry, label=_("Strike out"), form=StrikeForm, danger=True, icon="circle-x")
def strike_out(entry: Entry, *, by: Actor, struck_for: str) -> None:
    """It was wrong: it stays, struck through, with the reason; a new one may replace it."""
    entry.struck_for = struck_for


RIGHTS = {KEEPING[form.id].name: keepers(form.id) for form in kept_forms()} | {
    sign.name: posts.EVERYONE,
    take_signature.name: posts.EVERYONE,
    strike_out.name: posts.SUPERVISORS | posts.SERVICE | posts.ENGINEERING | posts.SECURITY,
    "entries.print_entry": posts.EVERYONE,
}
