"""Requests of another system, row by row, through the real intake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from guanjia.config.importing import HERE, bringing, tables
from guanjia.kernel.models import Event
from guanjia.parts.casework import figures
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
HEAD = "NO,WHEN,WHAT,LIMIT,DONE,REPLY,TYPE\n"
MAPPING = """
at: WHEN
number: "{NO}"
content: "{WHAT}"
due: LIMIT
closed: {at: DONE, text: "{REPLY}"}
repairs: {column: TYPE, words: {漏水: [plumbing, leak]}}
"""


@pytest.fixture
def mapping(tmp_path: Path) -> tables.MappingOf:
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return tables.mapping_of(path)


def brought(north: Community, mapping: tables.MappingOf, tmp_path: Path, text: str) -> bringing.Tally:
    path = tmp_path / "t.csv"
    path.write_bytes((HEAD + text).encode("gb18030"))
    return bringing.bring(north.project, mapping, tables.rows_of(path))


def test_a_closed_row_comes_in_answered_at_its_own_time(
    north: Community, mapping: tables.MappingOf, tmp_path: Path
) -> None:
    tally = brought(
        north, mapping, tmp_path, "7,2018-07-04 17:24:41,路灯不亮,2018-07-06 00:00,2018-07-05 09:00,已修复,\n"
    )
    assert (tally.made, tally.closed, tally.errors) == (1, 1, [])
    case = Case.objects.get(project=north.project, outside_number="7")
    assert case.reported_at == datetime(2018, 7, 4, 9, 24, 41, tzinfo=UTC) and case.state == "closed"
    assert case.outside_reply == "已修复" and case.closed_at == datetime(2018, 7, 5, 1, tzinfo=UTC)
    assert Clock.objects.get(project=north.project, subject_id=case.pk, clause_id="CASE-12").state == Clock.State.MET
    assert all(Event.objects.filter(project=north.project, subject_label="case").values_list("is_late", flat=True))


def test_what_is_only_said_to_be_closed_counts_in_no_figure_of_the_day_it_is_brought_in(
    north: Community, mapping: tables.MappingOf, tmp_path: Path
) -> None:
    marked = replace(mapping, closed={"at": "DONE", "text": "{REPLY}", "marks": {"TYPE": ["1"]}})
    brought(north, marked, tmp_path, "7,2018-07-04 17:24:41,路灯不亮,2018-07-06 00:00,,原系统已结案,1\n")
    case = Case.objects.get(project=north.project, outside_number="7")
    assert case.state == "closed" and case.closed_at == case.reported_at
    assert figures.ended_today(Case.objects.filter(project=north.project), timezone.now()) == 0
    assert not Clock.objects.filter(project=north.project, subject_label="case", subject_id=case.pk).exists()


def test_work_that_is_still_open_comes_in_as_a_repair(
    north: Community, mapping: tables.MappingOf, tmp_path: Path
) -> None:
    brought(north, mapping, tmp_path, "8,2018-07-04 17:24:41,楼道漏水,,,,漏水\n")
    assert Case.objects.get(project=north.project, outside_number="8").kind == Case.Kind.REPAIR


def test_every_row_ends_as_a_case_or_as_an_error(north: Community, mapping: tables.MappingOf, tmp_path: Path) -> None:
    text = "1,2018-07-04,一,,,,\n2,昨天,二,,,,\n,2018-07-04,三,,,,\n4,2018-07-04,,,,,\n5,2999-01-01,五,,,,\n1,2018-07-04,一,,,,\n"
    tally = brought(north, mapping, tmp_path, text)
    assert (tally.rows, tally.made, tally.known, len(tally.errors)) == (6, 1, 1, 4)
    assert [number for number, _sentence, _row in tally.errors] == [3, 4, 5, 6]
    assert brought(north, mapping, tmp_path, text).made == 0


def test_a_long_text_goes_on_in_notes(north: Community, mapping: tables.MappingOf, tmp_path: Path) -> None:
    brought(north, mapping, tmp_path, f"9,2018-07-04,{'长' * 1200},,,,\n")
    case = Case.objects.get(project=north.project, outside_number="9")
    notes = Event.objects.filter(project=north.project, name="cases.note", subject_id=case.pk)
    assert len(case.content) == 500 and notes.count() == 2


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda p: p.stem)
def test_the_mappings_that_are_shipped_can_be_read(path: Path) -> None:
    assert tables.mapping_of(path).number


@pytest.mark.parametrize("text", ["at: X", "[]", "at: a\ncontent: b\nnumber: c\nsecret: d"])
def test_a_mapping_that_lacks_something_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        tables.mapping_of(path)
