"""The year's plan, the courses that were given, who signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import locate
from guanjia.places.models import Project
from guanjia.web import sheets
from guanjia.web.registers import Column, Filter, Register, grow, minor
from guanjia.web.things import ThingPages

from .. import operations, queries
from ..models import Attendance, Course, PlanLine
from ..models.reach import module_words, named
from .frame import tabs


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
        rows.append(
            {
                "one": one,
                "sign_url": act if operations.attend.offer(one, by) else "",
                "sheets": sheets.offered(one, by),
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
    frame=tabs,
    empty=_("Who taught whom, in what, and who signed that they were there."),
)  # fmt: skip


plan_pages = ThingPages(
    PlanLine, "training", create=operations.plan_course, names=("plan", "new-plan", "plan-line"),
    title=_("Training plan"), said=_("Planned."),
    facts=("year", "module", "part", "audience", "on", "trainer", "examined", "planned_by", "reason"),
    leading=("give",),
)  # fmt: skip
plan = Register(
    "plan", pages=plan_pages, unit=_("courses"), order=("-on", "-id"),
    columns=(grow("name"), Column(_("Day"), "on", "text"), "audience", minor("part"), minor("examined"), "state"),
    filters=("state",),
    frame=tabs,
    empty=_("What is to be taught this year, to whom and when."),
)  # fmt: skip
