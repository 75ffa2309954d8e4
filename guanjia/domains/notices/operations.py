"""Draft, revise, publish, drop, take down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.places.models import Building, Project

from .models import Bulletin, Place


class DraftForm(OperationForm):
    """What is told to whom. The title is what fits into a short message."""

    of = Bulletin
    as_it_stands = True

    kind = asked()
    title = asked(help_text=_("Goes out as it stands, in 40 characters: when, where, what."))
    body = asked(
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Read on the residents' page. No names and no flats.")
    )
    buildings = forms.ModelMultipleChoiceField(
        Building.objects.all(), label=_("Only for these buildings"), required=False,
        help_text=_("None chosen: for the whole project."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_urgent = asked(help_text=_("Goes out in the quiet hours as well."))

    @classmethod
    def standing(cls, subject: Bulletin) -> dict[str, Any]:
        return {**super().standing(subject), "buildings": list(subject.places.values_list("building_id", flat=True))}


class TakeDownForm(OperationForm):
    reason = forms.CharField(label=_("Why"), max_length=100)


def _set_places(bulletin: Bulletin, buildings: Any) -> None:
    bulletin.places.filter(project_id=bulletin.project_id).delete()
    Place.objects.bulk_create(Place(project_id=bulletin.project_id, bulletin=bulletin, building=b) for b in buildings)


@operation(
    Project, label=_("Draft a notice"), form=DraftForm, creates=Bulletin, clauses=["NTC-02", "NTC-05"],
    icon="speakerphone",
)  # fmt: skip
def draft(project: Project, *, by: Actor, buildings: Any, **given: Any) -> Bulletin:
    """Nobody outside reads it yet."""
    made = Bulletin.objects.create(project=project, author_id=by.id, moved_at=by.at, **given)
    _set_places(made, buildings)
    return made


@operation(Bulletin, label=_("Change the draft"), form=DraftForm, icon="edit")
def revise(bulletin: Bulletin, *, by: Actor, buildings: Any, **given: Any) -> None:
    """By the author, or by who reviews it."""
    for name, value in given.items():
        setattr(bulletin, name, value)
    _set_places(bulletin, buildings)


def is_anothers(bulletin: Bulletin, by: Actor) -> bool:
    """Nobody reviews what they drafted themself."""
    return bulletin.author_id != by.id


@operation(Bulletin, label=_("Reviewed: publish"), clauses=["NTC-02", "NTC-05"], whose=is_anothers, icon="circle-check")
def publish(bulletin: Bulletin, *, by: Actor) -> None:
    """It stands in the residents' pages from now on, and goes out to those who want it."""
    bulletin.reviewer_id, bulletin.published_at = by.id, by.at


@operation(Bulletin, label=_("Do not publish"), form=TakeDownForm, icon="x", danger=True)
def drop(bulletin: Bulletin, *, by: Actor, reason: str) -> None:
    """A draft that nobody needs."""


@operation(Bulletin, label=_("Take it down"), form=TakeDownForm, icon="arrow-back-up", danger=True)
def take_down(bulletin: Bulletin, *, by: Actor, reason: str) -> None:
    """It holds no more; what has not gone out yet does not go."""
    bulletin.taken_down_at = by.at
