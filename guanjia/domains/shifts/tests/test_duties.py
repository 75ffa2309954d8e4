"""How a shift begins and ends is owed by each manned shift, and settled by its own run sheet alone (SFT-04, SFT-06)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.shifts.operations import close_shift, log, pass_on, read
from guanjia.kernel.outcomes import Refused
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.runsheets import operations as runsheets
from guanjia.parts.runsheets.models import RunSheet, RunStep
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

from .test_attendance import DONE, ago, gone_through, shift

pytestmark = pytest.mark.django_db
OPENING, CLOSING = "shifts.opening", "shifts.closing"


def owed(north: Community, duty: Duty, key: str) -> Obligation:
    rule = rules.registry[key]
    keeping.make_for(rule, north.project, timezone.now(), since=ago(hours=20))
    return Obligation.objects.get(rule_key=key, subject_label="duty", subject_id=duty.pk)


def opened(north: Community, who: str, duty: Duty) -> RunSheet:
    return runsheets.start(north.project, by=north.by(who), clause="SFT-04", label="duty", thing=duty.pk)


def ticked(north: Community, who: str, sheet: RunSheet) -> None:
    for step in RunStep.objects.filter(sheet=sheet).order_by("number"):
        runsheets.tick(sheet, by=north.by(who), number=step.number)


@pytest.mark.clause("SFT-04")
def test_the_start_of_shift_check_is_owed_and_settled_step_by_step(north: Community) -> None:
    duty = shift(north, "receptionist", since=1)
    row = owed(north, duty, OPENING)
    assert (row.state, row.due_at, row.owner) == ("open", duty.to_at, north.staff["receptionist"])
    sheet = opened(north, "receptionist", duty)
    words = list(RunStep.objects.filter(sheet=sheet).order_by("number").values_list("words", flat=True))
    assert words == [
        "向上级同事问好",
        "检查设备运转",
        "检查电源开关",
        "阅上一班日志",
        "记下重点事件",
        "列当日重要事项与办法",
    ]
    runsheets.tick(sheet, by=north.by("receptionist"), number=1)
    with pytest.raises(Refused):  # one step is not the check
        runsheets.finish(sheet, by=north.by("receptionist"))
    for step in range(2, 7):
        runsheets.tick(sheet, by=north.by("receptionist"), number=step)
    runsheets.finish(sheet, by=north.by("receptionist"))
    row.refresh_from_db()
    assert row.state == "met"


@pytest.mark.clause("SFT-04")
def test_the_sheet_of_another_shift_or_clause_settles_nothing(north: Community) -> None:
    desk, room = shift(north, "receptionist", since=1), shift(north, "control_room", since=1)
    row = owed(north, desk, OPENING)
    other = opened(north, "control_room", room)
    ticked(north, "control_room", other)
    runsheets.finish(other, by=north.by("control_room"))
    own = runsheets.start(north.project, by=north.by("receptionist"), clause="SFT-02", label="duty", thing=desk.pk)
    ticked(north, "receptionist", own)
    runsheets.finish(own, by=north.by("receptionist"))
    row.refresh_from_db()
    assert row.state == "open"
    assert Obligation.objects.get(rule_key=OPENING, subject_id=room.pk).state == "met"


@pytest.mark.clause("SFT-04", "SFT-06")
def test_what_nobody_did_is_missed_when_the_shift_is_over(north: Community) -> None:
    duty = shift(north, "receptionist", since=9)
    engineer = shift(north, "technician", since=9)
    for key in (OPENING, CLOSING):
        row = owed(north, duty, key)
        assert (
            row.is_missed(timezone.now())
            and not Obligation.objects.filter(rule_key=key, subject_id=engineer.pk).exists()
        )
    shown = signed_in(north, "supervisor").get(reverse("desk:today", args=["north"])).content.decode()
    assert str(rules.registry[OPENING].label) in shown


@pytest.mark.clause("SFT-06")
def test_the_closing_counts_when_its_eight_steps_are_gone_through_in_the_shift(north: Community) -> None:
    duty = shift(north, "receptionist", hours=8.5, since=8.1)
    row = owed(north, duty, CLOSING)
    log(north.project, by=north.by("receptionist"), words="三户报修待派", kind="open", is_important=True)
    note = pass_on(
        north.project,
        by=north.by("receptionist"),
        title="明早停水",
        words="九点到十一点",
        posts=[posts.SERVICE_OFFICER],
    )
    read(note, by=north.by("officer"))
    close_shift(duty, by=north.by("receptionist"), **DONE)
    sheet = RunSheet.objects.get()
    assert RunStep.objects.filter(sheet=sheet).count() == 8
    with pytest.raises(Refused):
        runsheets.finish(sheet, by=north.by("receptionist"))
    gone_through(north, "receptionist")
    row.refresh_from_db()
    assert row.state == "met" and row.due_at - timezone.now() > timedelta()
