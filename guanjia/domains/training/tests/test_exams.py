"""An exam: called, begun, handed in, marked at once, confirmed by somebody else; what stands cannot be altered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.training import operations as training
from guanjia.domains.training import papers, queries
from guanjia.domains.training.jobs import close_papers_at
from guanjia.domains.training.models import Exam, Result, Sitting
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.people.tests.cast import Community
from guanjia.shells.api.tests.caller import Caller
from guanjia.web.sheets import address_of

from .cast import begun, held, rights, sat

pytestmark = pytest.mark.django_db


@pytest.mark.clause("TRN-06")
def test_an_exam_is_sat_marked_at_once_and_leaves_a_result(north: Community) -> None:
    exam = held(north)
    result = sat(north, exam, wrong=1)
    assert (result.right, result.size, result.score, result.passed, result.pass_mark) == (9, 10, 90, True, 80)
    assert Event.objects.filter(name="training.hand_in", subject_id=result.sitting_id).count() == 1
    assert len({one["clause"] for one in result.sitting.paper}) == 10


@pytest.mark.clause("HOUSE-08")
def test_below_the_pass_mark_is_not_passed_and_no_exam_is_easier_than_the_line(north: Community) -> None:
    assert not sat(north, held(north), wrong=3).passed
    with pytest.raises(Refused) as refusal:
        held(north, pass_mark=79)
    assert refusal.value.clause == "HOUSE-08" and held(north, pass_mark=95).pass_mark == 95


@pytest.mark.clause("TRN-06")
def test_etiquette_is_examined_at_its_level_and_an_empty_subject_is_refused(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        held(north, exam_subject="etiquette")
    assert refusal.value.clause == "TRN-06"
    assert held(north, exam_subject="etiquette", level="senior_project_staff").size == 10
    with pytest.raises(Refused):
        held(north, exam_subject="english")
    assert Exam.objects.count() == 1


def test_each_has_a_paper_of_their_own_and_the_same_one_when_asked_again(north: Community) -> None:
    exam = held(north, "receptionist", "steward")
    one, other = begun(north, exam), begun(north, exam, "steward")
    assert [q["id"] for q in one.paper] != [q["id"] for q in other.paper]
    assert all("right" not in question and "why" not in question for question in one.paper)
    with pytest.raises(Conflict):
        training.begin(one, by=north.by("receptionist"))


def test_nobody_sits_for_another_and_nobody_reads_anothers_paper(north: Community, south: Community) -> None:
    sitting = begun(north, held(north))
    for who, expected in (("supervisor", Forbidden), ("steward", Unknown)):
        with pytest.raises(expected):
            training.hand_in(sitting, by=north.by(who), chosen=rights(sitting))
    with pytest.raises(Unknown):
        training.hand_in(sitting, by=south.by("supervisor"), chosen=rights(sitting))
    assert not Result.objects.exists()


def test_what_comes_after_the_time_does_not_count_and_the_paper_is_closed(north: Community) -> None:
    now = timezone.now()
    sitting = begun(north, held(north, at=now - timedelta(hours=1)), at=now - timedelta(minutes=40))
    for late in (north.by("receptionist"), north.by("receptionist").moment(now - timedelta(minutes=30))):
        with pytest.raises(Refused):
            training.hand_in(sitting, by=late, chosen=rights(sitting))
    assert not Result.objects.exists()
    assert close_papers_at(now - timedelta(minutes=12)) == 0
    assert close_papers_at(now) == 1 and close_papers_at(now) == 0
    result = Result.objects.get(sitting=sitting)
    assert (result.passed, result.right, result.in_time) == (False, 0, False)


def test_who_never_began_is_absent_and_has_no_result(north: Community) -> None:
    exam = held(north, at=timezone.now() - timedelta(days=8))
    with pytest.raises(Refused):
        begun(north, exam)
    assert close_papers_at(timezone.now()) == 1 and not Result.objects.exists()
    assert Sitting.objects.get(exam=exam).state == Sitting.State.ABSENT


@pytest.mark.parametrize("chosen", [[0], [9] * 10, ["x"] * 10, {"a": 1}])
def test_answers_that_fit_no_question_are_refused(north: Community, chosen: object) -> None:
    sitting = begun(north, held(north))
    with pytest.raises(Refused):
        training.hand_in(sitting, by=north.by("receptionist"), chosen=chosen)
    assert not Result.objects.exists()


@pytest.mark.clause("TRN-13")
def test_nobody_confirms_their_own_result_and_a_supervisors_takes_somebody_above(north: Community) -> None:
    exam = held(north, "supervisor", "receptionist")
    mine, hers = sat(north, exam, "supervisor").sitting, sat(north, exam).sitting
    with pytest.raises(Forbidden):
        training.confirm_result(mine, by=north.by("supervisor"))
    training.confirm_result(hers, by=north.by("supervisor"))
    training.confirm_result(mine, by=north.by("service_manager"))
    mine.refresh_from_db()
    assert mine.state == Sitting.State.CONFIRMED
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(pk=mine.pk).update(confirmed_by=north.staff["supervisor"])


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_lets_nobody_alter_a_result(north: Community, change: str) -> None:
    result = sat(north, held(north), wrong=5)
    rows = Result.objects.filter(pk=result.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(right=10, score=100, passed=True) if change == "update" else rows.delete()
    result.refresh_from_db()
    assert not result.passed


def test_a_called_off_exam_is_not_begun(north: Community) -> None:
    exam = held(north)
    training.call_off_exam(exam, by=north.by("supervisor"))
    with pytest.raises(Conflict):
        begun(north, exam)


def test_the_program_interface_gives_the_paper_and_never_the_key(north: Community) -> None:
    sitting = begun(north, held(north))
    shown = Caller(north, "receptionist").get(f"/exam_sittings/{sitting.pk}").json()
    assert "paper" in shown and "answer_key" not in str(shown)


# -- as the candidate does it ------------------------------------------------------------------------------------------


@pytest.mark.clause("TRN-02", "TRN-06")
def test_it_waits_on_today_is_sat_in_the_browser_and_shows_each_wrong_answer_with_its_clause(north: Community) -> None:
    exam = held(north)
    sitting = Sitting.objects.get(exam=exam)
    client, page = north.signed_in("receptionist"), reverse("training:sitting", args=["north", sitting.pk])
    assert page in client.get(reverse("desk:today", args=["north"])).content.decode()
    assert client.get(page).status_code == 200
    begin = reverse("acts:do", args=["north", "exam_sitting", sitting.pk, "begin"])
    paper = reverse("training:sit", args=["north", sitting.pk])
    assert client.post(begin, {"next": paper}).headers["Location"] == paper
    sitting.refresh_from_db()
    shown = client.get(paper).content.decode()
    assert 'name="q_10"' in shown and sitting.answer_key[0]["why"] not in shown
    answers = {f"q_{n}": one for n, one in enumerate(rights(sitting), 1) if n > 2}
    assert client.post(paper, {**answers, "q_1": "9"}).status_code == 422
    hidden = re.search(r'name="chosen"[^>]*value="([^"]*)"', shown)
    assert client.post(paper, {**answers, "chosen": hidden[1] if hidden else ""}).headers["Location"] == page
    after = client.get(page).content.decode()
    assert ">80<" in after and sitting.paper[0]["clause"] in after and sitting.answer_key[0]["why"][:12] in after
    assert client.get(paper).headers["Location"] == page


@pytest.mark.clause("TRN-06")
def test_the_record_prints_with_who_confirmed_it_and_so_does_a_paper_for_the_pen(north: Community) -> None:
    exam = held(north)
    sitting = sat(north, exam).sitting
    training.confirm_result(sitting, by=north.by("supervisor"))
    lead, clerk = north.signed_in("supervisor"), north.signed_in("receptionist")
    sheet = address_of(papers.print_result, sitting)
    assert lead.post(sheet).content.startswith(b"%PDF") and clerk.post(sheet).status_code in (403, 404)
    record = address_of(papers.print_register, exam)
    assert lead.post(record).content.startswith(b"%PDF")
    paper = lead.post(address_of(papers.print_paper, exam)).content.decode()
    assert paper.count("<li>") == 10 and Event.objects.filter(name="training.print_paper").count() == 1


def test_lists_ask_no_more_for_many_than_for_few(north: Community, django_assert_max_num_queries: object) -> None:
    by = north.by("service_manager")
    for _one in range(3):
        sat(north, held(north))
    with django_assert_max_num_queries(1):
        assert len([(r.employee.name, str(r.sitting.exam)) for r in queries.results(north.project, by)]) == 3
