"""What documents there are, which a file must hold, how secret they are and how long they are kept: from the Book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from django.utils.functional import lazy

from guanjia import book
from guanjia.kernel.languages import said

_said = lazy(said, str)
OWNER, TENANT, OTHER = "owner", "tenant", "other"
FORMS = {OWNER: "F-OWNER-FILE", TENANT: "F-TENANT-FILE"}
# The paper behind each line of a file, whose keeping time is the document's.
PAPERS = {
    "movein_notice": "F-MOVEIN", "prelim_agreement": "F-PRELIM", "owner_info": "F-OWNER-INFO",
    "interim_covenant": "F-COVENANT", "renovation_agreement": "F-REN-AGREEMENT", "fire_pledge": "F-FIRE-PLEDGE",
    "inspection_record": "F-INSPECT", "agency_agreement": "F-LEASE-AGENCY", "lease": "F-LEASE",
    "settlement": "F-SETTLE",
}  # fmt: skip
# Papers about the person: never less than confidential, whatever somebody ticks (ARC-05).
OF_A_PERSON = ("id_copy", "owner_info", "licence_copy")
ENGLISH = {
    "id_copy": "Copy of the identity card", "movein_notice": "Move-in notice",
    "prelim_agreement": "Preliminary service agreement", "owner_info": "Owner information form",
    "interim_covenant": "Interim owners' covenant", "renovation_agreement": "Renovation agreement",
    "fire_pledge": "Fire-safety pledge", "inspection_record": "Handover inspection record",
    "agency_agreement": "Lease agency agreement and mandate", "licence_copy": "Copy of the business licence",
    "lease": "Lease", "settlement": "Initial fee settlement", "others": "Other papers to keep",
}  # fmt: skip
YEARS = re.compile(r"P(\d+)Y$")


@dataclass(frozen=True)
class Paper:
    """One kind of document of a kind of file."""

    key: str
    zh: str
    is_required: bool
    basis: str  # whose word the keeping time is: a document's, or our proposal
    months: int | None  # kept so long after the file ends; None: for good

    @property
    def name(self) -> str:
        return said(self.zh, ENGLISH.get(self.key, self.zh))


@cache
def papers(kind: str) -> tuple[Paper, ...]:
    """The documents that a file of this kind is to hold, in the order of the Book; the centre's own files name none."""
    if kind not in FORMS:
        return ()
    form = book.form(FORMS[kind])
    # The owner file names eight documents, all of them to be there (ARC-01); the tenant's says itself which.
    return tuple(
        Paper(f.key, f.name, kind == OWNER or f.is_required, _basis(f.key, form), _months(f.key, form))
        for f in form.fields
        if f.type == "file"
    )


def _basis(key: str, form: book.Form) -> str:
    source = book.form(PAPERS[key]) if key in PAPERS else form
    return source.name


def _months(key: str, form: book.Form) -> int | None:
    match = YEARS.search((book.form(PAPERS[key]) if key in PAPERS else form).retention)
    return int(match[1]) * 12 if match else None


def choices() -> list[tuple[str, object]]:
    """Every kind of document once, and what fits none."""
    found: dict[str, object] = {}
    for paper in (p for kind in FORMS for p in papers(kind)):
        found.setdefault(paper.key, _said(paper.zh, ENGLISH.get(paper.key, paper.zh)))
    return [*found.items(), ("paper", _said("其他资料", "Another paper"))]


def months_of(file_kind: str, key: str) -> int | None:
    """How long a document of a file is kept after the file ends; None for good."""
    return next((p.months for p in papers(file_kind) if p.key == key), None)
