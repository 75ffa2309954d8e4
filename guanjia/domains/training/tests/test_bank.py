"""The bank comes from the Book as it holds at the project on the day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia import book
from guanjia.domains.training import bank, queries
from guanjia.domains.training import operations as training
from guanjia.domains.training.models import Question
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.standards.models import Edition
from guanjia.parts.standards.queries import forget
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def asked(north: Community, of: str) -> bank.Asked:
    return next(one for one in queries.bank_of(north.project, timezone.now()) if one.id == of)


def decided(north: Community, clause: str, **values: Any) -> None:
    Edition.objects.create(
        project=north.project, clause_id=clause, scope="project", number=2, values=values, reason="试行",
        effective_from=timezone.localdate() - timedelta(days=1), decided_by_name="主管", decided_at=timezone.now(),
    )  # fmt: skip
    forget()


@pytest.mark.clause("TRN-06")
def test_the_bank_is_filled_from_the_clauses_by_subject_and_level(north: Community) -> None:
    found = queries.bank_of(north.project, timezone.now())
    conduct = {c.id for c in book.clauses() if c.kind == "conduct"}
    assert conduct <= {one.clause for one in found}
    assert len({one.id for one in found}) == len(found) > 250
    assert all(len(set(one.answers)) == len(one.answers) == 4 for one in found)
    by_subject = Counter(one.subject for one in found)
    assert {"internal", "etiquette", "communication", "computer", "law"} <= set(by_subject)
    assert {one.level for one in found} == set(bank.LEVELS)
    assert {one.level for one in found if one.subject == "etiquette"} == {bank.SENIOR}
    kinds = {book.clause(one.clause).kind for one in found}
    assert kinds == {"clock", "count", "gauge", "capacity", "gate", "conduct"}


def test_the_same_day_gives_the_same_bank_and_another_project_its_own(north: Community, south: Community) -> None:
    at = timezone.now()
    assert queries.bank_of(north.project, at) == queries.bank_of(north.project, at)
    decided(north, "RPR-03", within="PT1H")
    assert queries.bank_of(north.project, at) != queries.bank_of(south.project, at)


def test_a_limit_that_was_decided_otherwise_is_asked_as_it_was_decided(north: Community) -> None:
    before = asked(north, "RPR-03.within")
    decided(north, "RPR-03", within="PT3H")
    after = asked(north, "RPR-03.within")
    assert before.right != after.right and "3" in after.right and after.right not in after.answers[1:]


def test_who_approves_is_asked_and_no_other_who_may_is_among_the_wrong(north: Community) -> None:
    one = asked(north, "DESK-14.by")
    both = {"客服主管", "客服部经理"}
    assert one.right in both and not both & set(one.answers[1:])
    decided(north, "DESK-14", by=["project_manager"])
    assert asked(north, "DESK-14.by").right != one.right


def test_a_clause_that_is_off_is_not_asked(north: Community) -> None:
    decided(north, "ETQ-01", is_on=False)
    assert not [one for one in queries.bank_of(north.project, timezone.now()) if one.clause == "ETQ-01"]


def own(north: Community, **more: Any) -> Question:
    given = {
        "clause": "rpr-03", "exam_subject": "law", "level": "senior_project_supervisor", "ask": "急修多久到场？",
        "right": "2 小时", "wrong_1": "4 小时", "wrong_2": "6 小时", "wrong_3": "8 小时", **more,
    }  # fmt: skip
    made: Question = training.write_question(north.project, by=north.by("supervisor"), **given)
    return made


@pytest.mark.clause("TRN-06")
def test_a_question_of_our_own_is_asked_until_its_clause_changes_and_again_when_renewed(north: Community) -> None:
    question = own(north)
    assert asked(north, f"own.{question.pk}").clause == "RPR-03"
    decided(north, "RPR-03", within="PT1H")
    assert queries.to_renew(north.project, timezone.now()) == [question]
    with pytest.raises(StopIteration):
        asked(north, f"own.{question.pk}")
    training.renew_question(question, by=north.by("supervisor"), right="1 小时")
    assert asked(north, f"own.{question.pk}").right == "1 小时" and not queries.to_renew(north.project, timezone.now())
    training.withdraw_question(question, by=north.by("supervisor"))
    with pytest.raises(StopIteration):
        asked(north, f"own.{question.pk}")


def test_questions_are_written_by_examiners_about_a_clause_with_four_answers(north: Community) -> None:
    with pytest.raises(Forbidden):
        training.write_question(north.project, by=north.by("steward"), clause="RPR-03")
    for wrong in ({"clause": "RPR-999"}, {"wrong_2": "2 小时"}):
        with pytest.raises(Refused):
            own(north, **wrong)
    assert not Question.objects.exists()
