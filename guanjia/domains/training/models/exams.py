"""Questions that a company writes, exams that are held, papers that are sat, results that stay."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

from .reach import Own, named

MOST_QUESTIONS = 100


@register("exam_question")
class Question(Scoped):
    """A question of the company's own. `mark` is what the clause said when it was written or last looked at."""

    class State(models.TextChoices):
        ASKED = "in_bank", _("In the bank")
        WITHDRAWN = "taken_out", _("Taken out")

    clause_id = models.CharField(_("Clause"), max_length=12)
    exam_subject = models.CharField(_("Subject"), max_length=30)
    level = models.CharField(_("Exam level"), max_length=30)
    ask = models.CharField(_("Question"), max_length=300)
    right = models.CharField(_("Right answer"), max_length=200)
    wrong = models.JSONField(_("Wrong answers"), default=list)
    mark = models.CharField(max_length=16, default="")
    author = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Question by"))
    written_at = models.DateTimeField(_("Written at"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ASKED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "renew_question": ({State.ASKED, State.WITHDRAWN}, State.ASKED),
        "withdraw_question": ({State.ASKED}, State.WITHDRAWN),
    }

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "-id"], name="training_question_state")
        ]

    def __str__(self) -> str:
        return self.ask

    def get_exam_subject_display(self) -> str:
        return str(dict(named("exam_subjects")).get(self.exam_subject, self.exam_subject))

    def get_level_display(self) -> str:
        return str(dict(named("exam_levels")).get(self.level, self.level))


@register("exam")
class Exam(Scoped):
    """One exam in one subject and level, for the people who sit it, from a moment until a moment."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("training", "Open")
        OFF = "off", _("Called off")

    exam_subject = models.CharField(_("Subject"), max_length=30)
    level = models.CharField(_("Exam level"), max_length=30)
    size = models.PositiveSmallIntegerField(_("Questions"))
    pass_mark = models.PositiveSmallIntegerField(_("Pass mark"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"))
    until_at = models.DateTimeField(_("To be sat by"))
    holder = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Examiner"))
    held_at = models.DateTimeField(_("Called at"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {"call_off_exam": ({State.OPEN}, State.OFF)}

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_QUESTIONS, pass_mark__gte=1, pass_mark__lte=100),
                name="training_exam_sizes",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="training_exam_state")]

    def __str__(self) -> str:
        return f"{self.get_exam_subject_display()}（{self.get_level_display()}）"

    def get_exam_subject_display(self) -> str:
        return str(dict(named("exam_subjects")).get(self.exam_subject, self.exam_subject))

    def get_level_display(self) -> str:
        return str(dict(named("exam_levels")).get(self.level, self.level))


@register("exam_sitting")
class Sitting(Own):
    """One person's exam. `paper` is what they see; `answer_key` stays with us until it is marked."""

    class State(models.TextChoices):
        WAITING = "to_sit", _("To be sat")
        SITTING = "sitting", _("Being sat")
        MARKED = "marked", _("Marked")
        CONFIRMED = "confirmed", _("Result confirmed")
        ABSENT = "unsat", _("Not sat")
        OFF = "off", _("Called off")

    exam = ScopedForeignKey(Exam, related_name="sittings", verbose_name=_("Exam"))
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Candidate"))
    paper = models.JSONField(default=list)
    answer_key = models.JSONField(default=list)
    started_at = models.DateTimeField(_("Began at"), null=True)
    ends_at = models.DateTimeField(_("Time is over at"), null=True)
    confirmed_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Confirmed by")
    )
    confirmed_at = models.DateTimeField(_("Confirmed at"), null=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.WAITING)
    moved_at = models.DateTimeField()

    SECRET = frozenset({"answer_key"})
    FLOW: ClassVar[dict[str, Any]] = {
        "begin": ({State.WAITING}, State.SITTING),
        "hand_in": ({State.SITTING}, State.MARKED),
        "run_out": ({State.SITTING}, State.MARKED),
        "miss": ({State.WAITING}, State.ABSENT),
        "confirm_result": ({State.MARKED}, State.CONFIRMED),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "exam", "employee"], name="training_sitting_once"),
            models.CheckConstraint(condition=~Q(confirmed_by=F("employee")), name="training_sitting_not_oneself"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "employee", "state"], name="training_sitting_mine"),
            models.Index(fields=["state", "ends_at"], name="training_sitting_over"),
        ]

    def __str__(self) -> str:
        return f"{self.employee.name}　{self.exam}"


@register("exam_result")
class Result(Own):
    """How a sitting ended (F-EXAM). The database lets nobody change or delete it."""

    APPEND_ONLY = True

    sitting = ScopedForeignKey(Sitting, related_name="results")
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Candidate"))
    exam_subject = models.CharField(_("Subject"), max_length=30)
    level = models.CharField(_("Exam level"), max_length=30)
    chosen = models.JSONField(_("Answers given"), default=list)
    right = models.PositiveSmallIntegerField(_("Right"))
    size = models.PositiveSmallIntegerField(_("Questions"))
    score = models.PositiveSmallIntegerField(_("Score"))
    pass_mark = models.PositiveSmallIntegerField(_("Pass mark"))
    passed = models.BooleanField(_("Passed"))
    version = models.CharField(_("Version of the paper"), max_length=30)
    in_time = models.BooleanField(_("Handed in in time"), default=True)
    marked_at = models.DateTimeField(_("Marked at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "sitting"], name="training_result_once"),
            models.CheckConstraint(condition=Q(right__lte=F("size"), score__lte=100), name="training_result_sizes"),
            models.CheckConstraint(
                condition=Q(passed=True, score__gte=F("pass_mark")) | Q(passed=False, score__lt=F("pass_mark")),
                name="training_result_passed",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["project", "employee", "exam_subject", "level", "-marked_at"], name="training_result_of"
            )
        ]
