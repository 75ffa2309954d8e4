"""Register, lend, find again, take out of use; coming back is custody's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.parts.custody.forms import DueForm, HolderForm
from guanjia.parts.custody.handing import hand_out
from guanjia.places.models import Project

from .models import Borrowable


class RegisterForm(OperationForm):
    of = Borrowable

    name = asked(label=_("Thing"), help_text=_("Umbrella, trolley, wheelchair …"))
    position = asked(required=True)
    remark = asked()


class LendForm(HolderForm, DueForm):
    """To a resident or a visitor, to be brought back the same day or when agreed."""

    asks = ("resident", "outsider", "contact", "due_at", "purpose", "condition", "photos", "signature")

    purpose = forms.CharField(label=_("Purpose"), max_length=200, required=False)


class ReasonForm(OperationForm):
    remark = forms.CharField(label=_("Reason"), max_length=200, min_length=2)


@operation(Project, label=_("Register a thing to lend"), form=RegisterForm, creates=Borrowable, icon="umbrella")
def register_good(project: Project, *, by: Actor, name: str, position: str, remark: str) -> Borrowable:
    """A new piece with its number, kept by who registers it."""
    return Borrowable.objects.create(
        project=project, number=f"WP{numbering.next_in(project.pk, 'borrowable'):03d}", name=name, position=position,
        remark=remark, keeper_id=by.id, moved_at=by.at,
    )  # fmt: skip


@operation(Borrowable, label=_("Lend"), form=LendForm, clauses=["DESK-13"], icon="hand-grab")
def lend(good: Borrowable, *, by: Actor, condition: str, photos: list[Any], signature: Any, **given: Any) -> None:
    """To somebody who stands at the counter; free, against a name."""
    hand_out(
        good, by=by, to=HolderForm.whom(given), contact=given["contact"], purpose=given["purpose"],
        due_at=given["due_at"], condition=condition, photos=photos, signature=signature,
    )  # fmt: skip


@operation(Borrowable, label=_("Found again"), icon="circle-check")
def find_again(good: Borrowable, *, by: Actor) -> None:
    """It turned up."""


@operation(Borrowable, label=_("Take out of use"), form=ReasonForm, danger=True, icon="circle-x")
def retire(good: Borrowable, *, by: Actor, remark: str) -> None:
    """Broken, or lost for good."""
    good.remark = remark
