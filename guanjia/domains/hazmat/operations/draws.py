"""Handing out in person, finishing, taking back: drawn = used + returned."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor, Present
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.places.models import Project

from .. import forms, ledger, queries
from ..models import Draw, DrawState, Kind, Lot, Permit, StoreKind
from ..rights import DEPARTMENT, LEADS


@operation(
    Project, label=_("Approve and hand out"), form=forms.HandOutForm, creates=Draw, second=posts.EVERYONE,
    clauses=["HAZ-02", "HAZ-03", "HAZ-05", "HAZ-06", "HAZ-09"], icon="hand-grab",
)  # fmt: skip
def hand_out(
    project: Project, *, by: Actor, lot: Lot, planned: Decimal, quantity: Decimal, purpose: str, place: str
) -> Draw:
    """The approver hands it out in person; who takes it identifies at the same act, and is somebody else."""
    lot = ledger.locked(lot)
    drawer = drawer_of(by)
    may_draw(lot, drawer, by)
    within_need(lot, planned, quantity)
    if lot.is_expired(timezone.localdate(by.at)):
        raise Refused("lot", _("This batch has expired: it is written off, not handed out."))
    draw = Draw.objects.create(
        project=project, number=numbering.daily(project, "HZ", by.at), lot=lot, drawn=quantity, planned=planned,
        purpose=purpose, place=place, drawer_id=drawer.id, issuer_id=by.id, drawn_at=by.at, moved_at=by.at,
        permit=permit_for(lot, drawer, quantity, by),
    )  # fmt: skip
    ledger.move(lot, Kind.DRAWN, -quantity, by=by, draw=draw, note=purpose)
    return draw


def drawer_of(by: Actor) -> Present:
    """Who stands beside the approver and takes it. Nobody hands out to themself."""
    found = [other for other in by.present if other.id != by.id]
    if not found:
        raise Refused("present", _("Who takes it identifies here: nobody hands out to themself."), "HAZ-05")
    return found[0]


def may_draw(lot: Lot, drawer: Present, by: Actor) -> None:
    """From the warehouse draws a lead or above (HAZ-02). Raises Refused."""
    if lot.store.kind == StoreKind.WAREHOUSE and not drawer.holds(lot.project_id, *LEADS):
        sentence = _("From the warehouse only a service lead or above draws. Take it from a cabinet, or ask your lead.")
        raise Refused("lot", sentence, "HAZ-02")


def within_need(lot: Lot, planned: Decimal, quantity: Decimal) -> None:
    """No more than the task needs, and no task plans more than the substance allows (HAZ-06). Raises Refused."""
    most = lot.substance.most_per_use
    given = {"unit": ledger.unit(lot), "most": ledger.shown(most), "planned": ledger.shown(planned)}
    if most is not None and planned > most:
        raise Refused("planned", _("One use takes at most %(most)s %(unit)s of it.") % given, "HAZ-06")
    if quantity > planned:
        raise Refused("quantity", _("The task needs %(planned)s %(unit)s: no more is handed out.") % given, "HAZ-06")


def permit_for(lot: Lot, drawer: Present, quantity: Decimal, by: Actor) -> Permit | None:
    """The permit on which somebody of another department draws; None within the department. Raises Refused."""
    if drawer.holds(lot.project_id, *DEPARTMENT):
        return None
    found = queries.open_permit(lot, drawer.id, quantity, timezone.localdate(by.at))
    if found is None:
        raise Refused(
            "present",
            _("%(name)s is of another department: without a recorded permit of the service supervisor nothing leaves.")
            % {"name": drawer.name}, "HAZ-09",
        )  # fmt: skip
    return found


def is_the_drawers(draw: Draw, by: Actor) -> bool:
    """Who took it, or a lead."""
    return draw.drawer_id == by.id or by.holds(draw.project_id, *LEADS)


def is_anothers(draw: Draw, by: Actor) -> bool:
    """Nobody takes back, or corrects, what they drew themself."""
    return draw.drawer_id != by.id


@operation(
    Draw, label=_("Finish the use"), form=forms.UseForm, clauses=["HAZ-03", "HAZ-07"], whose=is_the_drawers,
    icon="circle-check",
)  # fmt: skip
def finish(draw: Draw, *, by: Actor, used: Decimal) -> None:
    """How much was used. With a remainder the clock of its return begins; without one the draw is settled."""
    told(draw, used)
    draw.finished_at = by.at


def told(draw: Draw, used: Decimal) -> None:
    """Keep what was used and see what that leaves. Raises Refused."""
    if used > draw.drawn:
        raise Refused("used", _("Only %(drawn)s was drawn.") % {"drawn": ledger.shown(draw.drawn)}, "HAZ-07")
    draw.used = used
    draw.state = DrawState.REMAINING if draw.remainder else DrawState.SETTLED
    draw.returned = None if draw.remainder else Decimal(0)


@operation(
    Draw, label=_("Correct what was used"), form=forms.CorrectForm, clauses=["HAZ-07"], whose=is_anothers, icon="pencil"
)
def correct_use(draw: Draw, *, by: Actor, used: Decimal, reason: str) -> None:
    """A lead corrects a wrong figure before the remainder is taken back, with the reason in the story."""
    told(draw, used)


@operation(
    Draw, label=_("Take the remainder back"), form=forms.ReturnForm, clauses=["HAZ-03", "HAZ-07"], whose=is_anothers,
    icon="arrow-back-up",
)  # fmt: skip
def take_back(draw: Draw, *, by: Actor, returned: Decimal) -> None:
    """What is measured goes back to its lot; it must be what is missing, or somebody corrects what was used."""
    if returned != draw.remainder:
        given = {
            "drawn": ledger.shown(draw.drawn),
            "used": ledger.shown(draw.used),
            "left": ledger.shown(draw.remainder),
        }
        sentence = _("Drawn %(drawn)s − used %(used)s = %(left)s. Measure again, or let a lead correct what was used.")
        raise Refused("returned", sentence % given, "HAZ-07")
    draw.returned, draw.returned_at, draw.receiver_id = returned, by.at, by.id
    ledger.move(draw.lot, Kind.RETURNED, returned, by=by, draw=draw)


@operation(
    Project, label=_("Permit another department"), form=forms.PermitForm, creates=Permit, clauses=["HAZ-09"],
    icon="signature",
)  # fmt: skip
def permit(project: Project, *, by: Actor, **given: Any) -> Permit:
    """A supervisor allows one draw by one person of another department; without it nothing leaves."""
    return Permit.objects.create(project=project, granter_id=by.id, granted_at=by.at, **given)
