"""The calendar: due times and elapsed times are each other's inverse, on any calendar, with any pauses."""

import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanjia.kernel import calendar as cal
from guanjia.kernel.calendar import Duration, WorkCalendar

CN = ZoneInfo("Asia/Shanghai")
SPLIT = WorkCalendar(
    "hours", ((((time(8), time(12)), (time(13, 30), time(17, 30)))),) * 5 + (((time(9), time(12)),), ())
)
CALENDARS = [
    cal.always(), cal.daily_hours(), cal.working_days(), SPLIT,
    WorkCalendar("hours", (((time(20), cal.MIDNIGHT),),) * 7, zone="America/New_York"),
    WorkCalendar("days", ((((cal.MIDNIGHT, cal.MIDNIGHT),),) * 7), zone="Europe/Berlin"),
]  # fmt: skip

calendars = st.sampled_from(CALENDARS)
moments = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
limits = st.timedeltas(timedelta(0), timedelta(days=40))


@st.composite
def pauses_near(draw, start):
    found = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start + draw(st.timedeltas(timedelta(days=-2), timedelta(days=20)))
        found.append((begin, begin + draw(st.timedeltas(timedelta(0), timedelta(days=9)))))
    return found


@st.composite
def cases(draw):
    start = draw(moments)
    return draw(calendars), start, draw(limits), draw(pauses_near(start))


def cn(*parts):
    return datetime(*parts, tzinfo=CN)


@given(cases())
@settings(max_examples=300, deadline=None)
def test_the_time_elapsed_at_the_due_moment_is_the_limit(case):
    calendar, start, limit, pauses = case
    due = cal.due_at(calendar, start, limit, pauses)
    assert cal.elapsed(calendar, start, due, pauses) == limit
    assert due >= start


@given(cases(), limits)
@settings(max_examples=150, deadline=None)
def test_a_longer_limit_is_never_due_earlier(case, more):
    calendar, start, limit, pauses = case
    assert cal.due_at(calendar, start, limit, pauses) <= cal.due_at(calendar, start, limit + more, pauses)


@given(cases())
@settings(max_examples=150, deadline=None)
def test_pauses_only_delay(case):
    calendar, start, limit, pauses = case
    assert cal.due_at(calendar, start, limit, pauses) >= cal.due_at(calendar, start, limit)


@given(cases(), st.timedeltas(timedelta(0), timedelta(days=30)))
@settings(max_examples=150, deadline=None)
def test_elapsed_adds_up_over_any_cut(case, offset):
    calendar, start, limit, pauses = case
    middle, end = start + min(offset, limit), start + max(offset, limit)
    whole = cal.elapsed(calendar, start, end, pauses)
    assert whole == cal.elapsed(calendar, start, middle, pauses) + cal.elapsed(calendar, middle, end, pauses)
    assert whole == sum((b - a for a, b in cal.running_spans(calendar, start, end, pauses)), timedelta())


@given(cases())
@settings(max_examples=150, deadline=None)
def test_nothing_is_due_inside_a_closed_stretch(case):
    calendar, start, limit, pauses = case
    due = cal.due_at(calendar, start, limit, pauses)
    just_before = due - timedelta(microseconds=1)
    assert limit == timedelta() or cal.is_open(calendar, just_before)


@given(calendars, moments)
@settings(max_examples=150, deadline=None)
def test_the_next_opening_is_open_and_nothing_was_open_before_it(calendar, at):
    opening = cal.next_open(calendar, at)
    assert cal.is_open(calendar, opening)
    assert cal.elapsed(calendar, at, opening) == timedelta()


@given(calendars, moments, st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_more_days_are_later_and_a_day_limit_ends_where_its_days_end(calendar, start, days):
    end = cal.add_days(calendar, start, days)
    assert end <= cal.add_days(calendar, start, days + 1)
    if days:
        assert end < cal.add_days(calendar, start, days + 1)
        assert cal.due_at(calendar, start, cal.limit_of(calendar, start, Duration(days=days))) == end


@given(st.integers(0, 90), st.integers(0, 10**6))
def test_a_duration_is_written_as_it_is_read(days, seconds):
    assert cal.parse_duration(str(Duration(days=days, seconds=seconds))) == Duration(days=days, seconds=seconds)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PT2H", Duration(seconds=7200)), ("P3D", Duration(days=3)), ("PT24H", Duration(seconds=86400)),
     ("PT1H30M", Duration(seconds=5400)), ("P1Y6M", Duration(months=18)), ("P2W", Duration(days=14))],
)  # fmt: skip
def test_the_durations_of_the_book_are_read(text, expected):
    assert cal.parse_duration(text) == expected


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "2H", "PT1.5H", "-PT2H", "PT2H ", "P１D2", "rings:3"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError):
        cal.parse_duration(text)


def test_an_emergency_at_night_is_due_two_hours_later():
    assert cal.due_at(cal.always(), cn(2026, 3, 18, 23, 30), timedelta(hours=2)) == cn(2026, 3, 19, 1, 30)


def test_reception_time_stops_at_seven_in_the_evening_and_goes_on_in_the_morning():
    assert cal.due_at(cal.daily_hours(), cn(2026, 3, 18, 18, 50), timedelta(minutes=30)) == cn(2026, 3, 19, 7, 20)


def test_a_limit_that_ends_with_the_window_is_due_at_closing_time():
    assert cal.due_at(cal.daily_hours(), cn(2026, 3, 18, 18), timedelta(hours=1)) == cn(2026, 3, 18, 19)


def test_a_split_shift_does_not_count_the_lunch_break():
    assert cal.elapsed(SPLIT, cn(2026, 3, 18, 11), cn(2026, 3, 18, 14)) == timedelta(hours=1, minutes=30)


def test_three_working_days_end_with_the_third_day_and_the_first_is_not_counted():
    assert cal.add_days(cal.working_days(), cn(2026, 3, 18, 10), 3) == cn(2026, 3, 24, 0)  # Wed → Thu, Fri, Mon 24:00


def test_three_working_days_before_the_spring_festival_skip_it_and_count_the_make_up_day():
    # 2026: 15–23 February are days off, the Saturdays 14 and 28 February are worked.
    assert cal.add_days(cal.working_days(), cn(2026, 2, 13, 16), 3) == cn(2026, 2, 26, 0)
    assert cal.working_days().is_working_day(date(2026, 2, 28))


def test_a_year_without_published_holidays_counts_weekends_and_says_so():
    assert cal.is_assumed(2027) and not cal.is_assumed(2026)
    assert cal.working_days().is_working_day(date(2027, 10, 1))


def test_a_later_holiday_notice_closes_a_day_and_opens_another():
    changed = cal.with_days(cal.working_days(), closed=[date(2027, 10, 1)], opened=[date(2027, 10, 9)])
    assert not changed.is_working_day(date(2027, 10, 1)) and changed.is_working_day(date(2027, 10, 9))


def test_overlapping_pauses_count_once():
    start = cn(2026, 3, 18, 9)
    pauses = [(cn(2026, 3, 18, 10), cn(2026, 3, 18, 12)), (cn(2026, 3, 18, 11), cn(2026, 3, 18, 13))]
    assert cal.due_at(cal.always(), start, timedelta(hours=2), pauses) == cn(2026, 3, 18, 14)


def test_the_hour_lost_in_spring_is_not_counted_and_the_hour_gained_in_autumn_is():
    berlin = CALENDARS[-1]
    zone = ZoneInfo("Europe/Berlin")
    assert cal.elapsed(berlin, datetime(2026, 3, 29, tzinfo=zone), datetime(2026, 3, 30, tzinfo=zone)) == timedelta(
        hours=23
    )
    assert cal.elapsed(berlin, datetime(2026, 10, 25, tzinfo=zone), datetime(2026, 10, 26, tzinfo=zone)) == timedelta(
        hours=25
    )


def test_a_calendar_that_never_opens_is_refused_instead_of_searched_for_ever():
    shut = WorkCalendar("hours")
    with pytest.raises(cal.NeverOpen):
        cal.due_at(shut, cn(2026, 3, 18), timedelta(minutes=1))
    with pytest.raises(cal.NeverOpen):
        cal.next_open(shut, cn(2026, 3, 18))
    with pytest.raises(cal.NeverOpen):
        cal.add_days(shut, cn(2026, 3, 18), 1)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError):
        cal.due_at(cal.always(), datetime(2026, 3, 18), timedelta(hours=1))


def test_windows_out_of_order_are_refused():
    with pytest.raises(ValueError):
        WorkCalendar("hours", (((time(13), time(17)), (time(8), time(12))),) * 7)


def test_a_negative_limit_and_months_are_refused():
    with pytest.raises(ValueError):
        cal.due_at(cal.always(), cn(2026, 3, 18), timedelta(seconds=-1))
    with pytest.raises(ValueError):
        cal.limit_of(cal.always(), cn(2026, 3, 18), Duration(months=1))


def test_ten_years_are_summed_quickly():
    calendar = cal.working_days()
    cal.elapsed(calendar, cn(2016, 1, 1), cn(2026, 1, 1))
    began = stopwatch.perf_counter()
    assert cal.elapsed(calendar, cn(2016, 1, 1), cn(2026, 1, 1)) > timedelta(days=2400)
    assert stopwatch.perf_counter() - began < 0.25
