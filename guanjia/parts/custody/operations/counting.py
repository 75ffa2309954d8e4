"""Counting the store: alone as a stock-take, or together when a shift hands over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.places.models import Project

from .. import kinds, queries
from ..models import Count, Line


class StartForm(OperationForm):
    """Which kind, and if wanted one place of it."""

    kind = forms.ChoiceField(label=_("What is counted"))
    position = asked(Count.position, help_text=_("Empty: everything of this kind."))

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["kind"]
        field.choices = [(k.label, k.title) for k in queries.countable(self.by, self.subject.pk)]


class MarkForm(OperationForm):
    """One thing: there, or not with a word why."""

    line = forms.ModelChoiceField(Line.objects.all(), label=_("Thing"))
    is_found = forms.TypedChoiceField(
        label=pgettext_lazy("custody", "Found"), choices=[("yes", _("There")), ("no", _("Not there"))],
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    remark = forms.CharField(label=_("Explanation"), max_length=200, required=False)

    def narrow(self) -> None:
        field: Any = self.fields["line"]
        field.queryset = Line.objects.filter(project_id=self.subject.project_id, count_id=self.subject.pk)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_found") is False and not cleaned.get("remark"):
            self.add_error("remark", _("Not there: say where it may be, or since when it is missed."))
        return cleaned


def counts_its_kind(count: Count, by: Actor) -> bool:
    """Whose post keeps this kind."""
    return by.holds(count.project_id, *kinds.of(count.label).keepers)


def is_not_the_counter(count: Count, by: Actor) -> bool:
    """Nobody takes over from themself."""
    return count.counted_by_id != by.id


@need(sentence=_("Mark every thing: there, or not there with an explanation."), owes=_("who counts"))
def every_line_is_marked(count: Count) -> bool:
    return not Line.objects.filter(project_id=count.project_id, count=count, is_found__isnull=True).exists()


@operation(Project, label=_("Start a count"), form=StartForm, creates=Count, clauses=["KEY-05"], icon="list-check")
def start_count(project: Project, *, by: Actor, kind: str, position: str) -> Count:
    """The ledger as it stands at this moment, a line for each thing. Raises Refused when one is open already."""
    if Count.objects.filter(project=project, label=kind, position=position, state=Count.State.OPEN).exists():
        raise Refused("kind", _("A count of this is open already: finish it first."))
    rows = kinds.of(kind).in_keeping(project)
    things = list((rows.filter(position=position) if position else rows).order_by("position", "pk")[:20_000])
    if not things:
        raise Refused("position", _("The ledger has nothing there."))
    count = Count.objects.create(
        project=project, label=kind, position=position, counted_by_id=by.id, started_at=by.at, moved_at=by.at,
        expected=len(things),
    )  # fmt: skip
    held = queries.holders_of(project, kind)
    Line.objects.bulk_create(
        Line(
            project=project, count=count, subject_id=thing.pk, title=thing.handout_title[:120],
            position=thing.position, holder=held.get(thing.pk, "")[:60],
        )
        for thing in things
    )  # fmt: skip
    return count


@operation(Count, label=_("Mark"), form=MarkForm, whose=counts_its_kind, icon="check")
def mark(count: Count, *, by: Actor, line: Line, is_found: bool, remark: str) -> None:
    """One thing of the count."""
    Line.objects.filter(project_id=count.project_id, pk=line.pk).update(is_found=is_found, remark=remark)


@operation(Count, label=_("The rest is there"), whose=counts_its_kind, icon="checks")
def mark_rest(count: Count, *, by: Actor) -> None:
    """Whatever is not marked yet is where the ledger says."""
    Line.objects.filter(project_id=count.project_id, count=count, is_found__isnull=True).update(is_found=True)


@operation(
    Count, label=_("Close the count"), needs=[every_line_is_marked], whose=counts_its_kind,
    clauses=["KEY-05", "KEY-06"], icon="circle-check",
)  # fmt: skip
def close_count(count: Count, *, by: Actor) -> None:
    """The figures stand; what was missed stays named with its explanation."""
    _close(count, by)


@operation(
    Count, label=_("Take over, counted together"), needs=[every_line_is_marked], whose=is_not_the_counter,
    clauses=["KEY-16"], second=posts.EVERYONE, icon="arrows-exchange",
)  # fmt: skip
def hand_over(count: Count, *, by: Actor) -> None:
    """Who takes over acts, who counted identifies beside: from now on the store is in the other's keeping."""
    if not by.is_system and count.counted_by_id not in {other.id for other in by.present}:
        sentence = _("Who counted hands over: %(name)s identifies here.") % {"name": count.counted_by.name}
        raise Refused("present", sentence, "KEY-16")
    _close(count, by)
    count.receiver_id = by.id
    found = Line.objects.filter(project_id=count.project_id, count=count, is_found=True)
    kinds.of(count.label).model._base_manager.filter(
        project_id=count.project_id, pk__in=found.values("subject_id"), keeper_id=count.counted_by_id
    ).update(keeper_id=by.id)


def _close(count: Count, by: Actor) -> None:
    count.found = Line.objects.filter(project_id=count.project_id, count=count, is_found=True).count()
    count.closed_at = by.at
