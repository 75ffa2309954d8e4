"""A person's own views of the queue: keep one, rename it, drop it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Employee
from guanjia.places.models import Building, Project

from . import categories
from .models import Case, SavedView, State
from .views import LABELS

MOST_VIEWS = 12
NAMED = ("executor", "owner", "building")
CHOSEN = ("kind", "urgency", "channel", "state", "category")


class NameForm(OperationForm):
    """What the view is called."""

    name = forms.CharField(label=_("Name of the view"), max_length=12)


class SaveViewForm(NameForm):
    """The view, its filters and its order as they stand on the page."""

    view = forms.ChoiceField(label=_("View"), choices=list(LABELS.items()))
    sort = forms.ChoiceField(label=_("Order"), choices=[("due", _("Soonest limit first")), ("new", _("Newest first"))])
    kind = forms.ChoiceField(label=_("Kind"), choices=Case.Kind.choices, required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Case.Urgency.choices, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Case.Channel.choices, required=False)
    state = forms.ChoiceField(label=_("Status"), choices=State.choices, required=False)
    category = forms.ChoiceField(label=_("Trade"), choices=categories.choices(), required=False)
    executor = forms.ModelChoiceField(Employee.objects.all(), label=_("Assigned to"), required=False)
    owner = forms.ModelChoiceField(Employee.objects.all(), label=_("First contact"), required=False)
    building = forms.ModelChoiceField(Building.objects.all(), label=_("Building"), required=False)

    def narrow(self) -> None:
        super().narrow()
        field: Any
        for name in ("executor", "owner"):
            field = self.fields[name]
            field.queryset = Employee.objects.filter(postings__project_id=self.subject.pk).distinct()


@operation(Project, label=_("Save view"), form=SaveViewForm, creates=SavedView, icon="bookmark-plus")
def save_view(project: Project, *, by: Actor, name: str, view: str, sort: str, **given: Any) -> SavedView:
    """Keep the page as it is filtered under a name of my own."""
    _hold(by)
    mine = _mine(project, by)
    if mine.count() >= MOST_VIEWS:
        raise Refused("name", _("You keep twelve views already. Drop one first."))
    _refuse_taken(mine, name)
    filters = {n: given[n] for n in CHOSEN if given[n]} | {n: str(given[n].pk) for n in NAMED if given[n]}
    return SavedView.objects.create(
        project=project, employee_id=by.id, name=name, view=view, sort=sort, filters=filters, saved_at=by.at
    )


def is_mine(saved: SavedView, by: Actor) -> bool:
    """Nobody else sees it, so nobody else changes it."""
    return by.is_staff and saved.employee_id == by.id and saved.dropped_at is None


@operation(SavedView, label=_("Rename view"), form=NameForm, whose=is_mine, icon="pencil")
def rename_view(saved: SavedView, *, by: Actor, name: str) -> None:
    """Call it something else."""
    _hold(by)
    _refuse_taken(_mine(saved.project, by).exclude(pk=saved.pk), name)
    saved.name = name


@operation(SavedView, label=_("Drop view"), whose=is_mine, danger=True, icon="trash")
def drop_view(saved: SavedView, *, by: Actor) -> None:
    """It no longer stands over the queue; the cases stay where they are."""
    saved.dropped_at = by.at


def _mine(project: Project, by: Actor) -> Any:
    return SavedView.objects.filter(project=project, employee_id=by.id, dropped_at__isnull=True)


def _refuse_taken(mine: Any, name: str) -> None:
    if mine.filter(name=name).exists():
        raise Refused("name", _("You have a view of this name already."))


def _hold(by: Actor) -> None:
    """Two clicks at once wait for each other: views are counted before one is added."""
    Employee.objects.filter(pk=by.id).select_for_update(no_key=True).first()
