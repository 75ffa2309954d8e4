"""Coming, closing and going; leave; the office in the morning: as the clauses have it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.organization.operations import end_duty, sign_in
from guanjia.domains.shifts import attending, working
from guanjia.domains.shifts.jobs import expect_arrivals
from guanjia.domains.shifts.models import Leave
from guanjia.domains.shifts.operations import (
    ask_leave,
    check_office,
    close_shift,
    go_out,
    grant_leave,
    refuse_leave,
    withdraw_leave,
)
from guanjia.domains.shifts.papers import print_attendance, print_leave
from guanjia.kernel.actors import system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.clocks.models import Clock
from guanjia.parts.compliance import queries as compliance
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.runsheets import operations as runsheets
from guanjia.parts.runsheets.models import RunSheet, RunStep
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of

pytestmark = pytest.mark.django_db
DONE = {"work_is_done": True}


def ago(**span: float) -> datetime:
    return timezone.now() - timedelta(**span)


def shift(north: Community, who: str, *, hours: float = 8, since: float = 0, signed: bool = True) -> Duty:
    """The one shift of somebody: so many hours long, begun so many hours ago."""
    begins = ago(hours=since)
    Duty.objects.filter(employee=north.staff[who]).update(
        from_at=begins, to_at=begins + timedelta(hours=hours), signed_in_at=begins if signed else None
    )
    return Duty.objects.select_related("project", "employee").get(employee=north.staff[who])


def gone_through(north: Community, who: str) -> RunSheet:
    """The closing run sheet, ticked off to its end."""
    sheet = RunSheet.objects.get(clause_id="SFT-06")
    for step in RunStep.objects.filter(sheet=sheet).order_by("number"):
        runsheets.tick(sheet, by=north.by(who), number=step.number)
    runsheets.finish(sheet, by=north.by(who))
    return sheet


# -- coming ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("SFT-01")
def test_half_an_hour_before_the_shift_is_a_limit_that_nobody_has_to_start(north: Community) -> None:
    early = shift(north, "technician", since=-0.75, signed=False)
    late = shift(north, "guard", since=-0.25, signed=False)
    expect_arrivals()
    expect_arrivals()
    clocks = {clock.subject_id: clock for clock in Clock.objects.filter(clause_id="SFT-01")}
    assert clocks[early.pk].due_at == early.from_at - timedelta(minutes=30) and Clock.objects.count() == 2
    sign_in(early, by=north.by("technician"))
    sign_in(late, by=north.by("guard"))
    states = {clock.subject_id: clock.state for clock in Clock.objects.filter(clause_id="SFT-01")}
    assert states == {early.pk: "met", late.pk: "missed"}
    assert working.arrival(late, timezone.now()) == "reminded" and working.arrival(early, timezone.now()) == "on_time"


@pytest.mark.clause("SFT-01")
def test_who_does_not_come_stands_as_late_and_who_is_on_leave_is_not_expected(north: Community) -> None:
    absent, away = shift(north, "technician", since=0.2, signed=False), shift(north, "guard", since=0.2, signed=False)
    leave = ask_leave(north.project, by=north.by("guard"), from_at=ago(hours=1), until_at=ago(hours=-3), reason="病假")
    grant_leave(leave, by=north.by("supervisor"))
    assert away not in attending.to_expect(timezone.now())
    expect_arrivals()
    clock = Clock.objects.get(clause_id="SFT-01")
    assert clock.subject_id == absent.pk and clock.is_over(timezone.now())
    assert working.arrival(absent, timezone.now()) == "late"
    Duty.objects.filter(pk=absent.pk).update(to_at=ago(minutes=1))
    expect_arrivals()
    expect_arrivals()
    clock.refresh_from_db()
    assert clock.state == "missed" and clock.stopped_at
    assert Event.objects.filter(name="shifts.lapse").count() == 1


@pytest.mark.clause("SFT-01")
def test_an_arrival_before_the_clock_began_is_measured_too(north: Community) -> None:
    duty = shift(north, "technician", since=-0.9, signed=False)
    sign_in(duty, by=north.by("technician"))
    clock = Clock.objects.get(clause_id="SFT-01", subject_id=duty.pk)
    assert clock.state == "met" and clock.stopped_at == duty.signed_in_at
    expect_arrivals()
    assert Clock.objects.filter(subject_label="duty", subject_id=duty.pk).count() == 1


# -- closing and going -------------------------------------------------------------------------------------------------


@pytest.mark.clause("SFT-05")
def test_the_closing_begins_after_eight_hours_and_not_by_the_run_sheet_either(north: Community) -> None:
    duty = shift(north, "guard", hours=9, since=7.9)
    offer = close_shift.offer(duty, north.by("guard"))
    assert offer is not None and offer.is_locked
    for act in (
        lambda: close_shift(duty, by=north.by("guard"), **DONE),
        lambda: runsheets.start(north.project, by=north.by("guard"), clause="SFT-06", label="duty", thing=duty.pk),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.clause == "SFT-05"
    assert not RunSheet.objects.exists()
    duty = shift(north, "guard", hours=9, since=8.1)
    close_shift(duty, by=north.by("guard"), **DONE)
    sheet = RunSheet.objects.get()
    assert (sheet.clause_id, sheet.about_id, sheet.started_by) == ("SFT-06", duty.pk, north.staff["guard"])


@pytest.mark.clause("SFT-05")
def test_what_is_neither_done_nor_handed_over_holds_the_closing(north: Community) -> None:
    duty = shift(north, "guard", since=8.1, hours=8.5)
    with pytest.raises(Refused):  # the tick that the day's work is done belongs to it
        close_shift(duty, by=north.by("guard"))
    out = go_out(
        north.project, by=north.by("guard"), destination="派出所", reason="送材料", told_to=north.staff["supervisor"],
        due_at=ago(hours=-1),
    )  # fmt: skip
    type(out).objects.update(out_at=ago(hours=2), due_at=ago(hours=1))
    with pytest.raises(Refused) as refusal:
        close_shift(duty, by=north.by("guard"), **DONE)
    assert refusal.value.clause == "SFT-05" and not RunSheet.objects.exists()


def test_the_shift_of_another_is_not_closed_by_me(north: Community) -> None:
    with pytest.raises(Forbidden):
        close_shift(shift(north, "guard", since=8.1), by=north.by("technician"), **DONE)


@pytest.mark.clause("SFT-06", "SFT-07")
def test_signing_out_waits_for_the_closing_and_ten_minutes(north: Community) -> None:
    duty = shift(north, "guard", since=8.05)
    with pytest.raises(Refused) as refusal:
        end_duty(duty, by=north.by("guard"))
    assert refusal.value.clause == "SFT-07" and duty.ended_at is None
    close_shift(duty, by=north.by("guard"), **DONE)
    gone_through(north, "guard")
    with pytest.raises(Refused) as refusal:  # three minutes after the end
        end_duty(duty, by=north.by("guard"))
    assert refusal.value.clause == "SFT-07"
    Duty.objects.filter(pk=duty.pk).update(from_at=ago(hours=8.2), to_at=ago(hours=0.2))
    duty.refresh_from_db()
    end_duty(duty, by=north.by("guard"))
    assert duty.ended_at is not None


@pytest.mark.clause("SFT-07")
def test_the_phone_and_the_desk_lead_through_the_whole_way(north: Community) -> None:
    duty = shift(north, "guard", since=8.3)
    client = signed_in(north, "guard")
    for name in ("shifts:home", "shifts:phone"):
        assert "开始下班收尾" in client.get(reverse(name, args=["north"])).content.decode()
    door = reverse("shifts:phone-act", args=["north", "duty", duty.pk, "close_shift"])
    assert client.post(door).status_code == 422
    assert client.post(door, DONE).status_code == 302
    shown = client.get(reverse("shifts:phone", args=["north"])).content.decode()
    assert "本班的下班收尾还没有做完" in shown
    gone_through(north, "guard")
    assert client.post(reverse("field:duty", args=["north", duty.pk, "end_duty"])).status_code == 302
    duty.refresh_from_db()
    assert duty.ended_at
    client = signed_in(north, "supervisor")
    assert "范同事" not in client.get(reverse("shifts:attendance", args=["north"]) + "?post=cashier").content.decode()
    span = {"since": f"{duty.from_at:%Y-%m-%d}", "until": f"{timezone.localdate():%Y-%m-%d}"}
    assert client.post(address_of(print_attendance, north.project), span).content.startswith(b"%PDF")
    assert signed_in(north, "guard").get(address_of(print_attendance, north.project)).status_code == 403


# -- leave -------------------------------------------------------------------------------------------------------------


def slip(north: Community, days: int, **more: Any) -> Leave:
    begins = timezone.localtime().replace(hour=9, minute=0) + timedelta(days=days)
    said = {"from_at": begins, "until_at": begins + timedelta(hours=9), "reason": "家中有事", **more}
    return ask_leave(north.project, by=north.by("guard"), **said)


@pytest.mark.clause("SFT-08")
def test_a_slip_of_the_day_before_is_in_time_and_one_of_the_day_is_late(north: Community) -> None:
    ahead = slip(north, 1)
    today = slip(north, 0, from_at=timezone.now(), until_at=ago(hours=-2))
    states = {clock.subject_id: clock for clock in Clock.objects.filter(clause_id="SFT-08")}
    assert states[ahead.pk].state == "met" and states[today.pk].state == "missed"
    first = timezone.localtime(today.from_at).replace(hour=0, minute=0, second=0, microsecond=0)
    assert states[today.pk].due_at == first and states[today.pk].used_seconds > 0
    assert "家中有事" not in str(Event.objects.filter(name="shifts.ask_leave").first().given)


@pytest.mark.clause("SFT-08")
def test_nobody_grants_their_own_and_why_one_is_away_is_not_everybodys(north: Community, south: Community) -> None:
    leave = slip(north, 2)
    assert (
        not Leave.visible_to(north.by("technician")).exists() and not Leave.visible_to(south.by("supervisor")).exists()
    )
    with pytest.raises(Refused):
        slip(north, 2)
    own = ask_leave(
        north.project, by=north.by("supervisor"), from_at=ago(days=-2), until_at=ago(days=-3), reason="培训"
    )
    with pytest.raises(Forbidden):
        grant_leave(own, by=north.by("supervisor"))
    with pytest.raises(Forbidden):
        grant_leave(leave, by=north.by("guard"))
    refuse_leave(leave, by=north.by("supervisor"), remark="当日有检查")
    again = slip(north, 2)
    grant_leave(again, by=north.by("supervisor"))
    paper = address_of(print_leave, again)
    assert signed_in(north, "guard").post(paper).content.startswith(b"%PDF")
    withdraw_leave(again, by=north.by("guard"))
    assert again.state == Leave.State.WITHDRAWN


def test_granted_leave_ends_the_shift_where_it_begins(north: Community) -> None:
    duty = shift(north, "guard", since=4)
    leave = ask_leave(
        north.project, by=north.by("guard"), from_at=ago(minutes=11), until_at=ago(hours=-5), reason="就医"
    )
    assert working.why_not_close(duty, north.by("guard"))
    grant_leave(leave, by=north.by("supervisor"))
    close_shift(duty, by=north.by("guard"), **DONE)
    gone_through(north, "guard")
    end_duty(duty, by=north.by("guard"))
    assert duty.ended_at is not None


# -- the office --------------------------------------------------------------------------------------------------------


@pytest.mark.clause("SFT-03")
def test_an_office_that_nobody_found_clean_by_eight_stands_as_missed(north: Community) -> None:
    morning = timezone.localtime().replace(hour=7, minute=30, second=0, microsecond=0) - timedelta(days=1)
    rule = rules.registry["shifts.office"]
    keeping.make_for(rule, north.project, morning - timedelta(days=1))
    keeping.make_for(rule, north.project, morning)
    rows = {timezone.localdate(row.from_at): row for row in Obligation.objects.filter(rule_key=rule.key)}
    today = rows[morning.date()]
    assert timezone.localtime(today.due_at).hour == 8 and today.owner is None
    with pytest.raises(Refused):
        check_office(north.project, by=north.by("receptionist", morning), is_clean="no")
    check_office(north.project, by=north.by("receptionist", morning), is_clean="no", remark="纸篓未倒")
    check_office(north.project, by=north.by("receptionist", morning), is_clean="yes")
    today.refresh_from_db()
    missed = rows[morning.date() - timedelta(days=1)]
    assert (today.state, today.done) == ("met", 1) and missed.is_missed(timezone.now())
    from guanjia import book

    first = morning.date().replace(day=1)
    found = compliance.evidence(north.project, book.clause("SFT-03"), first, "met", timezone.now())
    assert found is not None and list(found) == [today]


@pytest.mark.clause("SFT-03")
def test_a_check_after_eight_settles_nothing(north: Community) -> None:
    later = timezone.localtime().replace(hour=8, minute=20, second=0, microsecond=0) - timedelta(days=1)
    rule = rules.registry["shifts.office"]
    keeping.make_for(rule, north.project, later)
    check_office(north.project, by=north.by("receptionist", later), is_clean="yes")
    row = Obligation.objects.filter(rule_key=rule.key, due_at__lt=later).latest("due_at")
    assert row.state == "open" and row.is_missed(timezone.now())


def test_the_system_does_not_clean(north: Community) -> None:
    assert not Leave.visible_to(north.by("owner")).exists() and Leave.visible_to(system()).count() == 0
