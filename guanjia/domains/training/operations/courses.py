"""Plan courses, give them, sign, close them with results."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.standards import queries as standards
from guanjia.places.models import Project

from ..forms import CloseForm, CourseForm, PlanForm, ReasonForm
from ..models import Attendance, Course, PlanLine


@operation(
    Project, label=_("Plan a course"), form=PlanForm, creates=PlanLine, clauses=["TRN-08"], icon="calendar-event"
)
def plan_course(project: Project, *, by: Actor, on: Any, **given: Any) -> PlanLine:
    """A line of the year's training plan."""
    if on < standards.today_at(project, by.at):
        raise Refused("on", _("What is past is not planned. Enter the course itself."))
    return PlanLine.objects.create(project=project, year=on.year, on=on, planned_by_id=by.id, moved_at=by.at, **given)


@operation(PlanLine, label=_("Call it off"), form=ReasonForm, clauses=["TRN-08"], danger=True, icon="calendar-off")
def call_off_course(line: PlanLine, *, by: Actor, reason: str) -> None:
    """The line stays in the plan, with why it was not given."""
    line.reason = reason


@operation(PlanLine, label=_("Enter the course"), form=CourseForm, clauses=["TRN-08", "TRN-03"], icon="school")
def give(line: PlanLine, *, by: Actor, employees: Any, **given: Any) -> None:
    """The planned course was given: who took part signs."""
    _given(line.project, line, by, employees, **given)


@operation(
    Project, label=_("Enter a course"), form=CourseForm, creates=Course, clauses=["TRN-02", "TRN-03", "TRN-14"],
    icon="school",
)  # fmt: skip
def give_course(project: Project, *, by: Actor, employees: Any, **given: Any) -> Course:
    """A course was given that no plan had."""
    return _given(project, None, by, employees, **given)


def _given(project: Project, plan: PlanLine | None, by: Actor, employees: Any, **given: Any) -> Course:
    if any(one.pk == by.id for one in employees):
        raise Refused("employees", _("Who teaches does not sign as a trainee."))
    course = Course.objects.create(
        project=project, plan=plan, trainer_id=by.id, given_at=by.at, moved_at=by.at, **given
    )
    Attendance.objects.bulk_create(
        Attendance(project=project, course=course, employee=one, moved_at=by.at) for one in employees
    )
    return course


def is_mine(attendance: Attendance, by: Actor) -> bool:
    """Nobody signs for another."""
    return attendance.employee_id == by.id


def is_open(attendance: Attendance) -> bool:
    return attendance.course.state == Course.State.OPEN


@operation(
    Attendance, label=_("Sign that I took part"), whose=is_mine, when=is_open, clauses=["TRN-03"], icon="signature"
)
def attend(attendance: Attendance, *, by: Actor) -> None:
    """Signed by the trainee."""
    if not is_open(attendance):
        raise Refused("", _("The course is closed."))
    attendance.signed_at = by.at


def is_trainers(course: Course, by: Actor) -> bool:
    """Who gave it closes it."""
    return course.trainer_id == by.id


@operation(
    Course, label=_("Close with results"), form=CloseForm, whose=is_trainers, clauses=["TRN-03", "TRN-14"],
    icon="circle-check",
)  # fmt: skip
def close_course(course: Course, *, by: Actor, results: dict[str, str]) -> None:
    """A result for each who signed; who did not, was not there."""
    rows = Attendance.objects.filter(project_id=course.project_id, course=course)
    if not results:
        raise Refused("", _("Nobody has signed yet."))
    for pk, said in results.items():
        rows.filter(pk=int(pk)).update(result=said)
    rows.filter(state=Attendance.State.INVITED).update(state=Attendance.State.ABSENT, moved_at=by.at)
    course.closed_at = by.at
