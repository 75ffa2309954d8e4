"""Registered, claimed, handed to security, disposed of; and what is missed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FilesField, OperationForm, SignatureField, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.when import HAPPENED
from guanjia.parts.custody.forms import HolderForm
from guanjia.parts.custody.handing import hand_out
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.models import Resident
from guanjia.places.models import Project

from .models import Find, Loss

LINES = forms.Textarea(attrs={"rows": 2})


class FindForm(OperationForm):
    of = Find
    asks = ("description", "features", "is_valuable", "place", "found_at", "found_by", "position", "photos")

    description = asked(min_length=2, help_text=pgettext_lazy("lostfound", "As anybody may read it: kind and colour."))
    features = asked(
        help_text=pgettext_lazy("lostfound", "What only the owner knows: contents, marks, the picture on the screen.")
    )
    is_valuable = asked(
        help_text=pgettext_lazy("lostfound", "Phones, purses, keys, jewellery: residents do not see it.")
    )
    found_at = asked(required=False, help_text=pgettext_lazy("lostfound", "Empty: just now."), validators=[HAPPENED])
    position = asked(label=pgettext_lazy("lostfound", "Where it is kept"), required=True)
    photos = FilesField(label=_("Photos"), required=False, most=3)

    def clean_found_at(self) -> datetime:
        return self.cleaned_data["found_at"] or self.by.at


class ClaimForm(HolderForm):
    personal: ClassVar[frozenset[str]] = frozenset({"outsider", "contact", "claim_check"})

    claim_check = forms.CharField(
        label=pgettext_lazy("lostfound", "What they said of it before it was shown"),
        max_length=300,
        min_length=4,
        widget=LINES,
    )
    asked_first = forms.BooleanField(
        label=pgettext_lazy("lostfound", "I asked for its features first, and showed it only then"), required=False
    )
    signature = SignatureField(label=_("Signature"))


class DisposeForm(OperationForm):
    disposal = asked(
        Find.disposal, required=True, min_length=2,
        help_text=pgettext_lazy("lostfound", "Handed to the police, destroyed …"),
    )  # fmt: skip


class LossForm(OperationForm):
    of = Loss
    asks = ("description", "place", "lost_on", "resident", "outsider", "contact")

    description = asked(label=pgettext_lazy("lostfound", "What is missed"), min_length=2)
    lost_on = asked(validators=[HAPPENED])
    resident = asked(required=False)
    contact = forms.CharField(label=pgettext_lazy("lostfound", "Their phone"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.by.is_staff and bool(cleaned.get("resident")) == bool(cleaned.get("outsider")):
            self.add_error("resident", pgettext_lazy("lostfound", "Name a resident, or write who else it is."))
        return cleaned


class MatchForm(OperationForm):
    find = asked(Loss.find)


class AnswerForm(OperationForm):
    answer = asked(Loss.answer, required=True, min_length=2)


@operation(
    Project,
    label=pgettext_lazy("lostfound", "Register a find"),
    form=FindForm,
    creates=Find,
    clauses=["LOST-02"],
    icon="search",
)
def register_find(project: Project, *, by: Actor, photos: list[Any], **given: Any) -> Find:
    """Picked up, or brought by somebody: kept where, until it is claimed or with security."""
    find = Find.objects.create(
        project=project, number=f"SW{numbering.next_in(project.pk, 'find'):05d}", finder_id=by.id, keeper_id=by.id,
        moved_at=by.at, **given,
    )  # fmt: skip
    files.keep(find, photos, "reported", by=by)
    return find


@operation(
    Find, label=pgettext_lazy("lostfound", "Give to its owner"), form=ClaimForm, clauses=["LOST-02"], icon="signature"
)
def claim(find: Find, *, by: Actor, claim_check: str, asked_first: bool, signature: Any, **given: Any) -> None:
    """To whoever could say what it is before seeing it, against a signature."""
    if not asked_first:
        raise Refused(
            "asked_first", pgettext_lazy("lostfound", "Ask what it looks like before you show it."), "LOST-02"
        )
    to = HolderForm.whom(given)
    hand_out(find, by=by, to=to, contact=given["contact"], purpose=str(find.number), signature=signature)
    find.claimant, find.claim_check, find.claimed_at = str(to)[:40], claim_check, by.at


@operation(
    Find,
    label=pgettext_lazy("lostfound", "Take over for security"),
    clauses=["LOST-01", "LOST-02"],
    second=posts.EVERYONE,
    icon="shield-check",
)
def hand_to_security(find: Find, *, by: Actor) -> None:
    """Takes two: security signs by doing it, whoever hands the find over identifies beside."""
    find.secured_at, find.secured_by_id, find.keeper_id = by.at, by.id, by.id


@operation(
    Find,
    label=pgettext_lazy("lostfound", "Dispose of the find"),
    form=DisposeForm,
    clauses=["LOST-02"],
    danger=True,
    icon="trash",
)
def dispose(find: Find, *, by: Actor, disposal: str) -> None:
    """Nobody came: what became of it."""
    find.disposal = disposal


@operation(
    Project,
    label=pgettext_lazy("lostfound", "Report a loss"),
    form=LossForm,
    creates=Loss,
    clauses=["LOST-02"],
    icon="help-circle",
)
def report_loss(project: Project, *, by: Actor, resident: Resident | None, **given: Any) -> Loss:
    """What somebody misses; residents report for themselves only."""
    if by.is_resident:
        given |= {"outsider": "", "contact": ""}
        resident = Resident.objects.filter(project=project, pk=by.homes[project.pk]).first()
    return Loss.objects.create(project=project, resident=resident, reported_at=by.at, moved_at=by.at, **given)


@operation(Loss, label=pgettext_lazy("lostfound", "It is this find"), form=MatchForm, icon="link")
def match(loss: Loss, *, by: Actor, find: Find) -> None:
    """The find that was given back to them."""
    if find.claimed_at is None:
        raise Refused(
            "find",
            pgettext_lazy("lostfound", "Give the find to its owner first: features, name, signature."),
            "LOST-02",
        )
    loss.find = find


@operation(Loss, label=pgettext_lazy("lostfound", "Give up the search"), form=AnswerForm, icon="circle-x")
def give_up(loss: Loss, *, by: Actor, answer: str) -> None:
    """Not found, or found by themself."""
    loss.answer = answer
