"""Every read of this room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from guanjia.kernel.actors import Actor
from guanjia.parts.standards import queries as standards
from guanjia.people.models import Employee
from guanjia.places.models import Project

from . import bank
from .models import (
    Attendance,
    Certificate,
    Confirmation,
    Course,
    Demand,
    Exam,
    Handbook,
    PlanLine,
    Question,
    Result,
    Sitting,
)
from .models.reach import READERS

# Where the Book is silent: what the form of a new exam begins with.
SIZE, MINUTES = 20, 30


def reads_all(by: Actor, project: Project) -> bool:
    return by.is_system or by.holds(project.pk, *READERS)


# -- the bank --------------------------------------------------------------------------------------------------------


def bank_of(project: Project, at: datetime) -> list[bank.Asked]:
    """What is asked at the project today: the clauses' questions, and the company's own that still fit."""
    day = standards.today_at(project, at)
    made = bank.from_the_book(project, day)
    rows = list(Question.objects.filter(project=project, state=Question.State.ASKED).order_by("id"))
    rules = standards.rules_in_force({row.clause_id for row in rows}, project, day)
    return made + [_own(row, rules[row.clause_id]) for row in rows if _fits(row, rules[row.clause_id])]


def _fits(row: Question, rule: standards.Rule) -> bool:
    return rule.is_on and row.mark == bank.fingerprint(rule)


def _own(row: Question, rule: standards.Rule) -> bank.Asked:
    answers = (row.right, *row.wrong)
    return bank.Asked(f"own.{row.pk}", row.clause_id, row.exam_subject, row.level, row.ask, answers, rule.words)


def of_exam(project: Project, at: datetime, subject: str, level: str) -> list[bank.Asked]:
    """What an exam of a level may ask: its own level and those below it, of one subject."""
    if level not in bank.LEVELS:
        return []
    upto = bank.LEVELS[: bank.LEVELS.index(level) + 1]
    return [one for one in bank_of(project, at) if one.subject == subject and one.level in upto]


def to_renew(project: Project, at: datetime) -> list[Question]:
    """Own questions whose clause has changed since: not asked until somebody looked."""
    rows = list(Question.objects.filter(project=project, state=Question.State.ASKED).order_by("id"))
    rules = standards.rules_in_force({row.clause_id for row in rows}, project, standards.today_at(project, at))
    return [row for row in rows if not _fits(row, rules[row.clause_id])]


# -- exams -----------------------------------------------------------------------------------------------------------


def exams(project: Project, by: Actor) -> QuerySet[Exam]:
    """All of them to who answers for staff; to others those that they sit."""
    rows = Exam.visible_to(by).filter(project=project).select_related("project", "holder")
    if not reads_all(by, project):
        rows = rows.filter(Exists(Sitting.objects.filter(exam=OuterRef("pk"), employee_id=by.id)))
    sat = Q(sittings__state__in=[Sitting.State.MARKED, Sitting.State.CONFIRMED])
    return rows.annotate(people=Count("sittings"), sat=Count("sittings", filter=sat))


def sittings(project: Project, by: Actor) -> QuerySet[Sitting]:
    rows = Sitting.visible_to(by).filter(project=project)
    return rows.select_related("project", "employee", "exam__project", "exam__holder", "confirmed_by")


def sittings_of(exam: Exam, by: Actor) -> list[Sitting]:
    rows = sittings(exam.project, by).filter(exam=exam).order_by("id").prefetch_related("results")
    return list(rows)


def to_sit(project: Project, by: Actor) -> list[Sitting]:
    """What waits for me, the nearest end first."""
    states = [Sitting.State.WAITING, Sitting.State.SITTING]
    rows = sittings(project, by).filter(employee_id=by.id, state__in=states).order_by("exam__until_at", "id")
    return [one for one in rows[:20] if (one.ends_at or one.exam.until_at) > by.at]


def to_confirm(project: Project, by: Actor) -> QuerySet[Sitting]:
    """Marked papers of others whose result waits for a name."""
    rows = sittings(project, by).filter(state=Sitting.State.MARKED)
    return rows.exclude(employee_id=by.id).order_by("id")


def result_of(sitting: Sitting) -> Result | None:
    return Result.objects.filter(project_id=sitting.project_id, sitting=sitting).first()


def results(project: Project, by: Actor) -> QuerySet[Result]:
    rows = Result.visible_to(by).filter(project=project)
    return rows.select_related("project", "employee", "sitting__exam", "sitting__confirmed_by", "sitting__project")


def over(at: datetime) -> QuerySet[Sitting]:
    """Papers whose time has run out, or that were never begun in time."""
    late = Q(state=Sitting.State.SITTING, ends_at__lt=at) | Q(state=Sitting.State.WAITING, exam__until_at__lt=at)
    return Sitting.objects.filter(late).select_related("project", "exam", "employee").order_by("id")


def passed_at(project: Project, employee: Employee, subject: str, level: str) -> datetime | None:
    """When the exam of this subject was last passed, at this level or a higher one, and confirmed by another."""
    upwards = bank.LEVELS[bank.LEVELS.index(level) :]
    rows = Result.objects.filter(
        project=project, employee=employee, exam_subject=subject, level__in=upwards, passed=True,
        sitting__state=Sitting.State.CONFIRMED,
    )  # fmt: skip
    return rows.order_by("-marked_at").values_list("marked_at", flat=True).first()


# -- courses, handbook, posts ----------------------------------------------------------------------------------------


def plan(project: Project, by: Actor) -> QuerySet[PlanLine]:
    return PlanLine.visible_to(by).filter(project=project).select_related("project", "planned_by")


def plan_of_year(project: Project, by: Actor, year: int) -> QuerySet[PlanLine]:
    """What stands in the plan of a year, by the day."""
    return plan(project, by).filter(year=year).exclude(state=PlanLine.State.OFF).order_by("on", "id")


def courses(project: Project, by: Actor) -> QuerySet[Course]:
    rows = Course.visible_to(by).filter(project=project).select_related("project", "trainer", "plan")
    if not reads_all(by, project):
        there = Attendance.objects.filter(course=OuterRef("pk"), employee_id=by.id)
        rows = rows.filter(Q(trainer_id=by.id) | Exists(there))
    signed = Q(attendances__state=Attendance.State.SIGNED)
    return rows.annotate(people=Count("attendances"), signed=Count("attendances", filter=signed))


def attendances(project: Project, by: Actor) -> QuerySet[Attendance]:
    rows = Attendance.visible_to(by).filter(project=project)
    return rows.select_related("project", "employee", "course__trainer", "course__project")


def to_attend(project: Project, by: Actor) -> list[Attendance]:
    mine = attendances(project, by).filter(employee_id=by.id, state=Attendance.State.INVITED)
    return list(mine.filter(course__state=Course.State.OPEN).order_by("id")[:20])


def taught_modules(project: Project, by: Actor) -> dict[str, dict[str, Any]]:
    """By module: when it was last given and to how many, whether I was there, when it is planned next."""
    given = attendances(project, by).filter(state=Attendance.State.SIGNED).exclude(course__module="")
    rows: Any = given.order_by().values("course__module").annotate(
        last=Max("course__on"), people=Count("employee", distinct=True), mine=Count("pk", filter=Q(employee_id=by.id))
    )  # fmt: skip
    found = {row.pop("course__module"): row | {"mine": by.is_staff and row["mine"] > 0} for row in rows}
    ahead = plan(project, by).filter(state=PlanLine.State.PLANNED, on__gte=standards.today_at(project, by.at))
    planned = ahead.exclude(module="").order_by().values_list("module").annotate(next=Min("on"))
    for module, on in planned:
        found.setdefault(module, {})["next"] = on
    return found


def was_taught(project: Project, employee: Employee, subject: str, since: datetime | None) -> bool:
    """Whether a course that prepares for this exam was attended and closed (since the material last changed)."""
    rows = Attendance.objects.filter(
        project=project, employee=employee, state=Attendance.State.SIGNED, course__exam_subject=subject,
        course__state=Course.State.CLOSED,
    )  # fmt: skip
    return rows.filter(signed_at__gte=since).exists() if since else rows.exists()


def certificates(project: Project, by: Actor) -> QuerySet[Certificate]:
    rows = Certificate.visible_to(by).filter(project=project)
    return rows.select_related("project", "employee", "recorded_by")


def on_file(project: Project, by: Actor) -> QuerySet[Certificate]:
    """Those that were not struck out, by person (F-CERT)."""
    return certificates(project, by).filter(state=Certificate.State.KEPT).order_by("employee_id", "kind", "valid_until")


def updated_at(project: Project) -> datetime | None:
    """When the handbook changed last."""
    rows = Handbook.objects.filter(project=project).order_by("-updated_at")
    return rows.values_list("updated_at", flat=True).first()


def demand_on(project: Project, day: Any) -> Demand | None:
    """What the roster asks on a day; None where the project has not begun with it."""
    return Demand.objects.filter(project=project, from_on__lte=day, ended_on__isnull=True).first()


def standing_demand(project: Project) -> Demand | None:
    return Demand.objects.filter(project=project, ended_on__isnull=True).first()


def is_confirmed(project: Project, employee: Employee, post: str, at: datetime, days: int) -> bool:
    """Confirmed in the post, and examined again since the handbook changed (or still within the days for it)."""
    rows = Confirmation.objects.filter(project=project, employee=employee, post=post, confirmed_at__lte=at)
    if not rows.exists():
        return False
    changed = updated_at(project)
    if changed is None or changed + timedelta(days=days) > at:
        return True
    passed = passed_at(project, employee, "internal", bank.STAFF)
    return passed is not None and passed >= changed
