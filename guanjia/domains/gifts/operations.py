"""Receive, hand over, dispose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FenField, FilesField, OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.places.models import Project

from .models import Gift


class ReceiveForm(OperationForm):
    """What the gift register asks of who received it."""

    of = Gift
    asks = ("giver", "house", "description", "value_fen", "is_valuable", "photos", "declined")

    value_fen = asked(kind=FenField, most_fen=100_000_000)
    is_valuable = asked(help_text=_("Watches, jewellery, works of art."))
    photos = FilesField(label=_("Photos"), required=False, most=3)
    declined = forms.BooleanField(label=_("I declined first and said that our service needs no thanks"))


class DisposeForm(OperationForm):
    disposal = asked(Gift.disposal, required=True)


@operation(
    Project, label=_("Register a gift"), form=ReceiveForm, creates=Gift, clauses=["GFT-01", "GFT-03"], icon="gift"
)
def receive(project: Project, *, by: Actor, photos: list[Any], declined: bool, **given: Any) -> Gift:
    """A gift that could not be declined is registered by who received it."""
    gift = Gift.objects.create(project=project, received_by_id=by.id, received_at=by.at, moved_at=by.at, **given)
    files.keep(gift, photos, "reported", by=by)
    return gift


def is_anothers(gift: Gift, by: Actor) -> bool:
    """Nobody takes over, or disposes of, what they received themself."""
    return gift.received_by_id != by.id


@operation(
    Gift, label=_("Take the gift over"), clauses=["GFT-02"], whose=is_anothers, second=posts.EVERYONE,
    icon="arrows-exchange",
)  # fmt: skip
def hand_over(gift: Gift, *, by: Actor) -> None:
    """Takes two: the superior signs by doing so, who received it identifies beside; their clock stops."""
    there = {other.id for other in by.present}
    if gift.received_by.state == Employee.State.ACTIVE and gift.received_by_id not in there and not by.is_system:
        raise Refused(
            "present", _("Who received it hands it over: %(name)s identifies here.") % {"name": gift.received_by.name},
            "GFT-02",
        )  # fmt: skip
    gift.receiver_id = by.id
    gift.handed_at = by.at


@operation(
    Gift, label=_("Dispose of the gift"), form=DisposeForm, clauses=["GFT-03"], whose=is_anothers, icon="circle-check"
)
def dispose(gift: Gift, *, by: Actor, disposal: str) -> None:
    """What became of it: given back, used by the company, donated."""
    gift.disposal = disposal
