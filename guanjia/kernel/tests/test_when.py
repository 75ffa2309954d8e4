"""What is judged by now is judged by the moment of the act, and a day is one of the project."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.utils.translation import override

from guanjia.kernel.actors import system
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.when import AHEAD, HAPPENED, When

SEASON = When(most=timedelta(days=90), said="A season at most.", code="LONG")
# Half past midnight of the 24th at the project; at Greenwich it is still the 23rd.
AT = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
HERE = SimpleNamespace(zone="Asia/Shanghai")


class TimedForm(OperationForm):
    found_at = forms.DateTimeField(required=False, validators=[HAPPENED])
    signed_on = forms.DateField(required=False, validators=[HAPPENED])
    due_at = forms.DateTimeField(required=False, validators=[AHEAD, SEASON])
    until_on = forms.DateField(required=False, validators=[AHEAD, SEASON])


def refused(at: datetime = AT, subject: Any = HERE, **given: Any) -> dict[str, list[str]]:
    form = TimedForm(given, by=replace(system(), at=at), subject=subject)
    return {name: [one.code for one in errors.as_data()] for name, errors in form.errors.items()}


def test_a_moment_is_judged_by_the_moment_of_the_act() -> None:
    second = timedelta(seconds=1)
    assert not refused(found_at=AT, due_at=AT + second)
    assert not refused(due_at=AT + timedelta(days=90)), "to the last moment"
    assert refused(found_at=AT + second, due_at=AT) == {"found_at": ["time"], "due_at": ["time"]}
    assert refused(due_at=AT + timedelta(days=90) + second) == {"due_at": ["LONG"]}
    assert refused(AT - timedelta(days=1), found_at=AT) == {"found_at": ["time"]}, "told of an hour before"


def test_a_day_is_one_of_the_project_today_counts_to_both_sides() -> None:
    today = date(2026, 11, 24)
    assert not refused(signed_on=today, until_on=today)
    day = timedelta(days=1)
    assert set(refused(signed_on=today + day, until_on=today - day)) == {"signed_on", "until_on"}
    assert refused(subject=SimpleNamespace(zone="UTC"), signed_on=today) == {"signed_on": ["time"]}
    assert not refused(subject=SimpleNamespace(project=HERE), signed_on=today), "a thing of the project"


def test_nothing_said_is_not_judged_and_one_form_leaves_the_next_alone() -> None:
    assert not refused(found_at="", until_on="")
    assert refused(AT - timedelta(days=9), found_at=AT) and not refused(found_at=AT)


def test_outside_of_an_act_it_is_judged_by_now() -> None:
    with pytest.raises(forms.ValidationError, match="A season at most"):
        SEASON(datetime.now(UTC) + timedelta(days=91))


def test_what_is_wrong_is_said_in_its_own_words() -> None:
    given = {"signed_on": date(2099, 1, 1), "found_at": AT + timedelta(days=1), "due_at": AT}
    with override("zh-hans"):
        errors = TimedForm(given, by=replace(system(), at=AT), subject=HERE).errors
        said = {name: str(lines[0]) for name, lines in errors.items()}
    assert said == {
        "signed_on": "日期不能晚于今天。",
        "found_at": "发生时间在将来。请选现在或更早的时间。",
        "due_at": "请选择一个尚未到的时间。",
    }
