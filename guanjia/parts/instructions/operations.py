"""Take an instruction down; end it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import queries as people
from guanjia.places.forms import AtHouse
from guanjia.places.models import House, Project

from . import queries
from .models import Instruction, Kind

MOST_STANDING = 12


class NoteForm(AtHouse):
    """Whose house, what, from when until when; who of the household asked, as they are called."""

    of = Instruction
    personal: ClassVar[frozenset[str]] = frozenset({"asked_by"})

    kind = asked()
    words = asked(widget=forms.Textarea(attrs={"rows": 2}))
    from_on = asked(required=False, help_text=_("Empty: from today."))
    until_on = asked(help_text=_("Empty: until it is ended."))
    asked_by = forms.CharField(
        label=_("Asked by"), max_length=30, required=False, help_text=_("Who of the household asked for it.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        today = timezone.localdate(self.by.at)
        begin, end = cleaned.get("from_on") or today, cleaned.get("until_on")
        if end and end < max(begin, today):
            self.add_error("until_on", _("This day lies before its beginning, or in the past."))
        if cleaned.get("kind") in (Kind.OTHER, Kind.PARCELS) and not cleaned.get("words"):
            self.add_error("words", _("Write down what they ask for."))
        cleaned["from_on"] = begin
        return cleaned


@operation(Project, label=_("Take down an instruction"), form=NoteForm, creates=Instruction, icon="hand-stop")
def note(
    project: Project, *, by: Actor, house: House, kind: str, words: str, from_on: date, until_on: date | None,
    asked_by: str,
) -> Instruction:  # fmt: skip
    """Heeded from now on wherever somebody is admitted or something handed out. Residents: for their own house."""
    if by.is_resident and not queries.lives_in(by, house):
        raise Refused("house", _("This is not your home."))
    House.objects.select_for_update(no_key=True).filter(project=project, pk=house.pk).first()  # counted below
    if Instruction.objects.filter(project=project, house=house, state="standing").count() >= MOST_STANDING:
        raise Refused("", _("So many instructions are no longer read: end one first."))
    asker = by.homes.get(project.pk) if by.is_resident else _asker(house, asked_by, by)
    return Instruction.objects.create(
        project=project, house=house, kind=kind, words=words, resident_id=asker, from_on=from_on, until_on=until_on,
        noted_by_id=by.id if by.is_staff else None, noted_at=by.at, moved_at=by.at,
    )  # fmt: skip


def _asker(house: House, name: str, by: Actor) -> int | None:
    """Who of the household is called so. Raises Refused for somebody who does not live there."""
    if not name:
        return None
    found = [one.resident_id for one in people.household(house, by.at) if one.resident.name == name]
    if not found:
        raise Refused("asked_by", _("Nobody of this name is on record at this house. Leave it empty if unsure."))
    return found[0]


def is_own_or_staff(instruction: Instruction, by: Actor) -> bool:
    """Their own household ends it, or staff write down that they did."""
    return by.is_staff or (by.is_resident and queries.lives_in(by, instruction.house))


@operation(Instruction, label=_("End the instruction"), whose=is_own_or_staff, icon="circle-check")
def end(instruction: Instruction, *, by: Actor) -> None:
    """It need not be heeded any more."""
