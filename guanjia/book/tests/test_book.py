"""The Book is whole: every reference inside it leads somewhere."""

import re
from collections import Counter

import pytest

from guanjia import book
from guanjia.kernel.calendar import parse_duration


def test_the_book_has_its_clauses_forms_and_chapters():
    assert len([c for c in book.clauses() if not c.is_house_rule]) == 432
    assert len(book.forms()) == 130
    assert Counter(entry.kind for entry in book.clauses() if not entry.is_house_rule)["clock"] == 51
    assert sum(len(book.area(chapter.id)) for chapter in book.areas()) == 432 + len(book.area("HOUSE"))


def test_every_clause_has_a_home_a_role_and_known_forms():
    for entry in book.clauses():
        assert book.home(entry.system).zh
        assert all(book.role(name) for name in entry.roles), entry.id
        assert all(book.form(name) for name in entry.forms), entry.id
        assert all(book.role(name) for name in entry.get("by", ())), entry.id


def test_every_form_cites_clauses_and_known_enumerations():
    for entry in book.forms():
        assert entry.clauses and all(book.is_clause(name) for name in entry.clauses), entry.id
        assert len({field.key for field in entry.fields}) == len(entry.fields), entry.id
        assert all(book.enum(field.enum) for field in entry.fields if field.enum), entry.id
        assert all(book.role(name) for name in entry.signatures), entry.id


def test_every_limit_of_a_clock_can_be_read():
    for entry in book.clauses():
        if entry.kind == "clock":
            within = entry["within"]
            assert within.startswith("by ") or re.fullmatch(r"rings:\d", within) or parse_duration(within), entry.id
            assert book.calendar_name(entry["calendar"]), entry.id


def test_a_clause_knows_its_values():
    entry = book.clause("RPR-03")
    assert (entry.kind, entry["within"], entry["calendar"], entry.system) == (
        "clock",
        "PT2H",
        "24x7",
        "repairs",
    )
    assert entry.area == "RPR" and entry.number == 3


def test_enumerations_are_read_with_their_words():
    assert book.enum("urgency_classes")[0][0] == "emergency"
    assert ("market", "楼盘市调报表", "market") in book.enum("report_kinds")


@pytest.mark.parametrize("ask", [book.clause, book.form, book.role, book.home, book.enum, book.area, book.sequence])
def test_what_the_book_does_not_have_is_refused(ask):
    with pytest.raises(book.UnknownEntry):
        ask("NO-99")


def test_the_book_cannot_be_changed_at_run_time():
    with pytest.raises(TypeError):
        book.clause("RPR-03").facts["within"] = "PT9H"
    with pytest.raises(AttributeError):
        book.clause("RPR-03").rule = "—"


def test_every_paper_that_a_record_names_is_one_of_its_forms():
    for entry in book.clauses():
        known = {name for one in entry.forms for name in (book.form(one).name, *book.form(one).aliases)}
        assert set(entry.papers) <= known, entry.id
        assert entry.kind != "record" or entry.papers, entry.id


def test_every_line_of_work_has_a_home_and_what_is_built_stands_where_it_says():
    homes = book.homes().values()
    assert len(homes) == 41 and all(
        home.place.split("/")[0] in ("domains", "parts", "people", "kernel") for home in homes
    )
    assert book.home("repairs").stands and book.home("conduct").stands


def test_ways_in_and_calendars_are_complete():
    ways = {value for value, _zh, _en in book.enum("channels")}
    assert {"phone", "portal", "import", "api", "12345"} <= ways
    assert book.calendar_name("shift") == "当班"
