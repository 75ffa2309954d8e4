"""The archives on paper: directory, index, label, loans, the register of expired files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.parts.papers.asking import SpanForm, span_of, this_month
from guanjia.parts.papers.labels import label
from guanjia.parts.papers.press import Press
from guanjia.places.models import Project
from guanjia.web.sheets import paper

from . import kinds, queries
from .models import ArchiveFile, Destruction, Document, DocumentState


def is_a_households(file: ArchiveFile) -> bool:
    """Of a kind that has an official list of what belongs in it."""
    return file.kind in kinds.FORMS


@paper(ArchiveFile, label=_("Print the directory"), clauses=["ARC-01", "ARC-02"], when=is_a_households)
def print_file(file: ArchiveFile, press: Press) -> bytes:
    """业主档案 or 承租客户档案: what the bag holds, line by line; what is missing stays open."""
    slots = queries.directory(file, file.documents.order_by("id"))
    values: dict[str, Any] = {
        s.paper.key: f"{s.there.number}　{s.there.quantity} 份" for s in slots if s.there is not None
    }
    house = file.house
    if file.kind == kinds.OWNER and house is not None:
        values |= {
            "building": house.building.name, "floor": str(house.floor), "house": house.code, "box": file.position
        }  # fmt: skip
    elif house is not None and file.resident is not None:
        values |= {"house": house.code, "tenant": file.resident.name}
    return press.form(kinds.FORMS[file.kind], file, values)


@paper(ArchiveFile, label=_("Print the list"), clauses=["ARC-08"])
def print_list(file: ArchiveFile, press: Press) -> bytes:
    """档案资料清单 of one file."""
    rows = [
        {
            "file_no": d.number, "house": file.house.code if file.house else "", "document": d.title, "qty": d.quantity,
            "pages": d.pages, "filed_on": d.filed_on, "secrecy": d.secrecy, "storage": d.position,
            "retention": _kept(d),
            "changes": "已销毁" if d.state == DocumentState.DESTROYED else "",
        }
        for d in file.documents.order_by("id")
    ]  # fmt: skip
    return press.table("F-ARC-LIST", file, rows)


def _kept(document: Document) -> str:
    if document.months is None:
        return "永久"
    return document.keep_until.isoformat() if document.keep_until else f"终止后 {document.months // 12} 年"


@paper(ArchiveFile, label=_("Print the label"), clauses=["ARC-03"])
def print_label(file: ArchiveFile, press: Press) -> bytes:
    """The cover's label: building, floor, room (ARC-03), the place, the number as a code. No name."""
    house = file.house
    lines = [f"{house.building.name}　{house.floor} 层　{house.room}" if house else file.title, file.position]
    return label(code=file.number, heading=file.project.name, lines=lines, at=press.by.at)


@paper(
    Project, label=_("Print the loans"), form=SpanForm, clauses=["ARC-07"], back="archives:loans", proposed=this_month
)
def print_loans(project: Project, press: Press, *, since: date, until: date) -> bytes:
    """文件借阅登记表 of these days."""
    rows = queries.loans_of_days(project, press.by, since, until)
    return press.table("F-ARC-LOAN", project, rows, period=span_of(since, until))


@paper(Project, label=_("Print the keeping times"), clauses=["ARC-10"])
def print_retention(project: Project, press: Press) -> bytes:
    """档案保存期限规定: each kind of document of each kind of file, as it holds here."""
    rows = [
        {
            "archive_class": f"{book.form(kinds.FORMS[kind]).name}　{paper.zh}",
            "period": "永久" if paper.months is None else f"{paper.months // 12} 年",
            "starts_from": "归档之日" if paper.months is None else "案卷终止之日", "basis": paper.basis,
        }
        for kind in kinds.FORMS
        for paper in kinds.papers(kind)
    ]  # fmt: skip
    return press.table("F-ARC-RETENTION", project, rows)


@paper(Destruction, label=_("Print the register entry"), clauses=["ARC-11", "ARC-12"])
def print_destruction(entry: Destruction, press: Press) -> bytes:
    """过期文件处理登记表: each document with everybody's name."""
    reviewed, _gap, approved = entry.cleared_by.partition("、")
    shared: dict[str, Any] = {
        "appraisal": entry.appraisal, "filled_by": entry.filler.name, "reviewed_by": reviewed, "approved_by": approved,
        "destroyed_on": entry.destroyed_at, "method": entry.method,
        "witness1": entry.witness_one.name if entry.witness_one else "",
        "witness2": entry.witness_two.name if entry.witness_two else "",
        "content_checked": entry.is_content_checked if entry.destroyed_at else None,
    }  # fmt: skip
    rows = [
        {"file_no": one.document.number, "name": one.document.title, "expired_on": one.document.keep_until, **shared}
        for one in entry.lines.select_related("document").order_by("id")
    ]
    return press.table("F-ARC-DESTROY", entry, rows, signed=_cleared(entry, reviewed, approved))


def _cleared(entry: Destruction, reviewed: str, approved: str) -> dict[str, Any]:
    """Who filled it in, who cleared it, who saw it destroyed: each signed by doing it."""
    signed = {
        "service_supervisor": (entry.filler.name, entry.proposed_at), "service_manager": (reviewed, entry.cleared_at),
        "centre_manager": (approved, entry.cleared_at),
        "witness:1": (entry.witness_one.name if entry.witness_one else "", entry.destroyed_at),
        "witness:2": (entry.witness_two.name if entry.witness_two else "", entry.destroyed_at),
    }  # fmt: skip
    return {role: given for role, given in signed.items() if given[0]}
