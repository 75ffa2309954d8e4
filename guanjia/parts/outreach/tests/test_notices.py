"""Who is told what, once; and what a person does with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from guanjia.config.telling import TABLE
from guanjia.domains.cases import operations as cases
from guanjia.domains.cases.jobs import tell_morning
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.tests.taking import done, take, working
from guanjia.kernel.operations import registry
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks import jobs as clocks
from guanjia.parts.outreach import operations, queries
from guanjia.parts.outreach.kinds import KINDS
from guanjia.parts.outreach.models import Message, Notice
from guanjia.parts.outreach.telling import give
from guanjia.people.models import Cover, Duty
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def deliver() -> None:
    """What waits in the queue of reactions, delivered twice."""
    for one in ProcrastinateJob.objects.filter(queue_name="react", status="todo").order_by("id"):
        app.tasks[one.task_name].func(**one.args)
        app.tasks[one.task_name].func(**one.args)


def told(north: Community, kind: str) -> set[str]:
    """Who of the cast got a notice of this kind."""
    names = {person.pk: who for who, person in north.staff.items()}
    deliver()
    rows = Notice.objects.filter(kind=kind).values_list("employee_id", "resident_id")
    return {names[e] if e else f"resident {r}" for e, r in rows}


def one(north: Community, who: str = "technician", **more: Any) -> Notice:
    """A notice for somebody, about nothing in particular."""
    about = {"subject": ("project", north.project.pk), "at": timezone.now(), "params": {"number": "X"}, **more}
    give(north.project.pk, "done", "test", staff=[north.staff[who].pk], **about)
    return Notice.objects.latest("id")


@pytest.mark.clause("RPR-02")
def test_who_is_sent_is_told_and_the_resident_that_somebody_comes(north: Community) -> None:
    take(north, executor=north.staff["technician"])
    assert told(north, "dispatched") == {"technician"}
    assert told(north, "on_the_way") == {f"resident {north.owner.pk}"}


@pytest.mark.clause("CASE-02")
def test_the_steward_is_told_of_everything_in_the_district(north: Community) -> None:
    take(north)
    assert told(north, "watched") == {"steward"}


def test_an_emergency_is_told_to_the_control_room_and_the_engineering_supervisor(north: Community) -> None:
    take(north, urgency="emergency", problem="burst")
    assert told(north, "emergency") == {"control_room", "engineering_supervisor"}


def test_what_is_not_urgent_alarms_nobody(north: Community) -> None:
    take(north)
    assert told(north, "emergency") == set()


def test_where_nobody_is_on_duty_everybody_of_the_post_is_told(north: Community) -> None:
    Duty.objects.filter(employee=north.staff["control_room"]).delete()
    take(north, urgency="emergency", problem="burst")
    assert "control_room" in told(north, "emergency")


@pytest.mark.clause("CASE-10")
def test_a_chase_reaches_who_works_on_it_and_who_owns_it(north: Community) -> None:
    case = take(north, executor=north.staff["technician"])
    cases.chase(case, by=north.by("officer"), words="又打来问")
    assert told(north, "chased") == {"technician", "receptionist"}


def test_nobody_is_told_of_what_they_did_themselves(north: Community) -> None:
    case = take(north, executor=north.staff["technician"])
    cases.chase(case, by=north.by("receptionist"), words="又打来问")
    assert told(north, "chased") == {"technician"}


def test_a_transfer_tells_the_new_and_the_former_executor(north: Community) -> None:
    case = working(north)
    repairs.transfer(case, by=north.by("supervisor"), executor=north.staff["electrician"], reason="需要电工")
    assert told(north, "moved_away") == {"technician"}
    assert told(north, "dispatched") == {"technician", "electrician"}


def test_what_came_back_is_told_to_its_owner_and_the_dispatchers_on_duty(north: Community) -> None:
    case = take(north, executor=north.staff["technician"])
    repairs.send_back(case, by=north.by("technician"), reason="没有配件")
    assert told(north, "sent_back") == {"receptionist", "supervisor", "engineering_supervisor"}


@pytest.mark.clause("RPR-09")
def test_not_fixed_is_told_to_the_owner_and_the_dispatchers(north: Community) -> None:
    repairs.ask_rework(done(north), by=north.by("owner"), words="还在滴", rating="unsatisfied")
    assert told(north, "not_fixed") == {"receptionist", "supervisor", "engineering_supervisor"}


def test_done_is_told_to_the_owner_and_to_who_reported_it(north: Community) -> None:
    done(north)
    assert told(north, "done") == {"receptionist"} and told(north, "ready") == {f"resident {north.owner.pk}"}


def test_who_stands_in_is_told_too(north: Community) -> None:
    today = timezone.localdate()
    absent, substitute = north.staff["technician"], north.staff["electrician"]
    Cover.objects.create(project=north.project, absent=absent, substitute=substitute, from_on=today, to_on=today)
    take(north, executor=absent)
    assert told(north, "dispatched") == {"technician", "electrician"}


@pytest.mark.clause("RPR-03")
def test_a_clock_that_is_late_tells_whom_the_clause_names(north: Community) -> None:
    case = repairs.record(
        north.project, by=north.by("receptionist", timezone.now() - timedelta(minutes=125)), place="home",
        house=north.house, content="爆管", resident=north.owner, channel="phone", urgency="emergency",
        category="plumbing", problem="burst", executor=north.staff["technician"],
    )  # fmt: skip
    clocks.sweep_at(case.reported_at + timedelta(minutes=95))
    assert told(north, "soon") == {"technician"}
    clocks.sweep_at(case.reported_at + timedelta(minutes=121))
    assert told(north, "late") == {"technician", "receptionist"}
    assert Notice.objects.filter(kind="late")[0].params == {"number": case.number, "clause": "RPR-03"}


@pytest.mark.clause("CASE-04")
def test_in_the_morning_the_receptionist_hears_once_what_the_night_left(north: Community) -> None:
    morning = datetime(2026, 3, 18, 23, 30, tzinfo=UTC)  # 07:30 in Shanghai
    Duty.objects.update(from_at=morning - timedelta(days=2), to_at=morning + timedelta(days=2))
    night = morning - timedelta(hours=4)
    take(north, who="control_room")
    north.project.refresh_from_db()
    Case.objects.update(after_hours=True, reported_at=night)
    for minutes in (0, 10, 20):
        tell_morning(north.project, morning + timedelta(minutes=minutes))
    notice = Notice.objects.get(kind="carried")
    assert (notice.employee, notice.params) == (north.staff["receptionist"], {"count": 1})


def test_outside_the_morning_nobody_hears_of_the_night(north: Community) -> None:
    take(north, who="control_room")
    north.project.refresh_from_db()
    tell_morning(north.project, datetime(2026, 3, 18, 12, 0, tzinfo=UTC))
    assert not Notice.objects.filter(kind="carried").exists()


def test_the_table_names_events_that_exist_and_kinds_that_have_words() -> None:
    assert set(TABLE) <= set(registry)
    assert {line.kind for lines in TABLE.values() for line in lines} <= set(KINDS)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_kind_can_be_said_in_every_language(language: str) -> None:
    with translation.override(language):
        for kind, what in KINDS.items():
            params = {"number": "N-1", "clause": "RPR-03", "count": 2, "code": "306911", "said": "周三停水"}
            said = Notice(kind=kind, title=what.title, params=params).words
            assert said and "%" not in said and (said != what.title or language == "en")
            assert "派" not in said or language != "en"


def test_a_notice_holds_no_name_no_phone_and_nothing_a_resident_wrote(north: Community) -> None:
    case = take(north, executor=north.staff["technician"], caller_name="卫来电", caller_phone="13900000777")
    cases.chase(case, by=north.by("officer"), words="又打来问")
    deliver()
    kept = str(list(Notice.objects.values())) + str(list(Message.objects.values()))
    assert not any(personal in kept for personal in ("卫来电", "13900000777", case.content, north.owner.name))


def test_what_is_old_is_kept_as_read_and_nobody_is_mailed(north: Community) -> None:
    notice = one(north, at=timezone.now() - timedelta(days=3))
    assert notice.read_at is not None and not Message.objects.exists()


def test_the_database_holds_each_source_to_one_notice_a_person(north: Community) -> None:
    notice = one(north)
    one(north)
    assert Notice.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            project=north.project, employee=notice.employee, source="test", kind="done", title="x",
            subject_label="project", subject_id=1, created_at=timezone.now(),
        )  # fmt: skip


# -- reading ----------------------------------------------------------------------------------------------------------


def test_the_bell_costs_one_statement(north: Community) -> None:
    by = north.by("technician")
    one(north)
    with CaptureQueriesContext(connection) as asked:
        assert queries.unread(by) == 1
    assert len(asked) == 1 and queries.unread(north.by("cashier"), north.project) == 0


def test_a_page_of_notices_costs_the_same_whatever_its_size(north: Community) -> None:
    for number in range(3):
        take(north, executor=north.staff["technician"], apart=True, content=f"第{number}处滴水")
    deliver()
    by = north.by("technician")
    with CaptureQueriesContext(connection) as asked:
        lines, more = queries.page(north.project, by, size=2)
    assert len(lines) == 2 and more == lines[-1].notice.pk and len(asked) <= 4
    rest, more = queries.page(north.project, by, before=more, size=2)
    assert len(rest) == 1 and more is None


def test_a_notice_is_read_by_whom_it_is_for(north: Community) -> None:
    notice = one(north)
    operations.read(notice, by=north.by("technician"))
    assert notice.read_at is not None and queries.unread(north.by("technician")) == 0


@pytest.mark.parametrize("who", ["supervisor", "administrator", "owner"])
def test_nobody_else_can_read_it(north: Community, who: str) -> None:
    notice = one(north)
    with pytest.raises(Unknown):
        operations.read(notice, by=north.by(who))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_notice_of_another_project_is_as_if_it_did_not_exist(north: Community, south: Community) -> None:
    with pytest.raises(Unknown):
        operations.read(one(north), by=south.by("technician"))


def test_it_is_read_once(north: Community) -> None:
    notice = one(north)
    operations.read(notice, by=north.by("technician"))
    with pytest.raises(Conflict):
        operations.read(notice, by=north.by("technician"))


def test_reading_all_touches_only_ones_own(north: Community) -> None:
    one(north)
    one(north, "guard")
    operations.read_all(north.project, by=north.by("technician"))
    assert queries.unread(north.by("guard")) == 1 and queries.unread(north.by("technician")) == 0
    with pytest.raises(Refused):
        operations.read_all(north.project, by=north.by("technician"))


def test_a_resident_reads_their_own(north: Community) -> None:
    done(north)
    deliver()
    assert queries.unread(north.by("owner")) == 2 and queries.unread(north.by("tenant")) == 0
    operations.read_all(north.project, by=north.by("owner"))
    assert queries.unread(north.by("owner")) == 0


def test_quiet_hours_come_in_pairs(north: Community) -> None:
    by = north.by("technician")
    for given in ({"quiet_from": "22:00"}, {"quiet_to": "07:00"}, {"quiet_from": "22:00", "quiet_to": "22:00"}):
        with pytest.raises(Refused):
            operations.wish_mail(north.project, by=by, wants=True, **given)
    operations.wish_mail(north.project, by=by, wants=True, quiet_from="22:00", quiet_to="07:00")
    assert queries.wish_of(by.id, north.project.pk).quiet_from.hour == 22


def test_a_resident_has_no_wish_about_e_mail(north: Community) -> None:
    with pytest.raises(Forbidden):
        operations.wish_mail(north.project, by=north.by("owner"), wants=False)
