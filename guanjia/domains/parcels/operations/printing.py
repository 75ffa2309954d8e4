"""Papers: the sheets are made by `papers`; that they left the printer stands in the journal."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.parts.papers.asking import SpanForm
from guanjia.people.models import Consent, Resident
from guanjia.places.models import Project

from ..models import Parcel, State

LONGEST = timedelta(days=31)


class MonthForm(SpanForm):
    longest = 31


def is_taken_in(parcel: Parcel) -> bool:
    """Waits here under a code."""
    return bool(parcel.code) and parcel.state == State.WAITING


def is_of_parcels(consent: Consent) -> bool:
    """The agreement to parcels being taken in."""
    return bool(consent.purpose == Consent.Purpose.PARCELS)


@operation(Parcel, label=_("Print label"), clauses=["PAR-02"], when=is_taken_in, icon="printer")
def print_label(parcel: Parcel, *, by: Actor) -> None:
    """Who printed it and when; nothing of the parcel changes."""


@operation(Parcel, label=_("Print record"), clauses=["PAR-05"], icon="printer")
def print_record(parcel: Parcel, *, by: Actor) -> None:
    """Its line of the register, with the signature."""


@operation(Project, label=_("Print parcel register"), form=MonthForm, clauses=["PAR-05"], icon="printer")
def print_register(project: Project, *, by: Actor, since: date, until: date) -> None:
    """Which days left the printer."""


@operation(Resident, label=_("Print consent to sign"), clauses=["PAR-01"], icon="printer")
def print_consent_form(resident: Resident, *, by: Actor) -> None:
    """The agreement with this household's names, to be signed with a pen and then kept on file."""


@operation(Consent, label=_("Print parcel consent"), clauses=["PAR-01"], when=is_of_parcels, icon="printer")
def print_consent(consent: Consent, *, by: Actor) -> None:
    """The household's agreement on paper."""
