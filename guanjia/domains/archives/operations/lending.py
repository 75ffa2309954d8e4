"""Reading, copying, lending: what is confidential is looked at, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.parts.approvals import queries as approvals
from guanjia.parts.custody.handing import hand_out
from guanjia.people.models import Employee

from .. import forms
from ..models import Consultation, Document, DocumentState

READING = timedelta(minutes=15)


@need(
    sentence=_("It is confidential: it may be looked at here, but not copied, printed or lent."), clause="ARC-05",
    owes="",
)  # fmt: skip
def may_leave(document: Document) -> bool:
    return not document.is_confidential


@need(
    sentence=_("Only with the centre manager's approval, and that rule is switched off here."), clause="ARC-06",
    owes=_("whoever decides the rules of approval"),
)  # fmt: skip
def lending_is_signed(document: Document) -> bool:
    return approvals.is_signed_here("archives.lend", document.project)


@need(
    sentence=_("Only with the centre manager's approval, and that rule is switched off here."), clause="ARC-04",
    owes=_("whoever decides the rules of approval"),
)  # fmt: skip
def showing_is_signed(document: Document) -> bool:
    return approvals.is_signed_here("archives.show_to", document.project)


def exists(document: Document) -> bool:
    return document.state != DocumentState.DESTROYED


@operation(Document, label=_("Consult"), form=forms.PurposeForm, clauses=["ARC-04"], when=exists, icon="eye")
def consult(document: Document, *, by: Actor, purpose: str) -> None:
    """For work, with the purpose on record; the scans are open to this person for a quarter of an hour."""
    _open(document, by, purpose)


@operation(
    Document, label=_("Show to somebody else"), form=forms.ShowForm, needs=[showing_is_signed], clauses=["ARC-04"],
    when=exists, icon="user-check",
)  # fmt: skip
def show_to(document: Document, *, by: Actor, outsider: str, purpose: str) -> None:
    """To who is not of the company, or not for work: only with the centre manager's approval."""
    _open(document, by, purpose, outsider)


def _open(document: Document, by: Actor, purpose: str, outsider: str = "") -> None:
    Consultation.objects.create(
        project_id=document.project_id, document=document, employee_id=by.id, outsider=outsider, purpose=purpose,
        opened_at=by.at, until_at=by.at + READING, approved_by=str(by.memo.get("approved_by", ""))[:120],
    )  # fmt: skip


@operation(Document, label=_("Copy"), form=forms.CopyForm, needs=[may_leave], icon="copy")
def copy(document: Document, *, by: Actor, number: int, purpose: str) -> None:
    """How many copies were made of what is not confidential, and what for."""


def on_paper(document: Document) -> bool:
    return document.has_paper


@operation(
    Document, label=pgettext_lazy("archives", "Lend"), form=forms.LendForm, needs=[may_leave, lending_is_signed],
    clauses=["ARC-06", "ARC-07"], when=on_paper, icon="hand-grab",
)  # fmt: skip
def lend(
    document: Document, *, by: Actor, employee: Employee, purpose: str, due_at: datetime, condition: str,
    photos: list[Any], signature: Any,
) -> None:  # fmt: skip
    """Registered by the supervisor with the borrower's signature; it goes out once the centre manager has approved."""
    hand_out(
        document, by=by, to=employee, purpose=purpose, due_at=due_at, condition=condition, photos=photos,
        signature=signature,
    )  # fmt: skip


@operation(Document, label=pgettext_lazy("archives", "Found again"), icon="circle-check")
def find_again(document: Document, *, by: Actor) -> None:
    """It lies in its place again."""
