"""Leaving a post: begun, written, given back, signed by both, completed by a superior (SFT-13)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Employee
from guanjia.places.models import District, Project

from .. import queries
from ..models import Transfer
from ..models.transfers import GIVEN_BACK, LEADS, State, label_of
from .handovers import WhyForm

# Things in somebody's keeping: they cannot be ticked off while a line of these blocks names one.
KEEPING = {"goods": "goods", "keys": "keys"}


class BeginTransferForm(ColleagueForm):
    of = Transfer
    asks = ("giver", "receiver", "cause", "district")
    colleagues = ("giver", "receiver")

    def narrow(self) -> None:
        super().narrow()
        if self.by.is_staff and not self.by.holds(self.subject.pk, *LEADS):
            self.fields["giver"].initial = self.by.id


class MemoForm(OperationForm):
    lessons = forms.CharField(
        label=_("What was learnt, good and bad"), max_length=2000, min_length=10,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    documents = forms.CharField(
        label=_("Documents, one a line"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class GiveBackForm(OperationForm):
    returned = forms.MultipleChoiceField(
        label=_("Given back or settled"), widget=forms.CheckboxSelectMultiple,
        choices=[(name, label_of(name)) for name in GIVEN_BACK],
    )  # fmt: skip


@operation(
    Project, label=_("Begin a transfer of duties"), form=BeginTransferForm, creates=Transfer, clauses=["SFT-13"],
    icon="arrows-exchange",
)  # fmt: skip
def begin_transfer(
    project: Project, *, by: Actor, giver: Employee, receiver: Employee, cause: str, district: District | None
) -> Transfer:
    """Somebody leaves a post; a successor is named."""
    if giver.pk == receiver.pk:
        raise Refused("receiver", _("Nobody succeeds themself."), "SFT-13")
    if not by.holds(project.pk, *LEADS) and by.id != giver.pk:
        raise Refused("giver", _("Begin your own transfer; that of a colleague is begun by who leads."))
    Employee.objects.select_for_update(no_key=True).get(pk=giver.pk)
    if Transfer.objects.filter(project=project, giver=giver, state__in=(State.OPEN, State.SIGNED)).exists():
        raise Refused("giver", _("A transfer of this colleague is under way already."))
    return Transfer.objects.create(
        project=project, giver=giver, receiver=receiver, cause=cause, district=district, began_at=by.at, moved_at=by.at
    )


def is_givers(transfer: Transfer, by: Actor) -> bool:
    return transfer.giver_id == by.id


def is_not_givers(transfer: Transfer, by: Actor) -> bool:
    """Nobody ticks off their own things."""
    return transfer.giver_id != by.id


def is_of_either(transfer: Transfer, by: Actor) -> bool:
    return by.id in (transfer.giver_id, transfer.receiver_id)


def is_a_thirds(transfer: Transfer, by: Actor) -> bool:
    return not is_of_either(transfer, by)


@need(sentence=_("Write the memo for the successor."), clause="SFT-13", owes="giver")
def memo_is_written(transfer: Transfer) -> bool:
    return bool(transfer.lessons)


@need(sentence=_("Give back uniform, things and keys."), clause="SFT-13", owes="giver")
def things_are_back(transfer: Transfer) -> bool:
    return transfer.uniform and transfer.goods and transfer.keys


@need(sentence=_("Everything has to be given back, rights withdrawn, confidentiality confirmed."), clause="SFT-13")
def all_is_settled(transfer: Transfer) -> bool:
    return all(getattr(transfer, name) for name in GIVEN_BACK)


@operation(Transfer, label=_("Write the memo"), form=MemoForm, whose=is_givers, clauses=["SFT-13"], icon="pencil")
def write_memo(transfer: Transfer, *, by: Actor, lessons: str, documents: str) -> None:
    """What the successor has to know, without reserve."""
    transfer.lessons, transfer.documents = lessons, documents


@operation(
    Transfer, label=_("Tick off"), form=GiveBackForm, whose=is_not_givers, clauses=["SFT-13", "PRIV-05"], icon="check"
)
def give_back(transfer: Transfer, *, by: Actor, returned: list[str]) -> None:
    """The successor or a superior has received it. What is still on record as theirs cannot be ticked off."""
    for name, block in KEEPING.items():
        left = [f.line.label for f in queries.own_of(transfer, by) if f.line.block == block] if name in returned else []
        if left:
            told = {"lines": "、".join(str(label) for label in left)}
            raise Refused("returned", _("Still on record as theirs: %(lines)s.") % told, "SFT-13")
    for name in returned:
        setattr(transfer, name, True)


@operation(
    Transfer, label=_("Sign, both here"), needs=[memo_is_written, things_are_back], whose=is_of_either,
    second=posts.EVERYONE, clauses=["SFT-13"], icon="signature",
)  # fmt: skip
def sign_transfer(transfer: Transfer, *, by: Actor) -> None:
    """Both sign; what is open goes to the successor."""
    there = {other.id for other in by.present} | {by.id}
    if not {transfer.giver_id, transfer.receiver_id} <= there:
        raise Refused("present", _("The two of them sign: who leaves and who succeeds."), "SFT-13")
    transfer.open = {found.line.key: found.ids for found in queries.own_of(transfer, by)}
    transfer.signed_at = by.at


@operation(
    Transfer, label=_("Complete"), needs=[all_is_settled], whose=is_a_thirds, clauses=["SFT-13"], icon="circle-check"
)
def complete(transfer: Transfer, *, by: Actor) -> None:
    """A superior has seen that nothing is left."""
    transfer.completed_by_id, transfer.completed_at = by.id, by.at


@operation(Transfer, label=_("Drop"), form=WhyForm, danger=True, icon="x")
def drop(transfer: Transfer, *, by: Actor, why: str) -> None:
    """It does not come to it; the reason stands in the journal."""
