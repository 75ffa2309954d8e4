"""Periods of a project's own calendar."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest

from guanjia.kernel import calendar as cal
from guanjia.parts.obligations import periods

ALWAYS = cal.always()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "name", "begin", "end"),
    [
        ("day", "2026-03-18", "2026-03-18T00:00", "2026-03-19T00:00"),
        ("week", "2026-W12", "2026-03-16T00:00", "2026-03-23T00:00"),
        ("month", "2026-03", "2026-03-01T00:00", "2026-04-01T00:00"),
        ("quarter", "2026-Q1", "2026-01-01T00:00", "2026-04-01T00:00"),
        ("half_year", "2026-H1", "2026-01-01T00:00", "2026-07-01T00:00"),
        ("year", "2026", "2026-01-01T00:00", "2027-01-01T00:00"),
    ],
)
def test_a_moment_lies_in_one_period_of_each_kind(kind: str, name: str, begin: str, end: str) -> None:
    moment = at("2026-03-18T10:00")
    (span,) = periods.spans(kind, moment, moment, ALWAYS)
    assert (span.key, span.from_at, span.due_at) == (name, at(begin), at(end))


def test_a_week_that_begins_in_the_old_year_has_the_number_of_the_new() -> None:
    (span,) = periods.spans("week", at("2026-12-31T10:00"), at("2026-12-31T10:00"), ALWAYS)
    assert span.key == "2026-W53"


def test_days_off_owe_nothing_and_make_up_days_do() -> None:
    calendar = cal.with_days(cal.working_days(), opened=[date(2026, 3, 21)], closed=[date(2026, 3, 18)])
    found = [s.key for s in periods.spans("working_day", at("2026-03-17T00:00"), at("2026-03-23T00:00"), calendar)]
    assert found == ["2026-03-17", "2026-03-19", "2026-03-20", "2026-03-21"]


def test_windows_split_a_day_into_two_that_are_owed_each() -> None:
    halves = [(time(0), time(12), "am"), (time(12), time(0), "pm")]
    found = list(periods.spans("day", at("2026-03-18T00:00"), at("2026-03-19T00:00"), ALWAYS, halves))
    assert [(s.key, s.due_at) for s in found] == [
        ("2026-03-18 am", at("2026-03-18T12:00")), ("2026-03-18 pm", at("2026-03-19T00:00")),
    ]  # fmt: skip


def test_periods_of_a_span_follow_each_other_without_a_gap() -> None:
    for kind in periods.MONTHS | {"day": 0, "week": 0}:
        found = list(periods.spans(kind, at("2025-11-30T23:59"), at("2027-03-01T00:00"), ALWAYS))
        assert all(a.due_at == b.from_at for a, b in pairwise(found))
        assert found[0].from_at <= at("2025-11-30T23:59") and found[-1].due_at >= at("2027-03-01T00:00")


def test_rows_are_made_to_the_end_of_the_next_period() -> None:
    assert periods.end_of_next("month", at("2026-03-18T10:00"), ALWAYS) == at("2026-05-01T00:00")
    friday = at("2026-03-20T10:00")
    assert periods.end_of_next("working_day", friday, cal.working_days()) == at("2026-03-24T00:00")
