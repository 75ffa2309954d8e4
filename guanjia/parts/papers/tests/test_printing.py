"""Official forms: exact titles, every field in its order, who printed when, the clauses, and a code back to the record."""

import io
import shutil
import subprocess
import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from guanjia import book
from guanjia.parts import papers
from guanjia.parts.papers import filling, labels, signing

AT = datetime(2026, 3, 18, 6, 20, tzinfo=UTC)
CN = ZoneInfo("Asia/Shanghai")
ROWS = ("F-PARCEL", "F-KEY-ISSUE", "F-VISITOR")
REPAIR = {
    "reported_at": datetime(2026, 3, 18, 1, 40, tzinfo=UTC),
    "reporter": "沈住客",
    "phone": "139****2046",
    "house": "3 幢 2 单元 1201",
    "location": "主卧顶板",
    "content": "主卧顶板渗水，约两个巴掌大。#[1] $x$ *不是标记*",
    "urgency": "emergency",
    "repair_type": "plumbing",
    "cost": 128640,
    "rework": False,
}
CALL = {
    "called_at": AT,
    "answered_at": AT,
    "caller": "韩住客",
    "phone": "139****2046",
    "topic": "enquiry",
    "content": "问门禁卡怎么补办",
    "handling": "已告知带证件到前台办理",
    "answered_by": "卢同事",
}
FRAME = {"printed_by": "沈同事", "at": AT, "heading": "青禾物业　青禾北苑客户服务中心"}
needs_reader = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def text(pdf):
    made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(made.stdout.decode().split())


@pytest.mark.clause("RPR-01")
@needs_reader
def test_a_repair_order_shows_what_was_recorded():
    found = text(papers.render("F-REPAIR", REPAIR, number="BY-BX20260318-0001", seal="9C4E-71A2", **FRAME))
    for words in (
        "报修登记表",
        "维修工单",
        "2026-03-1809:40",
        "沈住客",
        "主卧顶板渗水",
        "¥1,286.40",
        "维修人员签名",
    ):
        assert words in found, words
    assert "BY-BX20260318-0001" in found and "9C4E-71A2" in found
    assert "#[1]$x$*不是标记*" in found


@pytest.mark.clause("DESK-06")
@needs_reader
def test_a_call_record_shows_its_fields_in_the_order_of_the_form():
    found = text(papers.render("F-CALL", CALL, **FRAME))
    assert "来电接待记录表" in found and "问门禁卡怎么补办" in found and "咨询" in found
    places = [found.index(name) for name in ("来电时间", "接听时间", "来电人", "房号")]
    assert places == sorted(places)


@needs_reader
def test_the_foot_says_which_clauses_who_printed_and_when():
    found = text(papers.render("F-CALL", CALL, address="https://example.org/p/north/calls/1", **FRAME))
    assert "DESK-06" in found and "打印沈同事2026-03-1814:20" in found and "扫右边的码" in found


@needs_reader
def test_a_blank_form_has_all_labels_and_no_values():
    found = text(papers.render("F-REPAIR", REPAIR, blank=True, **FRAME))
    assert "沈住客" not in found
    for field in book.form("F-REPAIR").fields:
        assert field.name in found, field.name


@needs_reader
def test_a_register_prints_many_entries_and_lines_for_the_pen():
    found = text(papers.register("F-CALL", [CALL] * 60, period="2026-03", empty_rows=5, **FRAME))
    assert found.count("问门禁卡怎么补办") == 60 and "共" in found and "65" in found


@pytest.mark.parametrize("form", book.forms(), ids=lambda form: form.id)
def test_every_form_of_the_book_can_be_printed_blank(form):
    assert papers.render(form.id, blank=True, **FRAME).startswith(b"%PDF")


def test_ten_printings_take_less_than_three_seconds():
    papers.render("F-REPAIR", REPAIR, **FRAME)
    began = time.perf_counter()
    for _ in range(10):
        assert papers.render("F-REPAIR", REPAIR, **FRAME).startswith(b"%PDF")
    assert time.perf_counter() - began < 3


def test_the_same_printing_gives_the_same_file():
    assert papers.render("F-CALL", CALL, **FRAME) == papers.render("F-CALL", CALL, **FRAME)


def test_a_field_that_the_form_does_not_have_is_refused():
    with pytest.raises(papers.UnknownField):
        papers.render("F-CALL", CALL | {"id_number": "1"}, **FRAME)


def test_an_unknown_form_is_refused():
    with pytest.raises(book.UnknownEntry):
        papers.render("F-NOTHING", {}, **FRAME)


def test_money_that_is_not_an_integer_of_fen_is_refused():
    with pytest.raises(TypeError):
        papers.render("F-REPAIR", REPAIR | {"cost": 12.5}, **FRAME)


def test_a_register_that_is_too_long_is_refused():
    with pytest.raises(ValueError):
        papers.register("F-CALL", (CALL for _ in range(2001)), **FRAME)


def test_a_short_enumeration_is_ticked_and_a_long_one_written_out():
    fields = {field.key: field for field in book.form("F-REPAIR").fields}
    ticked = filling.cell(fields["urgency"], "emergency", CN)["boxes"]
    assert [box["on"] for box in ticked] == [True, False, False]
    assert filling.cell(fields["repair_type"], "plumbing", CN)["value"] == "给排水"


def test_a_sheet_asks_for_no_signature_twice():
    labels = [line["label"] for line in signing.signatures(book.form("F-MEMO"), {}, CN)]
    assert labels == ["移交人签名", "接替人签名", "客服主管签名"]
    own = signing.signatures(book.form("F-MEMO"), {"sign": ("韩同事", AT)}, CN)
    assert own[0]["name"] == "韩同事", "what was signed in that line is not lost"


def test_who_signed_is_printed_and_who_did_not_stays_open():
    lines = signing.signatures(book.form("F-REPAIR"), {"technician": ("韩同事", AT)}, CN)
    names = {line["label"]: line["name"] for line in lines}
    assert names["维修人员签名"] == "韩同事" and names["前台接待签名"] == ""


def test_yes_and_no_are_words_in_the_line_of_a_register():
    field = book.form("F-SIGNIN").fields[-1]
    assert [filling.written(field, one, CN) for one in (True, False, None)] == ["是", "否", ""]


def test_dates_are_written_in_the_projects_zone():
    field = next(f for f in book.form("F-CALL").fields if f.key == "called_at")
    assert filling.written(field, datetime(2026, 3, 18, 23, 30, tzinfo=UTC), CN) == "2026-03-19 07:30"
    assert filling.written(field, date(2026, 3, 18), CN) == "2026-03-18"


@needs_reader
def test_two_of_one_post_sign_once_each_where_the_form_tells_them_apart():
    signed = {"giver_sign": ("卢同事", AT), "receiver_sign": ("宋同事", AT)}
    found = text(papers.render("F-HANDOVER", {"giver": "甲", "receiver": "乙"}, signed=signed, **FRAME))
    assert found.count("卢同事") == found.count("宋同事") == 1
    assert "交班签字" in found and "接班签字" in found and "客服前台签名" not in found
    assert "客服前台签名" not in text(papers.render("F-HANDOVER", blank=True, **FRAME))


@needs_reader
def test_who_signed_each_row_of_a_register_stands_in_that_row_and_not_below():
    row = {"expected": 12, "counted": 12, "giver_sign": "卢同事", "receiver_sign": "宋同事"}
    found = text(papers.register("F-KEY-HANDOVER", [row], **FRAME))
    assert "卢同事" in found and "宋同事" in found
    assert found.count("交出人签字") == found.count("接收人签字") == 1


@needs_reader
@pytest.mark.parametrize("form", [f for f in book.forms() if f.kind == "register"], ids=lambda form: form.id)
def test_an_empty_register_is_one_page_with_a_column_for_whoever_signs_the_row(form):
    made = papers.blank_register(form.id, zone="Asia/Shanghai", **FRAME)
    assert "第1页，共1页" in text(made)
    assert {field.key for field in form.fields} <= {field.key for field in filling.columns(form)}


def test_who_signs_each_row_is_asked_in_the_row_and_not_below_it():
    below = {form: [line["label"] for line in signing.below(book.form(form), {}, CN)] for form in ROWS}
    assert below == {"F-PARCEL": ["前台接待签名"], "F-KEY-ISSUE": ["客服专员签名"], "F-VISITOR": ["前台接待签名"]}
    assert [field.name for field in filling.columns(book.form("F-VISITOR"))][-1] == "访客签名"
    asked = [line["label"] for line in signing.signatures(book.form("F-PARCEL"), {}, CN)]
    assert asked == ["前台接待签名", "领取签名"], "the sheet of one parcel is signed once by who collects"


def test_the_strokes_of_who_signed_stand_in_the_row():
    drawn = io.BytesIO()
    Image.new("L", (60, 20), 255).save(drawn, "PNG")
    row = {"recipient": "沈住客", "sign": ("沈住客", AT, drawn.getvalue())}
    assert b"/Subtype/Image" in papers.register("F-PARCEL", [row], **FRAME)
    assert b"/Subtype/Image" not in papers.register("F-PARCEL", [row | {"sign": ("沈住客", AT)}], **FRAME)


def test_a_day_is_a_day_where_the_form_asks_for_no_hour():
    field = next(field for field in book.form("F-PARCEL").fields if field.key == "date")
    assert filling.written(field, AT, CN) == "2026-03-18"


@needs_reader
def test_a_label_is_one_page_whatever_is_written_on_it():
    lines = [
        "旅行包一个，内有婴儿用品与一件易碎的瓷器摆件请轻放",
        "12 件　后柜下层左边第二格靠墙的架子最里面",
        "三",
        "四",
    ]
    made = labels.label(code="BY-JC20260318-0001", heading="3 幢 2 单元 1201", lines=lines, at=AT)
    found = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    assert found.count("\f") == 1 and "…" in found and "四" not in found
