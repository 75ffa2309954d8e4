"""A miss is explained by who owed it, and excused by an approver who did not."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused

from .models import Obligation

# The role of everybody would make everybody concerned.
ANYBODY = frozenset({"all_staff", "department_head"})


@need(sentence=_("A reason was given first: why it was missed."), owes=_("who owed it"))
def has_reason(obligation: Obligation) -> bool:
    return bool(obligation.cause)


@need(sentence=_("It is excused already."))
def not_excused(obligation: Obligation) -> bool:
    return obligation.excused_at is None


def is_not_concerned(obligation: Obligation, by: Actor) -> bool:
    """Nobody excuses what they owed: not the person it was owed by, nor a holder of the posts that owe it."""
    return obligation.owner_id != by.id and not by.holds(obligation.project_id, *owing_posts(obligation))


def owing_posts(obligation: Obligation) -> set[str]:
    """The posts whose clause it is."""
    return set(book.clause(obligation.clause_id).roles) - ANYBODY


class ReasonForm(OperationForm):
    of = Obligation

    cause = asked(required=True)
    reason = asked(required=True, min_length=2, widget=forms.Textarea(attrs={"rows": 2}))
    corrective = asked(widget=forms.Textarea(attrs={"rows": 2}))


@operation(Obligation, label=_("Explain the miss"), form=ReasonForm, clauses=["QLT-05"], icon="message")
def explain(obligation: Obligation, *, by: Actor, cause: str, reason: str, corrective: str) -> None:
    """Say why it was not done, and what is done so that it does not happen again. The miss stays a miss."""
    _refuse_what_is_not_missed(obligation, by)
    obligation.cause, obligation.reason, obligation.corrective = cause, reason, corrective


class ExcuseForm(OperationForm):
    excuse_reason = forms.CharField(
        max_length=300, min_length=2, label=_("Why it does not count"), widget=forms.Textarea(attrs={"rows": 2})
    )


@operation(
    Obligation, label=_("Excuse"), form=ExcuseForm, needs=[has_reason, not_excused], whose=is_not_concerned,
    icon="shield-check",
)  # fmt: skip
def excuse(obligation: Obligation, *, by: Actor, excuse_reason: str) -> None:
    """Take one miss out of the rate. Rates are shown both ways; the name with it is the name of who agreed."""
    _refuse_what_is_not_missed(obligation, by)
    obligation.excused_at, obligation.excuse_reason = by.at, excuse_reason
    obligation.excused_by_id = by.id
    obligation.excused_by_name = (str(by.memo.get("approved_by", "")) or by.name)[:60]


def _refuse_what_is_not_missed(obligation: Obligation, by: Actor) -> None:
    if not obligation.is_missed(by.at):
        raise Refused("", _("It is not missed: there is nothing to explain or to excuse."))
