"""The record of a revisit (F-REV)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.parts.casework.satisfaction import Satisfaction
from guanjia.people import posts, reach

# What is said at a care visit: the steward of the district, and who leads the service.
CARERS = frozenset({posts.STEWARD, posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER})
READERS = posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS
SOLVERS = READERS | posts.ENGINEERING | posts.SECURITY


class Mood(models.TextChoices):
    """How the resident felt."""

    CALM = "calm", _("Calm")
    PLEASED = "pleased", _("Pleased")
    ANXIOUS = "anxious", _("Anxious")
    ANGRY = "angry", _("Angry")


class Mode(models.TextChoices):
    """How it was made."""

    PHONE = "phone", _("Call")
    HOME = "home", _("At the home")
    INTERVIEW = "interview", _("In person")
    ONLINE = "online", _("Online")


@register("revisit")
class Revisit(Scoped):
    """One revisit of one round of a case, by one who did not do the work."""

    case = ScopedForeignKey("casework.Case", related_name="revisits")
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=12, choices=Mode)
    satisfaction = models.CharField(max_length=16, choices=Satisfaction)
    mood = models.CharField(max_length=10, choices=Mood)
    feedback = models.CharField(max_length=500)
    suggestion = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    PERSONAL = frozenset({"feedback", "suggestion"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "case", "round"], name="followups_revisit_round"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=240), name="followups_revisit_minutes"
            ),
        ]


class VisitKind(models.TextChoices):
    """Why somebody came by (vocabulary: visit_kinds); revisits of a case are `Revisit`."""

    ROUND = "round_visit", _("Visiting round")
    HOME = "home_visit", _("Home visit")
    CARE = "care_visit", _("Care visit")


@register("household_visit")
class Visit(Scoped):
    """A visit of a household on the steward's own account (F-REV), whatever became of it."""

    house = ScopedForeignKey("places.House", related_name="+", verbose_name=_("House"))
    resident = ScopedForeignKey("people.Resident", null=True, blank=True, related_name="+", verbose_name=_("Resident"))
    kind = models.CharField(_("Kind of visit"), max_length=12, choices=VisitKind)
    mode = models.CharField(_("How"), max_length=12, choices=Mode)
    at = models.DateTimeField(_("Visited at"))
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Visited by"))
    satisfaction = models.CharField(_("Satisfaction"), max_length=16, choices=Satisfaction, blank=True)
    mood = models.CharField(_("Mood"), max_length=10, choices=Mood, blank=True)
    feedback = models.CharField(_("Feedback"), max_length=500, blank=True)
    suggestion = models.CharField(_("Suggestion"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    # What is said at a care visit is a care note: encrypted at rest, `feedback` and `suggestion` stay empty then.
    care_words = SealedTextField(
        verbose_name=_("Feedback"), max_length=500, blank=True, default=b"", db_default=b""
    )  # fmt: skip
    care_wish = SealedTextField(
        verbose_name=_("Suggestion"), max_length=300, blank=True, default=b"", db_default=b""
    )  # fmt: skip

    PERSONAL = frozenset({"feedback", "suggestion"})
    SECRET = frozenset({"care_words", "care_wish"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=240), name="followups_visit_minutes"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="followups_visit_newest")]

    def __str__(self) -> str:
        return f"{self.house} {self.get_kind_display()}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Visit]:
        """What residents say at their door is for service and management; at a care visit, for who cares alone."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        wide = [p for p, held in by.posts.items() if held & READERS] if by.is_staff else []
        plain = rows.filter(project_id__in=wide).exclude(kind=VisitKind.CARE)
        return plain | reach.near(rows.filter(kind=VisitKind.CARE), by, CARERS)

    @property
    def said(self) -> str:
        """What they said, wherever it is kept."""
        return str(self.care_words or self.feedback)

    def person(self) -> tuple[str, int]:
        """What was said is sealed under the resident's key; nobody named: under the visit's own."""
        return ("people.resident", self.resident_id) if self.resident_id else ("household_visit", int(self.pk or 0))


class IssueState(models.TextChoices):
    OPEN = "issue_open", _("To be solved")
    SOLVED = "issue_solved", _("To be asked again")
    CLOSED = "issue_closed", _("Confirmed")


@register("revisit_issue")
class Issue(Scoped):
    """A problem that a visit or revisit brought up: whose it is, until when, and the second revisit that closes it."""

    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    case = ScopedForeignKey("casework.Case", null=True, blank=True, related_name="+", verbose_name=_("Case"))
    words = models.CharField(pgettext_lazy("followups", "What it is"), max_length=300)
    scope = models.CharField(
        _("Scope"),
        max_length=12,
        choices=[("common", _("Shared by many")), ("individual", _("One household"))],
        default="individual",
    )
    is_important = models.BooleanField(_("For the next meeting"), default=False)
    department = ScopedForeignKey("people.Department", related_name="+", verbose_name=_("Department in charge"))
    due_at = models.DateTimeField(_("Solved by"))
    noted_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Noted by"))
    noted_at = models.DateTimeField(_("Noted at"))
    solution = models.CharField(_("How it was solved"), max_length=300, blank=True)
    solved_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Solved by whom")
    )
    solved_at = models.DateTimeField(_("Solved at"), null=True)
    second_mode = models.CharField(_("Second revisit"), max_length=12, choices=Mode, blank=True)
    second_words = models.CharField(_("Said at the second revisit"), max_length=300, blank=True)
    second_at = models.DateTimeField(_("Second revisit at"), null=True)
    reopened = models.PositiveSmallIntegerField(_("Not solved after all"), default=0)
    state = models.CharField(_("State"), max_length=14, choices=IssueState, default=IssueState.OPEN)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "solve_issue": ({IssueState.OPEN}, IssueState.SOLVED),
        "close_issue": ({IssueState.SOLVED}, IssueState.CLOSED),
        "return_issue": ({IssueState.SOLVED}, IssueState.OPEN),
    }
    PERSONAL = frozenset({"second_words"})
    SEARCHED = ("words",)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("noted_at")), name="followups_issue_ahead"),
            # Nothing is closed without the second revisit that confirms it (REV-10).
            models.CheckConstraint(
                condition=~Q(state="issue_closed") | (Q(second_at__isnull=False) & ~Q(second_words="")),
                name="followups_issue_asked_again",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="followups_issue_state")]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Issue]:
        """Service, engineering and management: whoever may have to solve it."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        wide = [p for p, held in by.posts.items() if held & SOLVERS] if by.is_staff else []
        return rows.filter(project_id__in=wide)

    def search_text(self) -> str:
        return f"{self.words} {self.house.code if self.house else ''}"


class Trigger(models.TextChoices):
    """Why somebody is revisited, in the order of REV-06 (vocabulary: revisit_triggers); other repairs come last."""

    MOVE_IN = "new_move_in", _("Newly moved in")
    COMPLAINT = "after_complaint", _("After a complaint")
    MAJOR_REPAIR = "after_major_repair", _("After a major repair")
    VIP = "vip", _("Particular attention")
    REPAIR = "after_repair", _("After a repair")


@register("revisit_timing")
class Timing(Scoped):
    """What a project decided for a trigger: within how many days, by which way, and whether at all."""

    trigger = models.CharField(_("Reason for a revisit"), max_length=20, choices=Trigger)
    days = models.PositiveSmallIntegerField(_("Within days"), null=True, blank=True)
    mode = models.CharField(_("How"), max_length=12, choices=Mode)
    is_on = models.BooleanField(_("In use"), default=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "trigger"], name="followups_timing_once"),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__range=(1, 366)), name="followups_timing_days"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_trigger_display())
