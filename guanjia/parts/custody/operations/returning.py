"""Back, late, damaged, lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FilesField, OperationForm, SignatureField, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.when import AHEAD
from guanjia.parts.files import queries as files

from .. import kinds
from ..handing import settle
from ..models import Condition, Handout

LINES = forms.Textarea(attrs={"rows": 2})


class TakeBackForm(OperationForm):
    """In what condition; the pieces are all that are out."""

    condition = forms.ChoiceField(label=_("Condition"), choices=Condition.choices, initial=Condition.WHOLE)
    remark = asked(Handout.remark)
    photos = FilesField(label=_("Photos"), required=False, most=3)
    signature = SignatureField(label=_("Signature of who brings it back"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("condition") == Condition.DAMAGED and not cleaned.get("remark"):
            self.add_error("remark", _("Say what is damaged."))
        return cleaned


class PartForm(OperationForm):
    """Of several pieces some came back, or are lost; the others are still out."""

    returned = forms.IntegerField(label=_("Pieces that came back"), min_value=0, max_value=999, initial=1)
    missing = forms.IntegerField(label=_("Pieces lost"), min_value=0, max_value=999, initial=0)
    remark = asked(Handout.remark)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("missing") and not cleaned.get("remark"):
            self.add_error("remark", _("Say what happened to what is lost."))
        return cleaned


class LostForm(OperationForm):
    remark = forms.CharField(label=_("What happened"), max_length=200, min_length=2, widget=LINES)


class ExplainForm(OperationForm):
    overdue_reason = asked(Handout.overdue_reason, required=True, min_length=2, widget=LINES)


class ProlongForm(OperationForm):
    due_at = asked(Handout.due_at, validators=[AHEAD])
    reason = forms.CharField(label=_("Reason"), max_length=200, min_length=2)


class LiabilityForm(OperationForm):
    liable = asked(Handout.liable)
    liability = asked(Handout.liability, required=True, min_length=2, widget=LINES)


def keeps_its_kind(handout: Handout, by: Actor) -> bool:
    """Whose post keeps this kind of thing here, or who keeps the thing itself."""
    kind = kinds.of(handout.subject_label)
    if kind.whose is not None:
        return kind.whose(kind.model._base_manager.get(project_id=handout.project_id, pk=handout.subject_id), by)
    if by.holds(handout.project_id, *kind.keepers):
        return True
    return bool(kind.model._base_manager.filter(pk=handout.subject_id, keeper_id=by.id).exists())


def is_several(handout: Handout) -> bool:
    """More than one piece is out."""
    return handout.out > 1


@operation(
    Handout, label=pgettext_lazy("custody", "Take back"), form=TakeBackForm, whose=keeps_its_kind, icon="arrow-back-up"
)
def take_back(handout: Handout, *, by: Actor, condition: str, remark: str, photos: list[Any], signature: Any) -> None:
    """All that was out came back; who brings it signs where the project asks for it."""
    handout.condition_back, handout.remark = condition, remark or handout.remark
    settle(handout, by=by, back=handout.out)
    files.keep(handout, photos, "after", by=by)
    files.keep(handout, [signature], "signature", by=by, field="signature")


@operation(
    Handout, label=_("Take a part back"), form=PartForm, when=is_several, whose=keeps_its_kind, icon="arrow-back-up"
)
def take_part(handout: Handout, *, by: Actor, returned: int, missing: int, remark: str) -> None:
    """Some pieces; the handing out goes on with the rest. Raises Refused when nothing would be left out."""
    if returned + missing >= handout.out:
        raise Refused("returned", _("That would be all of it: choose “Take back” or “Report lost”."))
    handout.remark = remark or handout.remark
    settle(handout, by=by, back=returned, lost=missing)


@operation(
    Handout, label=_("Report lost"), form=LostForm, whose=keeps_its_kind, danger=True, icon="alert-triangle"
)  # fmt: skip
def report_lost(handout: Handout, *, by: Actor, remark: str) -> None:
    """What is still out will not come back: counted out of the store, with what happened."""
    handout.remark = remark
    settle(handout, by=by, lost=handout.out)


@operation(Handout, label=_("Say why it is late"), form=ExplainForm, whose=keeps_its_kind, icon="message-report")
def explain(handout: Handout, *, by: Actor, overdue_reason: str) -> None:
    """What was asked and heard about something that is overdue (KEY-15). Raises Refused before it is due."""
    if handout.due_at and by.at < handout.due_at:
        raise Refused("", _("It is not due yet."))
    handout.overdue_reason, handout.explained_at = overdue_reason, by.at


@operation(Handout, label=_("Prolong"), form=ProlongForm, whose=keeps_its_kind, icon="calendar")
def prolong(handout: Handout, *, by: Actor, due_at: datetime, reason: str) -> None:
    """A later time was agreed; the clock of coming back goes by it."""
    handout.due_at, handout.overdue_reason = due_at, reason


def is_for_somebody_to_answer(handout: Handout) -> bool:
    """Something was lost or damaged."""
    return bool(handout.missing) or handout.condition_back == Condition.DAMAGED


@operation(
    Handout, label=_("Settle who answers for it"), form=LiabilityForm, when=is_for_somebody_to_answer,
    clauses=["KEY-20"], icon="scale",
)  # fmt: skip
def settle_liability(handout: Handout, *, by: Actor, liable: str, liability: str) -> None:
    """Lost or damaged: who answers for it and how it was made good."""
    handout.liable, handout.liability = liable, liability
