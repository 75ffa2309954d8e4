"""The label on a parcel, its line of the register, the register of some days, and the consent of a household."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.custody import queries as custody
from guanjia.parts.files import queries as files
from guanjia.parts.papers.asking import SpanForm, span_of, today
from guanjia.parts.papers.labels import label
from guanjia.parts.papers.press import Press
from guanjia.people import queries as people
from guanjia.people.models import Consent, Resident
from guanjia.places.models import Project
from guanjia.web.sheets import paper
from guanjia.web.words import masked

from . import queries
from .models import Parcel, Sort, State

SCOPE = "同意服务中心在本户不便时代收快递、包裹；代收前当面来电确认，外包装有破损或已拆封的不代收并告知本户。"
DISCLAIMER = "服务中心只核对外包装，不开箱验货；到付件及一切邮资由本户自付；本同意可随时书面撤回。"


class MonthForm(SpanForm):
    longest = 31


def is_taken_in(parcel: Parcel) -> bool:
    """Waits here under a code."""
    return bool(parcel.code) and parcel.state == State.WAITING


@paper(Parcel, label=_("Print label"), clauses=["PAR-02"], when=is_taken_in)
def print_label(parcel: Parcel, press: Press) -> bytes:
    """What is stuck on it: the code, the house, the place; scanned at the counter. No full name, no number."""
    return label(
        code=parcel.code, heading=parcel.house.title if parcel.house else "",
        lines=[f"{parcel.addressee[:1]}**　{parcel.carrier}", f"位置 {parcel.position}", parcel.number],
        at=parcel.came_at,
    )  # fmt: skip


@paper(Parcel, label=_("Print record"), clauses=["PAR-05"])
def print_record(parcel: Parcel, press: Press) -> bytes:
    """One line of the register as a sheet, with the signature that was given for it."""
    return press.form("F-PARCEL", parcel, values(parcel), signed=_signed(parcel))


@paper(
    Project, label=_("Print parcel register"), form=MonthForm, clauses=["PAR-05"], back="parcels:list", proposed=today
)
def print_register(project: Project, press: Press, *, since: date, until: date) -> bytes:
    """Some days of the register, each line with the signature it was handed over against."""
    rows = list(queries.of_days(project, press.by, since, until))
    signed = _collected(rows)
    lines = [values(one) | signed.get(one.pk, {}) for one in rows]
    return press.table("F-PARCEL", project, lines, period=span_of(since, until))


def values(parcel: Parcel) -> dict[str, Any]:
    """The fields of the form; numbers stay masked on paper."""
    came = parcel.sort in (Sort.PARCEL, Sort.SIGNED)
    return {
        "date": parcel.came_at,
        "recipient": parcel.addressee,
        "unit_no": parcel.house.code if parcel.house else "",
        "address": parcel.house.title if parcel.house else "",
        "phone": masked(parcel.resident.phone) if parcel.resident else "",
        "photo": "见原记录" if came else "",
        "confirmed_at": parcel.confirmed_at,
        "intact": parcel.is_intact,
        "storage": parcel.position or parcel.get_refusal_display(),
        "recorded_by": parcel.keeper.name,
        "collected_at": parcel.collected_at,
    }


def _signed(parcel: Parcel) -> dict[str, tuple[Any, ...]]:
    return {"receptionist": (parcel.keeper.name, parcel.came_at), **_collected([parcel]).get(parcel.pk, {})}


def _collected(parcels: Iterable[Parcel]) -> dict[int, dict[str, tuple[Any, ...]]]:
    """Who collected each, when, with the strokes."""
    gone = {one.pk: one for one in parcels if one.collected_at}
    handouts = custody.latest_of(gone.values())
    strokes = files.signatures_of(handouts.values())
    return {
        pk: {"sign": (one.holder, gone[pk].collected_at, *map(files.content, strokes.get(one.pk, [])[:1]))}
        for pk, one in handouts.items()
    }


def _agreement(resident: Resident, press: Press) -> dict[str, Any]:
    homes = [one.house.title for one in people.homes_of(resident, press.by.at)]
    said = "、".join(dict.fromkeys(homes))
    return {"house": said, "resident": resident.name, "scope": SCOPE, "disclaimer": DISCLAIMER}


@paper(Resident, label=_("Print consent to sign"), clauses=["PAR-01"])
def print_consent_form(resident: Resident, press: Press) -> bytes:
    """The agreement to be signed: the household is filled in, day and signature are open."""
    return press.blank("F-PARCEL-CONSENT", resident, _agreement(resident, press))


def is_of_parcels(consent: Consent) -> bool:
    """The agreement to parcels being taken in."""
    return bool(consent.purpose == Consent.Purpose.PARCELS)


@paper(Consent, label=_("Print parcel consent"), clauses=["PAR-01"], when=is_of_parcels)
def print_consent(consent: Consent, press: Press) -> bytes:
    """The agreement of a household as it was given."""
    told = {"signed_on": consent.given_at, "revoked_on": consent.withdrawn_at}
    return press.form("F-PARCEL-CONSENT", consent, _agreement(consent.resident, press) | told)
