"""Hold an exam, sit it, have it marked at once, confirm the result of somebody else."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.standards import queries as standards
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.places.models import Project

from .. import bank, drawing, queries
from ..forms import ExamForm, HandInForm
from ..models import Exam, Result, Sitting

# A paper that was on its way when the time ran out.
GRACE = timedelta(minutes=1)
MARK = "HOUSE-08"


@operation(Project, label=_("Hold an exam"), form=ExamForm, creates=Exam, clauses=["TRN-06", MARK], icon="school")
def hold_exam(
    project: Project, *, by: Actor, exam_subject: str, level: str, employees: Any, size: int, minutes: int,
    pass_mark: int | None, until_at: datetime,
) -> Exam:  # fmt: skip
    """Call people to an exam. The papers are drawn when each begins, from the clauses as they hold then."""
    if exam_subject == "etiquette" and level != bank.SENIOR:
        raise Refused("level", _("Etiquette is examined at the level of senior projects' staff."), "TRN-06")
    line = int(standards.rule_in_force(MARK, project, standards.today_at(project, by.at))["limit"])
    if pass_mark is not None and pass_mark < line:
        raise Refused("pass_mark", _("At least %(n)d points here.") % {"n": line}, MARK)
    there = len(queries.of_exam(project, by.at, exam_subject, level))
    if there < size:
        sentence = _("The bank has %(n)d questions of this subject and level. Write more, or ask fewer.")
        raise Refused("size", sentence % {"n": there})
    exam = Exam.objects.create(
        project=project, exam_subject=exam_subject, level=level, size=size, minutes=minutes,
        pass_mark=pass_mark or line, until_at=until_at, holder_id=by.id, held_at=by.at, moved_at=by.at,
    )  # fmt: skip
    Sitting.objects.bulk_create(Sitting(project=project, exam=exam, employee=one, moved_at=by.at) for one in employees)
    return exam


@operation(Exam, label=_("Call the exam off"), danger=True, icon="circle-x")
def call_off_exam(exam: Exam, *, by: Actor) -> None:
    """Who has not begun need not; papers that were begun stay."""
    waiting = Sitting.objects.filter(project_id=exam.project_id, exam=exam, state=Sitting.State.WAITING)
    waiting.update(state=Sitting.State.OFF, moved_at=by.at)


def is_mine(sitting: Sitting, by: Actor) -> bool:
    """Everybody sits their own exam."""
    return sitting.employee_id == by.id


@operation(Sitting, label=_("Begin the exam"), whose=is_mine, clauses=["TRN-06"], icon="player-play")
def begin(sitting: Sitting, *, by: Actor) -> None:
    """Draw the paper and start the time. Once begun it is sat."""
    exam = sitting.exam
    if by.is_late_entry:
        raise Refused("", _("An exam begins now."))
    if by.at >= exam.until_at:
        raise Refused("", _("This exam was to be sat before."))
    found = queries.of_exam(exam.project, by.at, exam.exam_subject, exam.level)
    if len(found) < exam.size:
        raise Refused("", _("The bank has too few questions of this subject now. Tell whoever holds the exam."))
    sitting.paper, sitting.answer_key = drawing.paper(found, exam.size, str(sitting.pk), exam.level)
    sitting.started_at, sitting.ends_at = by.at, by.at + timedelta(minutes=exam.minutes)


@operation(Sitting, label=_("Hand in"), form=HandInForm, whose=is_mine, clauses=["TRN-06"], icon="check")
def hand_in(sitting: Sitting, *, by: Actor, chosen: list[int | None]) -> None:
    """The answers, marked at once. What was handed in stays."""
    if by.is_late_entry or sitting.ends_at is None or by.at > sitting.ends_at + GRACE:
        raise Refused("", _("The time is over. What is not handed in by then does not count."))
    _mark(sitting, chosen, by, in_time=True)


@operation(Sitting, label=_("Time is over"), internal=True)
def run_out(sitting: Sitting, *, by: Actor) -> None:
    """Begun and not handed in: marked without answers."""
    _mark(sitting, [None] * len(sitting.paper), by, in_time=False)


@operation(Sitting, label=_("Not sat in time"), internal=True)
def miss(sitting: Sitting, *, by: Actor) -> None:
    """Never begun: there is no result."""


def _mark(sitting: Sitting, chosen: list[int | None], by: Actor, *, in_time: bool) -> Result:
    exam, keys = sitting.exam, sitting.answer_key
    right = sum(given == key["right"] for given, key in zip(chosen, keys, strict=True))
    score = 100 * right // len(keys)  # never rounded up to a pass
    return Result.objects.create(
        project_id=sitting.project_id, sitting=sitting, employee_id=sitting.employee_id,
        exam_subject=exam.exam_subject, level=exam.level, chosen=chosen, right=right, size=len(keys), score=score,
        pass_mark=exam.pass_mark, passed=score >= exam.pass_mark, version=version_of(sitting), in_time=in_time,
        marked_at=by.at,
    )  # fmt: skip


def version_of(sitting: Sitting) -> str:
    """The day of the paper and the digest of its questions and key: a changed paper does not fit its result."""
    digest = hashlib.sha256(repr((sitting.paper, sitting.answer_key)).encode()).hexdigest()
    return f"{sitting.started_at:%Y%m%d}-{digest[:12]}"


def is_anothers(sitting: Sitting, by: Actor) -> bool:
    """Nobody confirms their own result, and a supervisor's takes somebody above (TRN-13)."""
    if sitting.employee_id == by.id:
        return False
    held = people.posts_held(sitting.employee, sitting.project, by.at)
    above = (posts.SERVICE_MANAGER, posts.PROJECT_MANAGER, posts.COMPANY_SERVICE)
    return posts.SERVICE_SUPERVISOR not in held or by.holds(sitting.project_id, *above)


@operation(Sitting, label=_("Confirm the result"), whose=is_anothers, clauses=["TRN-06"], icon="signature")
def confirm_result(sitting: Sitting, *, by: Actor) -> None:
    """Sign the result (F-EXAM). The score itself cannot be changed by anybody."""
    sitting.confirmed_by_id, sitting.confirmed_at = by.id, by.at
