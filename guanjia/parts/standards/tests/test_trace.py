"""The trace tells the truth: what it names exists, what it does not name is open, and the number bound never falls."""

import json

import pytest

from guanjia import book
from guanjia.parts.standards import bindings, trace


@pytest.fixture
def bound(monkeypatch):
    """Bindings that are made in a test stay in the test."""
    monkeypatch.setattr(bindings, "registry", list(bindings.registry))
    return bindings


def line(clause_id):
    return next(found for found in trace.trace() if found.id == clause_id)


def test_the_trace_has_a_line_for_every_clause_of_the_book():
    assert [found.id for found in trace.trace()] == [clause.id for clause in book.clauses()]


def test_everything_that_cites_a_clause_or_a_page_cites_one_that_is_there():
    assert trace.unknown_references() == []


def test_the_number_of_bound_clauses_never_falls():
    assert sum(not found.is_open for found in trace.trace()) >= trace.floor()


def test_a_binding_shows_in_the_trace_with_its_evidence(bound):
    bound.bind_gauge("RPR-11", figure=test_a_binding_shows_in_the_trace_with_its_evidence, evidence="standards:clause")
    found = line("RPR-11")
    assert not found.is_open and "standards:clause" in found.evidence


def test_an_operation_that_cites_a_rate_touches_it_and_does_not_execute_it(bound, monkeypatch):
    monkeypatch.setattr(bound, "registry", [])
    monkeypatch.setattr(trace, "_operations", lambda: [("RPR-11", "operation repairs.finish", "repairs.finish")])
    found = line("RPR-11")
    assert found.is_open and found.touched_by == ["operation repairs.finish"]


def test_a_clause_bound_to_nothing_is_open_and_names_its_home(monkeypatch):
    monkeypatch.setattr(bindings, "registry", [])
    found = line("CAR-01")
    assert found.is_open and found.home == "职业发展"


def test_a_binding_of_an_unknown_clause_is_refused(bound):
    with pytest.raises(book.UnknownEntry):
        bound.bind_capability("RPR-99", page="standards:book")


def test_a_record_of_an_unknown_form_is_refused(bound):
    with pytest.raises(book.UnknownEntry):
        bound.bind_record("RPR-01", form="F-NOTHING", label="repair")


def test_a_capability_without_a_page_or_operation_is_refused(bound):
    with pytest.raises(ValueError):
        bound.bind_capability("RPR-12")


def test_a_binding_that_points_at_nothing_is_reported(bound):
    bound.bind_capability("RPR-12", page="nowhere:nothing")
    bound.bind_capability("RPR-12", operation="nobody.does")
    bound.bind_record("RPR-01", form="F-REPAIR", label="no-such-thing")
    wrong = " ".join(trace.unknown_references())
    assert "nowhere:nothing" in wrong and "nobody.does" in wrong and "no-such-thing" in wrong


def test_marked_tests_are_found_without_being_run(tmp_path):
    folder = tmp_path / "guanjia/room/tests"
    folder.mkdir(parents=True)
    (folder / "test_room.py").write_text(
        'import pytest\npytestmark = pytest.mark.clause("KEY-01")\n'
        '@pytest.mark.clause("KEY-02", "KEY-03")\n@pytest.mark.slow("KEY-04")\ndef test_it(): raise SystemExit\n'
    )
    place = "guanjia/room/tests/test_room.py"
    assert list(trace.marked_tests(tmp_path)) == [
        ("KEY-01", place), ("KEY-02", f"{place}::test_it"), ("KEY-03", f"{place}::test_it"),
    ]  # fmt: skip


def test_the_command_prints_one_chapter_as_json(capsys):
    trace.main(["--json", "--area", "RPR"])
    rows = json.loads(capsys.readouterr().out)
    assert {row["area"] for row in rows} == {"RPR"} and len(rows) == 13


def test_the_command_refuses_a_chapter_that_is_not_in_the_book(capsys):
    assert trace.main(["--area", "XYZ"]) == 2
    assert "XYZ" in capsys.readouterr().err


def test_the_command_counts_what_is_open(capsys):
    trace.main([])
    assert f"of {len(book.clauses())} clauses executed" in capsys.readouterr().out
