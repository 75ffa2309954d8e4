"""The year's plan, the courses that were given, who signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import locate
from guanjia.places.models import Project
from guanjia.web.doors import printed, staff_page
from guanjia.web.export import pdf
from guanjia.web.registers import Column, Filter, Register, grow, minor
from guanjia.web.things import ThingPages

from .. import operations, papers, queries
from ..models import Attendance, Course, PlanLine
from ..models.reach import module_words, named
from .frame import framed


def _modules(project: Project) -> list[tuple[str, str]]:
    return [(key, module_words(key)) for key in book.modules()]


def attendance_address(one: Attendance, project: Project | None = None) -> str:
    return reverse("training:course", args=[(project or one.project).code, one.course_id])


locate("training_attendance", attendance_address)


def trainees(course: Course, by: Actor) -> Iterator[dict[str, Any]]:
    """Who takes part: each signs for themself; the record of each prints."""
    rows = []
    for one in queries.attendances(course.project, by).filter(course=course).order_by("id"):
        act = reverse("acts:do", args=[course.project.code, "training_attendance", one.pk, "attend"])
        sheet = reverse("training:record-sheet", args=[course.project.code, one.pk])
        rows.append(
            {
                "one": one,
                "sign_url": act if operations.attend.offer(one, by) else "",
                "print_url": sheet if operations.print_record.offer(one, by) else "",
            }
        )
    yield {"template": "training/trainees.html", "rows": rows}


course_pages = ThingPages(
    Course, "training", create=operations.give_course, names=("courses", "new-course", "course"), title=_("Courses"),
    said=_("Entered. Each finds it on Today, to sign."),
    facts=("module", "part", "mode", "level", "exam_subject", "on", "hours", "trainer", "plan", "closed_at"),
    panels=trainees,
)  # fmt: skip
courses = Register(
    "courses", pages=course_pages, unit=_("courses"), rows=queries.courses,
    columns=(
        grow("name"), Column(_("Day"), "on", "text"), minor("part"), minor("mode"), "trainer",
        Column(pgettext_lazy("training", "Trainees"), "people", "num"), Column(_("Signed"), "signed", "num"),
    ),
    filters=(
        Filter("part", choices=lambda p: named("course_parts")),
        Filter("module", choices=_modules),
        Filter("mode", choices=lambda p: named("learning_modes")),
    ),
    frame=framed,
    empty=_("Who taught whom, in what, and who signed that they were there."),
)  # fmt: skip


def plan_sheets(line: PlanLine, by: Actor) -> Iterator[dict[str, Any]]:
    if operations.print_plan.offer(line, by) is not None:
        url = reverse("training:plan-sheet", args=[line.project.code, line.pk])
        yield {"label": operations.print_plan.label, "url": url}


plan_pages = ThingPages(
    PlanLine, "training", create=operations.plan_course, names=("plan", "new-plan", "plan-line"),
    title=_("Training plan"), said=_("Planned."),
    facts=("year", "module", "part", "audience", "on", "trainer", "examined", "planned_by", "reason"),
    sheets=plan_sheets, leading=("give",),
)  # fmt: skip
plan = Register(
    "plan", pages=plan_pages, unit=_("courses"), order=("-on", "-id"),
    columns=(grow("name"), Column(_("Day"), "on", "text"), "audience", minor("part"), minor("examined"), "state"),
    filters=("state",),
    frame=framed,
    empty=_("What is to be taught this year, to whom and when."),
)  # fmt: skip


@staff_page
@require_POST
def plan_sheet(request: Any, pk: int) -> HttpResponse:
    """F-TRN-PLAN of the year of this line."""
    by, project = request.actor, request.project
    line = queries.plan(project, by).filter(pk=pk).first()
    line = printed(request, operations.print_plan, line)
    rows = queries.plan_of_year(project, by, line.year)
    return pdf(f"F-TRN-PLAN-{line.year}", papers.plan(project, line.year, rows, by=by))


@staff_page
@require_POST
def record_sheet(request: Any, pk: int) -> HttpResponse:
    """F-TRN of one trainee."""
    by, project = request.actor, request.project
    one = queries.attendances(project, by).filter(pk=pk).first()
    one = printed(request, operations.print_record, one)
    address = request.build_absolute_uri(attendance_address(one, project))
    return pdf(f"F-TRN-{one.pk}", papers.training_record(one, by=by, address=address))
