"""The label on a parcel, its line of the register, the register of some days, and the consent of a household."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.custody import queries as custody
from guanjia.parts.files import queries as files
from guanjia.parts.papers import labels
from guanjia.parts.papers.records import heading, on_paper, seal_of
from guanjia.people import queries as people
from guanjia.people.models import Consent, Resident
from guanjia.places.models import Project
from guanjia.web.words import masked

from .models import Parcel, Sort

FORM, CONSENT = "F-PARCEL", "F-PARCEL-CONSENT"
SCOPE = "同意服务中心在本户不便时代收快递、包裹；代收前当面来电确认，外包装有破损或已拆封的不代收并告知本户。"
DISCLAIMER = "服务中心只核对外包装，不开箱验货；到付件及一切邮资由本户自付；本同意可随时书面撤回。"


@on_paper
def label(parcel: Parcel) -> bytes:
    """What is stuck on it: the code, the house, the place; scanned at the counter. No full name, no number."""
    return labels.label(
        code=parcel.code, heading=parcel.house.title if parcel.house else "",
        lines=[f"{parcel.addressee[:1]}**　{parcel.carrier}", f"位置 {parcel.position}", parcel.number],
        at=parcel.came_at,
    )  # fmt: skip


@on_paper
def record(parcel: Parcel, *, by: Actor, address: str = "") -> bytes:
    """One line of the register as a sheet, with the signature that was given for it."""
    return papers.render(
        FORM, values(parcel), printed_by=by.name, at=by.at, heading=heading(parcel.project), number=parcel.number,
        seal=seal_of(parcel), address=address, signed=_signed(parcel), zone=parcel.project.zone,
    )  # fmt: skip


@on_paper
def register(project: Project, parcels: Iterable[Parcel], *, by: Actor, period: str) -> bytes:
    """Some days of the register, each line with the signature it was handed over against."""
    rows = list(parcels)
    signed = _collected(rows)
    return papers.register(
        FORM, [values(one) | signed.get(one.pk, {}) for one in rows], printed_by=by.name, at=by.at,
        heading=heading(project), period=period, zone=project.zone,
    )  # fmt: skip


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


def _agreement(resident: Resident, by: Actor) -> dict[str, Any]:
    homes = [one.house.title for one in people.homes_of(resident, by.at)]
    said = "、".join(dict.fromkeys(homes))
    return {"house": said, "resident": resident.name, "scope": SCOPE, "disclaimer": DISCLAIMER}


@on_paper
def consent_form(resident: Resident, *, by: Actor) -> bytes:
    """The agreement to be signed: the household is filled in, day and signature are open."""
    return papers.render(
        CONSENT, _agreement(resident, by), printed_by=by.name, at=by.at, heading=heading(resident.project),
        zone=resident.project.zone,
    )  # fmt: skip


@on_paper
def consent(given: Consent, *, by: Actor, address: str = "") -> bytes:
    """The agreement of a household as it was given."""
    told = {**_agreement(given.resident, by), "signed_on": given.given_at, "revoked_on": given.withdrawn_at}
    return papers.render(
        CONSENT, told, printed_by=by.name, at=by.at, heading=heading(given.project), address=address,
        seal=seal_of(given), zone=given.project.zone,
    )  # fmt: skip
