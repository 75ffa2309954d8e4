"""What comes: accepted, sorted, or turned away."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.people import queries as people
from guanjia.people.models import Resident
from guanjia.places.models import House, Project

from .. import queries
from ..forms import AcceptForm, MailForm, TurnAwayForm
from ..models import Parcel, Reason, Sort, State

DIGITS = 6
# What is missing may be found again, and keeps its code and number.
HERE = (State.WAITING, State.LOST)


def _code(project: Project) -> str:
    """A code that nobody else waits with. The series of numbers is locked by now: no two are drawn at once."""
    taken = set(Parcel.objects.filter(project=project, state__in=HERE).values_list("code", flat=True))
    while (code := f"{secrets.randbelow(9 * 10 ** (DIGITS - 1)) + 10 ** (DIGITS - 1)}") in taken:
        continue
    return code


def _number(project: Project, by: Actor) -> str:
    return numbering.daily(project, "KD", by.at)


def _home(resident: Resident, house: House | None, by: Actor) -> House:
    """Where somebody lives. Raises Refused where that is not one house, or not theirs."""
    if house is None:
        house = queries.home_of(resident, by.at)
        if house is None:
            raise Refused("house", _("Choose the house: they live in several, or in none."), "PAR-03")
    elif all(one.house_id != house.pk for one in people.homes_of(resident, by.at)):
        raise Refused("house", _("They do not live there: return it to the courier."), "PAR-03")
    return house


def _is_here(project: Project, tracking: str) -> None:
    if tracking and Parcel.objects.filter(project=project, state__in=HERE, tracking=tracking).exists():
        raise Refused("tracking", _("This waybill lies here already."))


@operation(
    Project, label=_("Accept a parcel"), form=AcceptForm, creates=Parcel, icon="package",
    clauses=["PAR-01", "PAR-02", "PAR-03", "PAR-04", "PAR-05", "PAR-07"],
)  # fmt: skip
def accept(
    project: Project, *, by: Actor, resident: Resident, house: House | None, addressee: str, carrier: str,
    tracking: str, postage: str, confirmed: bool, intact: bool, position: str, photos: list[Any],
) -> Parcel:  # fmt: skip
    """Signed for on behalf of a household. Raises Refused for each of what the Book wants first."""
    if postage == "due":
        raise Refused("postage", _("We never pay for a resident: return it, or let them pay the courier."), "PAR-07")
    home = _home(resident, house, by)
    if queries.consent_of(home, by.at) is None:
        raise Refused("resident", _("No written consent of this household is on file."), "PAR-01")
    if not confirmed:
        raise Refused("confirmed", _("Ring the recipient while the courier waits; otherwise return it."), "PAR-03")
    if not intact:
        raise Refused("intact", _("Opened or damaged: tell the recipient and return it."), "PAR-04")
    _is_here(project, tracking)
    parcel = Parcel.objects.create(
        project=project, number=_number(project, by), resident=resident, house=home,
        addressee=addressee or resident.name, carrier=carrier, tracking=tracking, position=position, keeper_id=by.id,
        came_at=by.at, confirmed_at=by.at, moved_at=by.at, code=_code(project),
    )  # fmt: skip
    files.keep(parcel, photos, "reported", by=by)
    return parcel


@operation(
    Project, label=_("Register letters and papers"), form=MailForm, creates=Parcel, clauses=["PAR-05", "PAR-08"],
    icon="mail",
)  # fmt: skip
def receive_mail(
    project: Project, *, by: Actor, sort: str, pieces: int, tracking: str, resident: Resident | None,
    photos: list[Any], **given: Any,
) -> Parcel:  # fmt: skip
    """Into the pigeonhole of its unit; a registered letter waits for a signature like a parcel."""
    _is_here(project, tracking)
    number = _number(project, by)
    mail = Parcel.objects.create(
        project=project, number=number, sort=sort, quantity=pieces, tracking=tracking, resident=resident,
        keeper_id=by.id, came_at=by.at, moved_at=by.at, code=_code(project) if sort == Sort.SIGNED else "", **given,
    )  # fmt: skip
    files.keep(mail, photos, "reported", by=by)
    return mail


@operation(
    Project, label=_("Turn a delivery away"), form=TurnAwayForm, creates=Parcel, clauses=["PAR-03", "PAR-04", "PAR-07"],
    icon="arrow-back-up",
)  # fmt: skip
def turn_away(
    project: Project, *, by: Actor, resident: Resident | None, house: House | None, addressee: str, reason: str,
    told: bool, photos: list[Any], **given: Any,
) -> Parcel:  # fmt: skip
    """It goes back with the courier; why, and whether the recipient knows, stays on record."""
    home = house or (queries.home_of(resident, by.at) if resident else None)
    parcel = Parcel.objects.create(
        project=project, number=_number(project, by), resident=resident, house=home, keeper_id=by.id, came_at=by.at,
        addressee=addressee or (resident.name if resident else ""), refusal=reason, state=State.TURNED_AWAY,
        is_intact=reason not in (Reason.DAMAGED, Reason.OPENED), told_at=by.at if told else None, moved_at=by.at,
        **given,
    )  # fmt: skip
    files.keep(parcel, photos, "reported", by=by)
    return parcel
