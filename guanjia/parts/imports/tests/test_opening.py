"""Files that people really send: every encoding and writing is read, everything dangerous is refused in a sentence."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from guanjia.parts.imports import mapping, opening, separated, values
from guanjia.parts.imports.kinds import registry
from guanjia.parts.imports.opening import Sheet, Unreadable, open_file

from .files import HEAD, ROWS, book_of, csv_of

TABLE = [HEAD, *ROWS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_any_of_the_usual_writings(encoding: str, separator: str) -> None:
    sheet = open_file(csv_of(TABLE, encoding=encoding, separator=separator), "x.csv")[0]
    assert sheet.rows == TABLE


def test_a_workbook_is_read_with_its_sheets() -> None:
    sheets = open_file(book_of({"房屋": TABLE, "空": []}), "x.xlsx")
    assert [s.name for s in sheets] == ["房屋"] and sheets[0].rows == TABLE


def test_a_quoted_cell_keeps_its_separator_and_its_line_break() -> None:
    rows = separated.read(b'a,b\r\n"1,2","x\ny"\r\n')
    assert rows == [["a", "b"], ["1,2", "x\ny"]]


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


BOMB = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (100 << 20)})
LYING = bytearray(zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"<row/>" * 200_000}))
FAR = zipped(
    {
        "xl/workbook.xml": b"<x/>",
        "xl/worksheets/sheet1.xml": b'<c r="A1" t="n"><v>1</v></c><c r="XFD1048576"><v>1</v></c>',
    }
)
LONG = zipped(
    {
        "xl/workbook.xml": b"<x/>",
        "xl/worksheets/sheet1.xml": b"".join(
            b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_001)
        ),
    }
)
LAUGHS = zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'})
WORD = zipped({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"})
BINARY = zipped({"xl/workbook.bin": b"x"})
ENCRYPTED = opening._OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100


def _lie() -> bytes:
    """The size in the directory says less than there is."""
    content = bytes(LYING)
    true = (1_200_000).to_bytes(4, "little")
    assert true in content
    return content.replace(true, (1000).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"), (b"   \r\n ", "empty"), (b"%PDF-1.7 x", "not a table"), (b"\x89PNG\r\n\x1a\n", "not a table"),
        (b"<!DOCTYPE html><table>", "not a table"), (b"MZ\x90\x00", "not a table"), (b"a\x00b\x00c" * 10, "not a table"),
        (BOMB, "without measure"), (_lie(), "damaged"), (FAR, "reaches beyond"), (LONG, "reaches beyond"),
        (LAUGHS, "no spreadsheet needs"), (WORD, "not a workbook"), (BINARY, "xlsb"), (ENCRYPTED, "password"),
        (b"PK\x03\x04 cut off", "damaged"), (opening._OLE + b"x" * 2000, "damaged"), (b"\xff\xfe\x00", "characters"),
        (b"a,b\n" * (opening.MOST_ROWS + 1), "reaches beyond"), (b'a,b\n"' + b"x" * 40_000, "quotation"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        with pytest.raises(Unreadable) as refused:
            open_file(content, "x")
        assert says in str(refused.value.sentence)


def test_too_large_a_file_is_refused_before_it_is_looked_into() -> None:
    with pytest.raises(Unreadable):
        opening.glance(b"x" * (opening.MOST_BYTES + 1))


def test_a_formula_is_known_by_its_sheet_row_and_column() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sums, sheet = book.add_worksheet("合计 & 汇总"), book.add_worksheet("房屋")
    sums.write_formula(4, 2, "=SUM(房屋!A1:A9)", None, 12)
    sheet.write_row(0, 0, ["楼栋", "房号"])
    sheet.write_formula(1, 0, "=2+1", None, 3)
    sheet.write_formula(30_000, 1, '=HYPERLINK("http://x","1201")', None, "1201")
    book.close()
    first, found = open_file(out.getvalue(), "x.xlsx")
    assert first.formulas == {(5, 2)} and found.formulas == {(2, 0), (30_001, 1)}


def test_a_sheet_of_formulas_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter

    monkeypatch.setattr(opening, "MOST_FORMULAS", 10)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for row in range(11):
        sheet.write_formula(row, 0, "=1", None, 1)
    book.close()
    with pytest.raises(Unreadable):
        open_file(out.getvalue(), "x.xlsx")


# -- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["2021/3/5", "2021-03-05", "2021.3.5", "2021年3月5日", "20210305", "二〇二一年三月五日", "44260", 44260.0,
     "2021-03-05 10:24:00", dt.date(2021, 3, 5), dt.datetime(2021, 3, 5, 9, 0), "２０２１／３／５"],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_writing(written: object) -> None:
    assert values.day(written) == dt.date(2021, 3, 5)


@pytest.mark.parametrize(
    "written", ["5/3/2021", "2021年13月5日", "2021-02-30", "昨天", "3021-01-01", "=TODAY()", "#REF!"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        values.day(written)


def test_a_number_that_excel_has_cut_is_refused_and_one_kept_as_text_is_not() -> None:
    assert values.digits("110101199003070011") == "110101199003070011"
    for cut in (1.10101199003070e17, "1.10101E+17"):
        with pytest.raises(ValidationError):
            values.digits(cut)


@pytest.mark.parametrize(
    ("written", "found"), [("89.5㎡", "89.5"), ("1,200.5 平方米", "1200.5"), (90.0, "90"), ("89.5m2", "89.5")]
)
def test_an_area_is_read_with_its_unit(written: object, found: str) -> None:
    assert values.area(written) == Decimal(found)


@pytest.mark.parametrize("written", ["大约90", "-5", "1e9999", "=1+1"])
def test_what_is_no_area_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        values.area(written)


@pytest.mark.parametrize("written", ["=cmd|' /C calc'!A0", "@SUM(1)", "+HYPERLINK(1)", "＝1+1"])
def test_what_begins_like_a_formula_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        values.plain(written)


# -- headings --------------------------------------------------------------------------------------------------------


def test_two_rows_of_headings_are_refused() -> None:
    with pytest.raises(Unreadable):
        mapping.map_sheets(registry["homes"], [Sheet("1", [HEAD, HEAD, *ROWS])], {})


def test_a_title_above_the_headings_is_passed_over() -> None:
    how = mapping.map_sheets(registry["homes"], [Sheet("1", [["青禾花园房屋台账"], [], *TABLE])], {})[0]
    assert how.row == 3 and how.columns[2] == "room"


def test_a_file_without_headings_is_refused() -> None:
    with pytest.raises(Unreadable):
        mapping.map_sheets(registry["homes"], [Sheet("1", [list(r) for r in ROWS])], {})


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(range(len(HEAD))),
    st.lists(st.text(max_size=12), max_size=4),
    st.sampled_from(["", "*", " ", "（必填）", "："]),
)
def test_headings_are_guessed_alike_in_any_order_with_any_marks(
    order: list[int], strange: list[str], mark: str
) -> None:
    kind = registry["homes"]
    plain = mapping.guess(kind, HEAD, {})
    headings = [HEAD[i] + mark for i in order] + ["备注"] * len(strange)
    found = mapping.guess(kind, headings, {})
    assert {HEAD[order[i]]: key for i, key in found.items() if i < len(HEAD)} == {HEAD[i]: k for i, k in plain.items()}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(max_size=30), max_size=12),
    st.dictionaries(st.text(max_size=8), st.sampled_from(["name", "room", "", "gone"]), max_size=4),
)
def test_no_heading_is_ever_guessed_to_hold_what_another_holds(headings: list[str], kept: dict[str, str]) -> None:
    found = mapping.guess(registry["homes"], headings, kept)
    assert len(set(found.values())) == len(found) and all(0 <= i < len(headings) for i in found)
    assert set(found.values()) <= {c.key for c in registry["homes"].columns}


def test_what_was_decided_before_wins_over_the_guess() -> None:
    found = mapping.guess(registry["homes"], ["楼栋", "房号", "姓名"], {"姓名": "", "房号": "unit"})
    assert found == {0: "building", 1: "unit"}


TEMPLATES = Path("/work/shared/data/import-templates")


@pytest.mark.skipif(not TEMPLATES.exists(), reason="the templates of other systems are not here")
@pytest.mark.parametrize(
    ("name", "sheets"),
    [("microcommunity-hc", 3), ("microcommunity-wy", 3), ("microcommunity-hc20200610", 3), ("microcommunity-importRoom", 1),
     ("condo-property-en", 1), ("condo-contact-en", 1)],
)  # fmt: skip
def test_the_templates_of_other_systems_are_understood(name: str, sheets: int) -> None:
    found = open_file((TEMPLATES / f"{name}.xlsx").read_bytes(), name)
    assert sum(1 for one in mapping.map_sheets(registry["homes"], found, {}) if one.row) == sheets


@pytest.mark.skipif(not TEMPLATES.exists(), reason="the templates of other systems are not here")
@pytest.mark.parametrize("name", ["microcommunity-importResourceStore", "microcommunity-importFeeDetail"])
def test_a_file_of_something_else_is_refused(name: str) -> None:
    found = open_file((TEMPLATES / f"{name}.xlsx").read_bytes(), name)
    with pytest.raises(Unreadable):
        mapping.map_sheets(registry["homes"], found, {})
