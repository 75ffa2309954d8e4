"""What is done to an approval: asked for, signed, not agreed to, withdrawn; and what time and the last signature do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.durations import parse_duration
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.places.models import Project

from . import queries, rules, seats, steps
from .models import Approval, RuleChange, Signature

PROOF = "proof"  # where an actor carries how it identified for this signature
NO_LESS_THAN = 6  # characters of a refusal: whoever asked has to act on it


def is_requester(approval: Approval, by: Actor) -> bool:
    return by.is_staff and approval.requester_id == by.id


@operation(Approval, label=_("Put forward"), whose=is_requester, icon="send")
def ask(approval: Approval, *, by: Actor) -> None:
    """A call that a rule names is put forward instead of being performed; the rule's guard does it."""


class AgreeForm(OperationForm):
    words = forms.CharField(
        label=_("A word with it"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


@operation(Approval, label=_("Agree"), form=AgreeForm, icon="check")
def agree(approval: Approval, *, by: Actor, words: str) -> None:
    """Sign the open step. With the last signature the call is looked at again and performed."""
    proof = str(by.memo.get(PROOF, ""))
    if approval.wants_pin and not proof:
        raise Refused("pin", _("This one is signed with your PIN, without one with your password."))
    sign(approval, by, agrees=True, words=words, proof=proof)
    steps.advance(approval, by.at)


class RefuseForm(OperationForm):
    words = forms.CharField(label=_("Why not"), max_length=300, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_words(self) -> str:
        text = str(self.cleaned_data["words"])
        if len(text.replace(" ", "")) < NO_LESS_THAN:
            raise forms.ValidationError(
                _("Write why, and what to do instead: whoever asked acts on it. At least %(n)d characters."),
                params={"n": NO_LESS_THAN},
            )
        return text


@operation(Approval, label=_("Not agree"), form=RefuseForm, icon="x")
def refuse(approval: Approval, *, by: Actor, words: str) -> None:
    """One no ends it; whoever asked is told why and keeps what was written."""
    sign(approval, by, agrees=False, words=words, proof=str(by.memo.get(PROOF, "")))
    close(approval, by, words)


class WithdrawForm(OperationForm):
    words = forms.CharField(label=_("Why it is withdrawn"), max_length=300, required=False)


@operation(
    Approval, label=_("Withdraw request"), form=WithdrawForm, whose=is_requester, danger=True, icon="arrow-back-up"
)
def withdraw(approval: Approval, *, by: Actor, words: str) -> None:
    """Whoever asked takes it back while it waits."""
    close(approval, by, words)


@operation(Approval, label=_("Pass on after the deadline"), internal=True, icon="trending-up")
def escalate(approval: Approval, *, by: Actor) -> None:
    """The step's deadline has passed, or nobody is left on its seats: who comes next may sign too."""
    if not approval.is_late(by.at) and seats.people(approval, by.at):
        raise Refused("", _("The next step is not reached yet."))
    steps.climb(approval, by.at)


@operation(Approval, label=_("Lapse"), internal=True, icon="calendar-off")
def expire(approval: Approval, *, by: Actor) -> None:
    """Nobody signed in the term of the rule."""
    if approval.expires_at > by.at:
        raise Refused("", _("The next step is not reached yet."))
    close(approval, by, "")


class ResultForm(OperationForm):
    label = forms.CharField(label=_("Kind of thing"), max_length=60)
    number = forms.IntegerField(label=_("Its id"))


@operation(Approval, label=_("Perform what was approved"), form=ResultForm, internal=True, icon="circle-check")
def carry_out(approval: Approval, *, by: Actor, label: str, number: int) -> None:
    """The last signature is there and the call was performed as whoever asked."""
    approval.result_label, approval.result_id = label, number
    close(approval, by, "")
    # What a person was named with stands in the thing and its event from now on.
    approval.given = {name: value for name, value in approval.given.items() if not isinstance(value, dict)}


class FailureForm(OperationForm):
    words = forms.CharField(label=_("Why it could not be done"), max_length=500)


@operation(Approval, label=_("Could no longer be done"), form=FailureForm, internal=True, icon="alert-triangle")
def give_up(approval: Approval, *, by: Actor, words: str) -> None:
    """Approved, but the world has changed: nothing was done, the requester keeps what was written."""
    close(approval, by, words)


def sign(approval: Approval, by: Actor, *, agrees: bool, words: str, proof: str) -> Signature:
    """Add one word of one person. Raises Refused for who may not, with whom to ask instead."""
    if approval.requester_id == by.id:
        raise Refused("", _("You cannot approve what you asked for yourself. %(who)s can.") % _who(approval, by))
    if by.id in approval.barred:
        raise Refused("", _("It concerns you: somebody else has to decide. %(who)s can.") % _who(approval, by))
    if approval.signatures.filter(project_id=approval.project_id, employee_id=by.id).exists():
        raise Refused("", _("You have signed it already. The next signature is somebody else's."))
    found = seats.seat_of(approval, by)
    if found is None:
        raise Refused("", _("It does not wait for you. %(who)s can.") % _who(approval, by))
    key, stands_for = found
    return Signature.objects.create(
        project_id=approval.project_id, approval=approval, step=steps.step_of(approval, key, by.at),
        employee_id=by.id, stands_for_id=stands_for, seat=key, agrees=agrees, words=words, proof=proof, at=by.at,
    )  # fmt: skip


def _who(approval: Approval, by: Actor) -> dict[str, str]:
    return {"who": queries.names_of(approval, by.at)}


def close(approval: Approval, by: Actor, words: str) -> None:
    approval.closed_at, approval.outcome, approval.seats = by.at, words, []


class RuleForm(OperationForm):
    """What a project decides otherwise: who signs last, until when, whether at all."""

    rule = forms.CharField(label=_("Rule"), max_length=60)
    is_on = forms.ChoiceField(label=_("Whether it holds"), choices=[("on", _("In force")), ("off", _("Not in force"))])
    posts = forms.MultipleChoiceField(
        label=_("May sign"), required=False, widget=forms.CheckboxSelectMultiple, choices=posts.CHOICES
    )
    hours = forms.IntegerField(label=_("To be signed within (hours)"), min_value=1, max_value=720, required=False)
    reason = forms.CharField(label=_("Reason"), min_length=2, max_length=300)

    def clean_rule(self) -> str:
        name = str(self.cleaned_data["rule"])
        if name not in rules.book_rules():
            raise forms.ValidationError(_("There is no such rule."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("rule") == rules.OWN and cleaned.get("is_on") == "off":
            self.add_error("is_on", _("That rules are changed with a second person is not switched off."))
        return cleaned


@operation(
    Project, label=_("Adjust a rule of approval"), form=RuleForm, creates=RuleChange, guarded=True, icon="adjustments"
)
def adjust_rule(
    project: Project, *, by: Actor, rule: str, is_on: str, posts: list[str], hours: int | None, reason: str
) -> RuleChange:
    """Decide for this project who signs and until when; what waits already keeps its rule."""
    within = f"PT{hours}H" if hours else ""
    if within:
        parse_duration(within)
    return RuleChange.objects.create(
        project=project, rule_id=rule, is_on=is_on == "on", posts=posts, within=within, decided_at=by.at, reason=reason
    )


__all__ = ["adjust_rule", "agree", "ask", "carry_out", "escalate", "expire", "give_up", "refuse", "withdraw"]
