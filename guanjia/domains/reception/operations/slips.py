"""A message for a colleague who is not there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.people import queries as people
from guanjia.places.models import Project

from ..forms import SlipForm
from ..models import Slip


@operation(Project, label=_("Take a message"), form=SlipForm, creates=Slip, clauses=["DESK-07"], icon="note")
def take_message(project: Project, *, by: Actor, **given: Any) -> Slip:
    """Whom they asked for is told at once, and has to acknowledge it."""
    return Slip.objects.create(
        project=project, number=numbering.daily(project, "ZG", by.at), called_at=by.at, taken_by_id=by.id,
        moved_at=by.at, **given,
    )  # fmt: skip


@operation(Slip, label=_("Told them myself"), clauses=["DESK-08"], icon="message")
def pass_on(slip: Slip, *, by: Actor) -> None:
    """Told in person or by phone; that they know it, they say themselves."""
    slip.told_at = by.at


def is_for_me(slip: Slip, by: Actor) -> bool:
    """Whom it is for, or who stands in for them today."""
    if slip.addressee_id == by.id:
        return True
    stand_in = people.cover_of(slip.addressee, slip.project, by.at)
    return stand_in is not None and stand_in.pk == by.id


@operation(Slip, label=_("Acknowledge"), clauses=["DESK-07", "DESK-08"], whose=is_for_me, icon="check")
def acknowledge(slip: Slip, *, by: Actor) -> None:
    """I know it now."""
    slip.acknowledged_at = by.at
    slip.told_at = slip.told_at or by.at
