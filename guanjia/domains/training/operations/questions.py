"""The company's own questions: written, looked at again when their clause changed, taken out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.parts.standards import queries as standards
from guanjia.places.models import Project

from .. import bank
from ..forms import QuestionForm, RenewForm
from ..models import Question


def _mark(project: Project, clause: str, by: Actor) -> str:
    return bank.fingerprint(standards.rule_in_force(clause, project, standards.today_at(project, by.at)))


@operation(
    Project, label=_("Write a question"), form=QuestionForm, creates=Question, clauses=["TRN-06"], icon="help-circle"
)
def write_question(
    project: Project, *, by: Actor, clause: str, exam_subject: str, level: str, ask: str, right: str, wrong_1: str,
    wrong_2: str, wrong_3: str,
) -> Question:  # fmt: skip
    """A question of our own, about one clause as it holds today."""
    return Question.objects.create(
        project=project, clause_id=clause, exam_subject=exam_subject, level=level, ask=ask, right=right,
        wrong=[wrong_1, wrong_2, wrong_3], mark=_mark(project, clause, by), author_id=by.id, written_at=by.at,
        moved_at=by.at,
    )  # fmt: skip


@operation(Question, label=_("It still fits"), form=RenewForm, clauses=["TRN-06"], icon="refresh")
def renew_question(question: Question, *, by: Actor, right: str) -> None:
    """Its clause was looked at again; the right answer is the one of today."""
    question.right = right
    question.wrong = [one for one in question.wrong if one != right]
    question.mark = _mark(question.project, question.clause_id, by)


@operation(Question, label=_("Take out of the bank"), danger=True, icon="circle-x")
def withdraw_question(question: Question, *, by: Actor) -> None:
    """It is asked no more; papers that hold it stay as they were."""
