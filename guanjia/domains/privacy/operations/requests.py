"""A resident asks for a copy, a correction or an erasure; a supervisor answers within the days that are promised."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Resident

from ..models import DataRequest

# The law says "in time"; the national standard GB/T 35273 (8.7) allows thirty days. Half of that is our own promise.
ANSWERED_WITHIN = timedelta(days=15)


class AskForm(OperationForm):
    kind = asked(DataRequest.kind)
    words = asked(DataRequest.words, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == DataRequest.Kind.CORRECT and not cleaned.get("words"):
            self.add_error("words", _("Say what is wrong, and how it should be."))
        return cleaned


class AnswerForm(OperationForm):
    answer = asked(DataRequest.answer, required=True, widget=forms.Textarea(attrs={"rows": 3}))


def is_own_or_staff(resident: Resident, by: Actor) -> bool:
    """A resident asks for themself; staff write down what was asked at the counter."""
    return by.is_staff or by.homes.get(resident.project_id) == resident.pk


@operation(
    Resident,
    label=_("Ask about own data"),
    form=AskForm,
    creates=DataRequest,
    whose=is_own_or_staff,
    icon="file-text",
)
def ask(resident: Resident, *, by: Actor, kind: str, words: str) -> DataRequest:
    """Write the request down; one of a kind is open at a time."""
    Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    if resident.erased_at or resident.merged_into_id:
        raise Refused("", _("This record is closed."))
    if DataRequest.objects.filter(resident=resident, kind=kind, state="asked").exists():
        raise Refused("kind", _("This was asked already and waits for its answer."))
    return DataRequest.objects.create(
        project_id=resident.project_id, resident=resident, kind=kind, words=words,
        asked_at=by.at, due_at=by.at + ANSWERED_WITHIN, moved_at=by.at,
    )  # fmt: skip


def _answered(request: DataRequest, by: Actor, answer: str) -> None:
    request.answer = answer
    request.answered_at = by.at
    request.answered_by_id = by.id


def is_no_erasure(request: DataRequest) -> bool:
    """An erasure is done on the record itself, which answers its request."""
    return request.kind != DataRequest.Kind.ERASE


@operation(DataRequest, label=_("It is done"), form=AnswerForm, when=is_no_erasure, icon="circle-check")
def grant(request: DataRequest, *, by: Actor, answer: str) -> None:
    """The copy was handed over, or the record put right."""
    _answered(request, by, answer)


@operation(DataRequest, label=_("Decline"), form=AnswerForm, danger=True, icon="circle-x")
def decline(request: DataRequest, *, by: Actor, answer: str) -> None:
    """Not possible, or not yet: the reason is what the resident reads."""
    _answered(request, by, answer)
