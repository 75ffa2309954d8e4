"""What the counter reads and accounts for: standard replies, the telephone bill, private calls."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts

from .base import at_counter
from .calls import Topic


@register("standard_reply")
class StandardReply(Scoped):
    """A question that comes often, and what everybody answers (DESK-19); released by somebody else than its writer."""

    class State(models.TextChoices):
        DRAFT = "draft_reply", pgettext_lazy("reply", "Draft")
        IN_USE = "in_use", _("In use")
        RETIRED = "retired_reply", _("Retired")

    FLOW: ClassVar[dict[str, Any]] = {
        "revise_reply": ({State.DRAFT, State.IN_USE}, State.DRAFT),
        "release_reply": ({State.DRAFT}, State.IN_USE),
        "retire_reply": ({State.DRAFT, State.IN_USE}, State.RETIRED),
    }
    SEARCHED = ("question", "words", "also")

    topic = models.CharField(_("Topic"), max_length=16, choices=Topic)
    question = models.CharField(_("Question"), max_length=120)
    words = models.CharField(_("Answer"), max_length=1000)
    also = models.CharField(_("Also asked as"), max_length=200, blank=True)
    written_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Written by"))
    released_at = models.DateTimeField(_("In use since"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=14, choices=State, default=State.DRAFT)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "question"], condition=~Q(state="retired_reply"), name="reception_standardreply_one"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state"], name="reception_standardreply_state")]

    def __str__(self) -> str:
        return self.question

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[StandardReply]:
        return at_counter(cls.objects.all(), by)

    def search_text(self) -> str:
        return f"{self.question} {self.also} {self.words}"


@register("phone_cost")
class PhoneCost(Scoped):
    """What the counter's telephone cost in a month, against the quota of that day (DESK-16)."""

    month_on = models.DateField(_("Month"))
    amount_fen = models.PositiveIntegerField(_("Telephone bill"))
    quota_fen = models.PositiveIntegerField(_("Quota"), null=True, blank=True)
    why = models.CharField(_("Why it is over"), max_length=300, blank=True)
    entered_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Entered by"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "month_on"], name="reception_phonecost_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month_on:%Y-%m}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[PhoneCost]:
        return at_counter(cls.objects.all(), by)


@register("private_call")
class PrivateCall(Scoped):
    """An emergency of one's own on the centre's telephone (DESK-17)."""

    PERSONAL = frozenset({"why", "why_longer"})

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Colleague"))
    called_at = models.DateTimeField(_("Called at"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"))
    why = models.CharField(_("What was urgent"), max_length=200)
    why_longer = models.CharField(_("Why it took longer"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="reception_privatecall_list")]

    def __str__(self) -> str:
        return str(self.employee)

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[PrivateCall]:
        """Who leads, and each their own."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        led = [pk for pk, held in by.posts.items() if held & (posts.SUPERVISORS | posts.MANAGERS)]
        return rows.filter(Q(project_id__in=led) | Q(project_id__in=list(by.posts), employee_id=by.id))
