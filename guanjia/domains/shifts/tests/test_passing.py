"""Pass-ons: whom they name must read them, and it is seen who has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.shifts import jobs, queries, telling
from guanjia.domains.shifts.models import PassOn, Reader
from guanjia.domains.shifts.operations import log, pass_on, read, remind, take_back
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.outreach.models import Notice
from guanjia.people import posts
from guanjia.people.models import Posting
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def passed(north: Community, **more: Any) -> PassOn:
    said: dict[str, Any] = {"title": "停水通知", "words": "明日九点停水", "posts": [posts.TECHNICIAN], **more}
    return pass_on(north.project, by=north.by("supervisor"), **said)


def test_who_must_read_it_and_who_has_stands_on_it(north: Community) -> None:
    note = passed(north, people=[north.staff["guard"]])
    assert {r.employee for r in queries.readers(note)} == {
        north.staff[who] for who in ("technician", "electrician", "guard")
    }  # fmt: skip
    assert queries.to_read(north.project, north.by("guard")) == [note]
    read(note, by=north.by("guard"))
    assert not queries.to_read(north.project, north.by("guard"))
    assert queries.readers(note)[-1].read_at is not None and len(queries.unread_ids(note)) == 2
    assert "停水" not in str(Event.objects.get(name="shifts.pass_on").given)


def test_who_takes_up_the_post_later_must_read_it_too(north: Community) -> None:
    note = passed(north)
    Posting.objects.create(
        project=north.project, employee=north.staff["guard"], post=posts.TECHNICIAN, from_on=timezone.localdate()
    )
    assert queries.to_read(north.project, north.by("guard")) == [note]
    read(note, by=north.by("guard"))
    assert Reader.objects.get(note=note, employee=north.staff["guard"]).read_at


def test_it_is_read_once_and_only_by_whom_it_names(north: Community) -> None:
    note = passed(north)
    read(note, by=north.by("technician"))
    for who in ("technician", "supervisor"):
        with pytest.raises(Forbidden):
            read(note, by=north.by(who))
    with pytest.raises(Unknown):
        read(note, by=north.by("cashier"))


@pytest.mark.parametrize(
    "wrong", [{"posts": []}, {"until_on": timezone.localdate() - timedelta(days=1)}, {"words": ""}]
)  # fmt: skip
def test_nobody_named_or_a_day_that_is_past_is_refused(north: Community, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        passed(north, **wrong)
    assert not PassOn.objects.exists()


def test_readers_are_told_and_those_who_have_not_read_are_reminded_once_a_day(north: Community) -> None:
    note = passed(north)
    telling.tell_readers(Event.objects.get(name="shifts.pass_on"))
    assert Notice.objects.filter(kind="passed_on").count() == 2
    read(note, by=north.by("technician"))
    PassOn.objects.filter(pk=note.pk).update(passed_at=timezone.now() - timedelta(days=2))
    jobs.remind_readers()
    jobs.remind_readers()
    reminder = Event.objects.get(name="shifts.remind")
    telling.tell_readers(reminder)
    told = Notice.objects.get(kind="still_unread")
    assert told.employee_id == north.staff["electrician"].pk


def test_a_reminder_of_what_all_have_read_is_refused(north: Community) -> None:
    note = passed(north)
    for who in ("technician", "electrician"):
        read(note, by=north.by(who))
    with pytest.raises(Refused):
        remind(note, by=north.by("supervisor"))
    with pytest.raises(Forbidden):
        take_back(note, by=north.by("technician"))
    take_back(note, by=north.by("supervisor"))
    with pytest.raises(Conflict):
        remind(note, by=north.by("supervisor"))


def test_another_project_and_residents_know_nothing_of_it(north: Community, south: Community) -> None:
    note = passed(north)
    assert not PassOn.visible_to(south.by("manager")).exists()
    assert not PassOn.visible_to(north.by("owner")).exists()
    with pytest.raises(Refused):
        passed(south, people=[north.staff["guard"]])
    with pytest.raises(Unknown):
        read(note, by=south.by("technician"))


def test_a_line_of_the_log_stands_under_the_shift_and_is_sealed_in_the_journal(north: Community) -> None:
    made = log(north.project, by=north.by("guard"), words="沈住客来电要求开门", is_important=True)
    assert made.post == posts.SECURITY_GUARD and made.duty is not None
    assert "沈住客" not in str(Event.objects.get(name="shifts.log").given)
    with pytest.raises(Refused):
        log(north.project, by=north.by("guard"), words="")
    with pytest.raises(Forbidden):
        log(north.project, by=north.by("owner"), words="业主")
