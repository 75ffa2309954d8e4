"""What holds for every kind of file: encodings, workbooks old and new, refusals, who knows of it, the way back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from guanjia.domains.keys.models import Cabinet, Key
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.imports import operations, report
from guanjia.parts.imports.kinds import registry
from guanjia.parts.imports.mapping import map_sheets
from guanjia.parts.imports.models import Import, State
from guanjia.parts.imports.opening import open_file
from guanjia.people.models import Account, Employee, Posting, Resident
from guanjia.people.tests.cast import Community
from guanjia.places.models import House

from .files import KINDS, at_the_office, bring, csv_of, send, sentences, take_back
from .test_opening import BOMB, ENCRYPTED, FAR, LONG

pytestmark = pytest.mark.django_db
OLD = Path(__file__).with_name("company.xls")
TABLES = {"homes": (House, Resident), "staff": (Employee, Account, Posting), "keys": (Key,)}
each_kind = pytest.mark.parametrize("kind", list(KINDS))


@pytest.fixture
def moved_in(north: Community) -> Community:
    """A project that keeps keys in a cabinet, and somebody of human resources."""
    Cabinet.objects.create(project=north.project, name="A 柜", place="前台", rows=2, slots=3)
    return at_the_office(north)


def counted(kind: str) -> list[int]:
    return [model._base_manager.count() for model in TABLES[kind]]


def with_formula(table: list[list[Any]]) -> bytes:
    """The last cell of the first row is made by a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(table):
        sheet.write_row(at, 0, row)
    sheet.write_formula(1, 0, '=CONCATENATE("x")', None, table[1][0])
    book.close()
    return out.getvalue()


def test_every_kind_that_is_declared_has_its_table_here() -> None:
    assert set(registry) == set(KINDS)


@each_kind
def test_a_kind_comes_in_is_the_same_again_and_goes_back(moved_in: Community, kind: str) -> None:
    who, table = KINDS[kind]
    before = counted(kind)
    one = send(moved_in, csv_of(table, encoding="gb18030"), who=who, kind=kind)
    assert one.state == State.READ and one.counts["wrong"] == 0, (one.sentence, sentences(one))
    assert counted(kind) == before
    bring(moved_in, one, who)
    assert one.state == State.DONE, one.sentence
    came = counted(kind)
    assert all(now > then for now, then in zip(came, before, strict=True))

    again = send(moved_in, csv_of(table, encoding="utf-8-sig"), "again.csv", who, kind)
    assert again.counts["new"] == 0 and again.counts["wrong"] == 0, sentences(again)
    with pytest.raises(Refused):
        operations.commit(again, by=moved_in.by(who))
    assert counted(kind) == came

    take_back(moved_in, one, who)
    assert one.state == State.REVERSED, one.sentence
    assert counted(kind) == before


@each_kind
def test_an_old_workbook_is_read_sheet_by_sheet_as_its_kind(moved_in: Community, kind: str) -> None:
    who, _table = KINDS[kind]
    one = send(moved_in, OLD.read_bytes(), "company.xls", who, kind)
    assert one.state == State.READ, one.sentence
    assert (one.counts["rows"], one.counts["wrong"]) == (3, 0), sentences(one)
    assert sum(1 for how in one.mapping if how["row"]) == 1
    assert bring(moved_in, one, who).state == State.DONE


@each_kind
@pytest.mark.parametrize(
    ("content", "says"), [(BOMB, "without measure"), (LONG, "reaches beyond"), (FAR, "reaches beyond"), (ENCRYPTED, "password")]
)  # fmt: skip
def test_a_dangerous_file_of_any_kind_is_refused_in_a_sentence(
    moved_in: Community, kind: str, content: bytes, says: str
) -> None:
    who, _table = KINDS[kind]
    Account.objects.update(language="en")
    with translation.override("en"):
        one = send(moved_in, content, "x.xlsx", who, kind)
    assert one.state == State.REFUSED and says in one.sentence
    with pytest.raises(Conflict):
        operations.commit(one, by=moved_in.by(who))


@each_kind
def test_a_formula_and_text_like_one_are_refused(moved_in: Community, kind: str) -> None:
    who, table = KINDS[kind]
    one = send(moved_in, with_formula(table), "x.xlsx", who, kind)
    assert one.counts["wrong"] == 1 and "公式" in " ".join(sentences(one))
    evil = [table[0], ["=cmd|' /C calc'!A0", *table[1][1:]]]
    assert send(moved_in, csv_of(evil), "y.csv", who, kind).counts["wrong"] == 1


@each_kind
def test_the_template_of_a_kind_reads_back_as_its_own_headings_and_examples(moved_in: Community, kind: str) -> None:
    content = report.template_book(registry[kind])
    maps = {m.name: m for m in map_sheets(registry[kind], open_file(content, "t.xlsx"), {})}
    for name, keys, examples in registry[kind].template:
        assert tuple(maps[name].columns[i] for i in range(len(keys))) == keys
        for row in examples:
            for key, cell in zip(keys, row, strict=True):
                column = registry[kind].column(key)
                assert column and (not cell or column.parse(cell) is not None)
    assert not maps["填写说明"].row


@pytest.mark.parametrize(
    ("kind", "who"),
    [("staff", "administrator"), ("staff", "manager"), ("keys", "receptionist"), ("keys", "office_hr"),
     ("homes", "hr"), ("homes", "office_hr")],
)  # fmt: skip
def test_who_has_no_right_to_a_kind_sends_none_and_knows_of_none(moved_in: Community, kind: str, who: str) -> None:
    sender, table = KINDS[kind]
    one = send(moved_in, csv_of(table), who=sender, kind=kind)
    by = moved_in.by(who)
    assert not Import.visible_to(by).filter(pk=one.pk).exists()
    with pytest.raises((Forbidden, Unknown)):
        operations.commit.submit(one, by=by, data={})
    data = {"kind": kind, "file": SimpleUploadedFile("x.csv", csv_of(table))}
    with pytest.raises((Forbidden, Refused, Unknown)):
        operations.upload.submit(one.project, by=by, data=data)
    assert Import.objects.count() == 1
