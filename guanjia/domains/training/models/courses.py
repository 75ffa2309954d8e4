"""Courses: planned for a year (F-TRN-PLAN), given, attended and signed (F-TRN)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

from .reach import Own, module_words, named


@register("training_plan_line")
class PlanLine(Scoped):
    """A course that is to be given on a day of the year."""

    class State(models.TextChoices):
        PLANNED = "planned", _("In the plan")
        HELD = "given", _("Given")
        OFF = "off", _("Called off")

    year = models.PositiveSmallIntegerField(_("Year"))
    module = models.CharField(_("Module"), max_length=4, blank=True, default="", db_default="")
    name = models.CharField(_("Course"), max_length=60)
    part = models.CharField(_("Part of the course"), max_length=20)
    audience = models.CharField(_("Audience"), max_length=60)
    on = models.DateField(_("Day"))
    trainer = models.CharField(_("Trainer"), max_length=30, blank=True)
    examined = models.CharField(_("How it is examined"), max_length=60, blank=True)
    planned_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Planned by"))
    reason = models.CharField(_("Why it was called off"), max_length=100, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.PLANNED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "give": ({State.PLANNED}, State.HELD),
        "call_off_course": ({State.PLANNED}, State.OFF),
        "print_plan": ({State.PLANNED, State.HELD, State.OFF}, None),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "year", "on"], name="training_plan_year")]

    def __str__(self) -> str:
        return f"{self.name}　{self.on:%Y-%m-%d}"

    def get_part_display(self) -> str:
        return str(dict(named("course_parts")).get(self.part, self.part))

    def get_module_display(self) -> str:
        return module_words(self.module)


@register("training_course")
class Course(Scoped):
    """A course as it was given. Who was there signs; the trainer closes it with each one's result."""

    class State(models.TextChoices):
        OPEN = "open", _("To be signed")
        CLOSED = "closed", _("Closed")

    module = models.CharField(_("Module"), max_length=4, blank=True, default="", db_default="")
    name = models.CharField(_("Course"), max_length=60)
    part = models.CharField(_("Part of the course"), max_length=20)
    level = models.CharField(_("Exam level"), max_length=30, blank=True)
    mode = models.CharField(_("Mode"), max_length=20)
    exam_subject = models.CharField(_("Prepares for the exam in"), max_length=30, blank=True)
    on = models.DateField(_("Day"))
    hours = models.PositiveSmallIntegerField(_("Class hours"), null=True)
    trainer = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Trainer"))
    plan = ScopedForeignKey(PlanLine, null=True, related_name="courses", verbose_name=_("From the plan"))
    given_at = models.DateTimeField(_("Entered at"))
    closed_at = models.DateTimeField(_("Closed at"), null=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {"close_course": ({State.OPEN}, State.CLOSED)}

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="training_course_state")]

    def __str__(self) -> str:
        return f"{self.name}　{self.on:%Y-%m-%d}"

    def get_part_display(self) -> str:
        return str(dict(named("course_parts")).get(self.part, self.part))

    def get_module_display(self) -> str:
        return module_words(self.module)

    def get_level_display(self) -> str:
        return str(dict(named("exam_levels")).get(self.level, self.level))

    def get_mode_display(self) -> str:
        return str(dict(named("learning_modes")).get(self.mode, self.mode))

    def get_exam_subject_display(self) -> str:
        return str(dict(named("exam_subjects")).get(self.exam_subject, self.exam_subject))


@register("training_attendance")
class Attendance(Own):
    """One person's line of a course: their own signature, and the result that the trainer gave (F-TRN)."""

    class State(models.TextChoices):
        INVITED = "to_sign", _("To sign")
        SIGNED = "signed", _("Signed")
        ABSENT = "absent", _("Was not there")

    course = ScopedForeignKey(Course, related_name="attendances", verbose_name=_("Course"))
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Trainee"))
    signed_at = models.DateTimeField(_("Signed at"), null=True)
    result = models.CharField(_("Result"), max_length=60, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.INVITED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {"attend": ({State.INVITED}, State.SIGNED), "print_record": ({State.SIGNED}, None)}

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "course", "employee"], name="training_attendance_once"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="training_attendance_signed"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "employee", "state"], name="training_attendance_mine")
        ]

    def __str__(self) -> str:
        return f"{self.employee.name}　{self.course}"
