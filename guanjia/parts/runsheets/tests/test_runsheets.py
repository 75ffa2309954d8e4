"""Procedures are run step by step, skipped with a reason, and stay as proof. Every procedure of the Book is run here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia import book
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Outcome, Refused, Unknown
from guanjia.parts.runsheets import queries
from guanjia.parts.runsheets.models import RunSheet, RunStep, State
from guanjia.parts.runsheets.operations import abandon, finish, skip, start, tick
from guanjia.people.models import Account, Duty
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def begun(north: Community, clause: str = "CMP-03", who: str = "officer", **more: Any) -> RunSheet:
    return start(north.project, by=north.by(who), clause=clause, **{"about": "3-2-1201", **more})


@pytest.mark.clause(
    "VIS-03", "PAR-08", "KEY-07", "KEY-20", "ARC-03", "CASE-03", "CASE-04", "CASE-08", "RPR-02", "RPR-12",
    "CMP-02", "CMP-03", "CMP-07", "CMP-10", "SPC-02", "REV-12", "SUR-06", "PAT-05", "PAT-07", "PAT-13",
    "VIO-01", "REN-06", "REN-11", "FEE-02", "FEE-04", "FEE-12", "ACT-03", "ACT-06", "COM-05", "MOV-01",
    "SFT-02", "SFT-04", "SFT-06", "SFT-13", "ETQ-23", "MTG-02", "MTG-05", "EMG-03", "EMG-04", "EMG-08",
    "EMG-09", "EMG-12", "EMG-13", "EMG-14", "EMG-15", "EMG-16", "EMG-18", "EMG-20", "EMG-21", "EMG-25",
    "EMG-28", "EMG-30", "EMG-33", "EMG-34", "EMG-35", "QLT-05", "LEA-02",
)  # fmt: skip
def test_every_procedure_of_the_book_can_be_run_from_its_own_steps(north: Community) -> None:
    Duty.objects.filter(project=north.project, employee=north.staff["manager"]).update(
        signed_in_at=timezone.now() - timedelta(days=1)
    )  # a closing wants somebody who came, eight hours ago (SFT-05)
    for clause in queries.procedures():
        sheet = begun(north, clause.id, "manager")
        steps = queries.steps_of(sheet)
        assert [step.words for step in steps] == [str(words) for words in clause["steps"]] and steps, clause.id
        for step in steps[:-1]:
            tick(sheet, by=north.by("manager"), number=step.number)
        with pytest.raises(Refused):
            finish(sheet, by=north.by("manager"))
        skip(sheet, by=north.by("manager"), number=steps[-1].number, note="本次不涉及")
        finish(sheet, by=north.by("manager"))
        assert sheet.state == State.FINISHED, clause.id


def test_all_procedures_of_the_book_are_proved_above() -> None:
    assert len(queries.procedures()) == 57


def test_a_step_keeps_who_did_it_and_when(north: Community) -> None:
    sheet = begun(north)
    by = north.by("officer")
    tick(sheet, by=by, number=1, note="听完没有打断")
    step = queries.steps_of(sheet)[0]
    assert (step.outcome, step.by_id, step.at, step.note) == ("done", by.id, by.at, "听完没有打断")
    assert Event.objects.filter(name="runsheets.tick", subject_id=sheet.pk).count() == 1


def test_a_step_is_skipped_only_with_a_reason(north: Community) -> None:
    sheet = begun(north)
    with pytest.raises(Refused):
        skip(sheet, by=north.by("officer"), number=1, note="")
    with pytest.raises(IntegrityError), transaction.atomic():
        RunStep.objects.filter(sheet=sheet, number=1).update(outcome="skipped", at=sheet.started_at)


def test_a_settled_step_is_not_settled_again_and_a_step_that_is_not_there_is_refused(north: Community) -> None:
    sheet = begun(north)
    tick(sheet, by=north.by("officer"), number=1)
    with pytest.raises(Conflict):
        skip(sheet, by=north.by("supervisor"), number=1, note="不需要")
    with pytest.raises(Refused):
        tick(sheet, by=north.by("officer"), number=9)


def test_a_post_that_does_not_carry_it_out_neither_starts_nor_ticks_it(north: Community) -> None:
    with pytest.raises(Refused):
        begun(north, "CMP-03", "technician")
    sheet = begun(north, "CMP-03", "officer")
    with pytest.raises(Forbidden):
        tick(sheet, by=north.by("technician"), number=1)
    begun(north, "EMG-04", "technician")  # everybody's procedure


def test_a_sheet_is_broken_off_by_a_supervisor_with_a_reason(north: Community) -> None:
    sheet = begun(north)
    with pytest.raises(Forbidden):
        abandon(sheet, by=north.by("officer"), ending="误开")
    abandon(sheet, by=north.by("supervisor"), ending="误开")
    with pytest.raises(Conflict):
        tick(sheet, by=north.by("officer"), number=1)


def test_it_is_about_a_thing_that_may_be_seen(north: Community, south: Community) -> None:
    sheet = begun(north, about="", label="house", thing=north.house.pk)
    assert sheet.about == str(north.house) and queries.about(north.house, north.by("officer")) == [sheet]
    with pytest.raises(Refused):
        begun(north, label="house", thing=south.house.pk)
    with pytest.raises(Refused):
        begun(north, label="nothing", thing=1)


def test_another_project_knows_nothing_of_it(north: Community, south: Community) -> None:
    sheet = begun(north)
    with pytest.raises(Unknown):
        tick(sheet, by=south.by("officer"), number=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tick_one_step_at_once_one_is_told(north: Community) -> None:
    sheet = begun(north)

    def press(who: str) -> str:
        try:
            tick(RunSheet.objects.get(pk=sheet.pk), by=north.by(who), number=1)
            return "done"
        except Outcome:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ["officer", "supervisor"])) == ["done", "refused"]


def test_its_pages_open_and_a_step_is_ticked_from_the_page(north: Community) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="north.officer"))
    session = client.session
    session["generation"] = 0
    session.save()
    new = client.get(reverse("runsheets:new", args=["north"]), {"clause": "CMP-03"})
    assert new.status_code == 200 and "CMP-03" in new.content.decode()
    made = client.post(
        reverse("runsheets:new", args=["north"]), {"clause": "CMP-03", "about": "3-2-1201", "idempotency_key": "a"}
    )
    page = client.get(made["Location"])
    assert page.status_code == 200 and "Hear 倾听" in page.content.decode()
    sheet = RunSheet.objects.get()
    url = reverse("acts:do", args=["north", "run_sheet", sheet.pk, "tick"])
    assert client.post(url, {"number": 1, "idempotency_key": "b"}).status_code == 302
    assert queries.steps_of(sheet)[0].outcome == "done"
    assert client.get(reverse("runsheets:list", args=["north"])).status_code == 200
    clause = client.get(reverse("standards:clause", args=["north", "CMP-03"])).content.decode()
    assert sheet.title.split("　")[1] in clause and book.clause("CMP-03").title in clause
