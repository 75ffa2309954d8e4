"""F-EXAM, F-TRN, F-TRN-PLAN, F-CERT and F-HANDBOOK from the records; a question paper for the pen."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from guanjia.parts.files import queries as files
from guanjia.parts.papers.press import Press
from guanjia.places.models import Project
from guanjia.web.sheets import paper

from . import drawing, queries
from .models import Attendance, Exam, Handbook, PlanLine, Result, Sitting


def exam_line(sitting: Sitting, result: Result) -> dict[str, Any]:
    return {
        "employee": sitting.employee.name,
        "subject": result.exam_subject,
        "level": result.level,
        "date": result.marked_at.astimezone(ZoneInfo(sitting.project.zone)).date(),
        "score": result.score,
        "passed": result.passed,
        "version": result.version,
    }


def is_marked(sitting: Sitting) -> bool:
    """There is a result to print."""
    return queries.result_of(sitting) is not None


@paper(Sitting, label=_("Print the result"), clauses=["TRN-06"], when=is_marked)
def print_result(sitting: Sitting, press: Press) -> bytes:
    """One result (F-EXAM), signed by who confirmed it."""
    result = queries.result_of(sitting)
    assert result is not None, "nothing is printed of what was not marked"
    signed: dict[str, Any] = {}
    if sitting.confirmed_by and sitting.confirmed_at:
        signed["company_service_dept"] = (sitting.confirmed_by.name, sitting.confirmed_at)
    return press.form("F-EXAM", sitting, exam_line(sitting, result), number=f"F-EXAM-{sitting.pk}", signed=signed)


@paper(Exam, label=_("Print the exam record"), clauses=["TRN-06"])
def print_register(exam: Exam, press: Press) -> bytes:
    """The results of an exam as the register (F-EXAM)."""
    rows = queries.results(exam.project, press.by).filter(sitting__exam=exam).order_by("id")
    return press.table("F-EXAM", exam.project, (exam_line(row.sitting, row) for row in rows), period=str(exam))


@paper(Exam, label=_("Print a paper"), clauses=["TRN-06"])
def print_paper(exam: Exam, press: Press) -> HttpResponse:
    """Questions on paper, without the answers: for the pen."""
    found = queries.of_exam(exam.project, press.by.at, exam.exam_subject, exam.level)
    shown, _key = drawing.paper(found, min(exam.size, len(found)), f"paper:{exam.pk}", exam.level)
    lettered = [{**one, "lettered": list(zip("ABCDEF", one["answers"], strict=False))} for one in shown]
    context = {
        "exam": exam, "paper": lettered, "printed_by": press.by.name, "printed_at": press.by.at, "clauses": ["TRN-06"],
        "project": exam.project,
    }  # fmt: skip
    return HttpResponse(render_to_string("training/paper.html", context))


@paper(Attendance, label=_("Print the training record"), clauses=["TRN-03"])
def print_record(attendance: Attendance, press: Press) -> bytes:
    """One trainee's record of a course (F-TRN)."""
    course = attendance.course
    given = {
        "course": course.name, "level": course.level, "part": course.part, "mode": course.mode, "date": course.on,
        "trainer": course.trainer.name, "trainee": attendance.employee.name, "hours": course.hours,
        "result": attendance.result,
    }  # fmt: skip
    signed: dict[str, Any] = {"all_staff": (attendance.employee.name, attendance.signed_at)}
    if course.closed_at:
        signed["trainer"] = (course.trainer.name, course.closed_at)
    return press.form("F-TRN", attendance, given, number=f"F-TRN-{attendance.pk}", signed=signed)


@paper(PlanLine, label=_("Print the year's plan"), clauses=["TRN-08"])
def print_plan(line: PlanLine, press: Press) -> bytes:
    """The training plan of its year (F-TRN-PLAN); what was called off is not in it."""
    lines = (
        {"year": row.year, "course": row.name, "audience": row.audience, "date": row.on, "trainer": row.trainer,
         "exam": row.examined}
        for row in queries.plan_of_year(line.project, press.by, line.year)
    )  # fmt: skip
    return press.table("F-TRN-PLAN", line.project, lines, period=str(line.year))


@paper(Project, label=_("Print the certificate register"), clauses=["TRN-15"], back="training:certificates")
def print_certificates(project: Project, press: Press) -> bytes:
    """The certificates on file (F-CERT)."""
    lines = (
        {"employee": row.employee.name, "kind": row.kind, "no": row.number, "issued_on": row.issued_on,
         "valid_until": row.valid_until}
        for row in queries.on_file(project, press.by)
    )  # fmt: skip
    return press.table("F-CERT", project, lines)


@paper(Handbook, label=_("Print the handbook's sheet"), clauses=["TRN-09"])
def print_handbook(handbook: Handbook, press: Press) -> bytes:
    """The sheet of a version of the handbook (F-HANDBOOK)."""
    count = files.files_of(handbook, "note").count()
    kept = f"\n附件 {count} 份，见原记录" if count else ""
    updated_on = handbook.updated_at.astimezone(ZoneInfo(handbook.project.zone)).date()
    given = {
        "version": handbook.version, "plan": handbook.plan, "contracts": handbook.contracts,
        "policies": handbook.policies + kept, "change_source": handbook.source, "updated_on": updated_on,
        "backups": [handbook.kept_at, handbook.second_copy_at],
    }  # fmt: skip
    signed = {"handbook_editor": (handbook.editor.name, handbook.updated_at)}
    return press.form("F-HANDBOOK", handbook, given, number=f"F-HANDBOOK-{handbook.pk}", signed=signed)
