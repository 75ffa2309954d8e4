"""Start a procedure, tick a step, skip one with a reason, finish or break off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FilesField, OperationForm, asked
from guanjia.kernel.languages import said
from guanjia.kernel.models import Event
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Conflict, Refused, Unknown
from guanjia.parts.files import queries as files
from guanjia.places.models import Project

from . import queries
from .models import RunSheet, RunStep

Outcome = RunStep.Outcome
LINES = forms.Textarea(attrs={"rows": 2})


class StartForm(OperationForm):
    """Which procedure, and about what: a thing that the actor may see, or a few words."""

    clause = forms.ChoiceField(label=_("Procedure"))
    about = asked(RunSheet.about, help_text=_("Where, whom or what."))
    label = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    thing = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def narrow(self) -> None:
        super().narrow()
        own = queries.startable(self.by, self.subject.project_id)
        field: Any = self.fields["clause"]
        field.choices = [(c.id, f"{c.id} {said(c.title, c.title_en)}") for c in own]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        label, pk = cleaned.get("label"), cleaned.get("thing")
        if bool(label) != bool(pk):
            self.add_error(None, _("What it is about is not known here."))
        elif label and pk:
            named = self._named(label, pk)
            cleaned["about"] = cleaned.get("about") or named
        return cleaned

    def _named(self, label: str, pk: int) -> str:
        try:
            thing = subjects.get(label, pk, self.by)
        except Unknown:
            thing = None
        if thing is None or thing.project_id != self.subject.project_id:
            self.add_error(None, _("What it is about is not known here."))
            return ""
        return str(thing)[:100]


class StepForm(OperationForm):
    number = forms.IntegerField(label=_("Step"), min_value=1, max_value=99)


class TickForm(StepForm):
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    photos = FilesField(label=_("Photos"), required=False, most=3)


class SkipForm(StepForm):
    note = forms.CharField(label=_("Why it is skipped"), max_length=300, min_length=2, widget=LINES)


class EndingForm(OperationForm):
    ending = forms.CharField(label=_("Why it is broken off"), max_length=300, min_length=2, widget=LINES)


def carries_it_out(sheet: RunSheet, by: Actor) -> bool:
    """Who started it, or whose post carries the procedure out."""
    return sheet.started_by_id == by.id or queries.is_for(book.clause(sheet.clause_id), by, sheet.project_id)


@need(sentence=_("Every step is done, or skipped with a reason."), owes=_("who carries it out"))
def every_step_is_settled(sheet: RunSheet) -> bool:
    rows = RunStep.objects.filter(project_id=sheet.project_id, sheet=sheet, outcome=Outcome.OPEN)
    return not rows.exists()


@operation(Project, label=_("Start a procedure"), form=StartForm, creates=RunSheet, icon="list-check")
def start(project: Project, *, by: Actor, clause: str, about: str, label: str, thing: int | None) -> RunSheet:
    """Begin the steps of a clause; they stay as they are written today."""
    sheet = RunSheet.objects.create(
        project=project, clause_id=clause, about=about, about_label=label or "", about_id=thing,
        started_by_id=_starter(project, by), started_at=by.at, moved_at=by.at,
    )  # fmt: skip
    steps = book.clause(clause)["steps"]
    RunStep.objects.bulk_create(
        RunStep(project=project, sheet=sheet, number=n, words=str(words)) for n, words in enumerate(steps, 1)
    )
    return sheet


def _starter(project: Project, by: Actor) -> int:
    """Who acts; where the system starts one, whose act it follows from."""
    if not by.is_system:
        return by.id
    return Event.objects.filter(project=project, pk=by.cause_id or 0).get().actor_id


@operation(RunSheet, label=_("Step done"), form=TickForm, whose=carries_it_out, icon="check")
def tick(sheet: RunSheet, *, by: Actor, number: int, note: str, photos: list[Any]) -> None:
    """A step is done: who and when stand beside it."""
    _settle(sheet, number, Outcome.DONE, note, by)
    files.keep(sheet, photos, "note", by=by)


@operation(RunSheet, label=_("Skip a step"), form=SkipForm, whose=carries_it_out, icon="arrow-right")
def skip(sheet: RunSheet, *, by: Actor, number: int, note: str) -> None:
    """A step does not apply this time; why stands beside it."""
    _settle(sheet, number, Outcome.SKIPPED, note, by)


@operation(
    RunSheet, label=_("Close the sheet"), needs=[every_step_is_settled], whose=carries_it_out, icon="circle-check"
)
def finish(sheet: RunSheet, *, by: Actor) -> None:
    """All steps are settled."""
    sheet.ended_at = by.at


@operation(
    RunSheet, label=_("Break off"), form=EndingForm, whose=carries_it_out, danger=True, icon="circle-x"
)  # fmt: skip
def abandon(sheet: RunSheet, *, by: Actor, ending: str) -> None:
    """It was started by mistake, or overtaken by events; it counts as not gone through."""
    sheet.ended_at, sheet.ending = by.at, ending


def _settle(sheet: RunSheet, number: int, outcome: str, note: str, by: Actor) -> None:
    step = RunStep.objects.filter(project_id=sheet.project_id, sheet=sheet, number=number).first()
    if step is None:
        raise Refused("number", _("This sheet has no such step."))
    if step.outcome != Outcome.OPEN:
        raise Conflict("number", _("Somebody has settled this step already. Look again."))
    RunStep.objects.filter(project_id=sheet.project_id, pk=step.pk).update(
        outcome=outcome, note=note, at=by.at, by_id=by.id
    )
