"""F-EXAM, F-TRN, F-TRN-PLAN, F-CERT and F-HANDBOOK from the records; a question paper for the pen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.files import queries as files
from guanjia.parts.papers.records import heading, on_paper, seal_of
from guanjia.places.models import Project

from .models import Attendance, Certificate, Handbook, PlanLine, Result, Sitting


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


@on_paper
def exam_record(sitting: Sitting, result: Result, *, by: Actor, address: str = "") -> bytes:
    """One result (F-EXAM), signed by who confirmed it."""
    signed: dict[str, Any] = {}
    if sitting.confirmed_by and sitting.confirmed_at:
        signed["company_service_dept"] = (sitting.confirmed_by.name, sitting.confirmed_at)
    return papers.render(
        "F-EXAM", exam_line(sitting, result), printed_by=by.name, at=by.at, heading=heading(sitting.project),
        number=f"F-EXAM-{sitting.pk}", seal=seal_of(sitting), address=address, signed=signed,
        zone=sitting.project.zone,
    )  # fmt: skip


@on_paper
def exam_register(project: Project, title: str, rows: Iterable[Result], *, by: Actor) -> bytes:
    """The results of an exam as the register."""
    lines = (exam_line(row.sitting, row) for row in rows)
    return papers.register(
        "F-EXAM", lines, printed_by=by.name, at=by.at, heading=heading(project), period=title, zone=project.zone
    )


@on_paper
def training_record(attendance: Attendance, *, by: Actor, address: str = "") -> bytes:
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
    return papers.render(
        "F-TRN", given, printed_by=by.name, at=by.at, heading=heading(attendance.project),
        number=f"F-TRN-{attendance.pk}", seal=seal_of(attendance), address=address, signed=signed,
        zone=attendance.project.zone,
    )  # fmt: skip


@on_paper
def plan(project: Project, year: int, rows: Iterable[PlanLine], *, by: Actor) -> bytes:
    """The training plan of a year (F-TRN-PLAN); what was called off is not in it."""
    lines = (
        {"year": row.year, "course": row.name, "audience": row.audience, "date": row.on, "trainer": row.trainer,
         "exam": row.examined}
        for row in rows
    )  # fmt: skip
    return papers.register(
        "F-TRN-PLAN", lines, printed_by=by.name, at=by.at, heading=heading(project), period=str(year),
        zone=project.zone,
    )  # fmt: skip


@on_paper
def certificates(project: Project, rows: Iterable[Certificate], *, by: Actor) -> bytes:
    """The certificates on file (F-CERT)."""
    lines = (
        {"employee": row.employee.name, "kind": row.kind, "no": row.number, "issued_on": row.issued_on,
         "valid_until": row.valid_until}
        for row in rows
    )  # fmt: skip
    return papers.register("F-CERT", lines, printed_by=by.name, at=by.at, heading=heading(project), zone=project.zone)


@on_paper
def handbook(one: Handbook, *, by: Actor, address: str = "") -> bytes:
    """The sheet of a version of the handbook (F-HANDBOOK)."""
    count = files.files_of(one, "note").count()
    kept = f"\n附件 {count} 份，见原记录" if count else ""
    given = {
        "version": one.version, "plan": one.plan, "contracts": one.contracts, "policies": one.policies + kept,
        "change_source": one.source, "updated_on": one.updated_at.astimezone(ZoneInfo(one.project.zone)).date(),
        "backups": [one.kept_at, one.second_copy_at],
    }  # fmt: skip
    return papers.render(
        "F-HANDBOOK", given, printed_by=by.name, at=by.at, heading=heading(one.project),
        number=f"F-HANDBOOK-{one.pk}", seal=seal_of(one), address=address,
        signed={"handbook_editor": (one.editor.name, one.updated_at)}, zone=one.project.zone,
    )  # fmt: skip
