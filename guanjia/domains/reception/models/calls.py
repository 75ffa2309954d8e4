"""Calls (F-CALL), call backs of missed ones, message slips (F-MSG)."""

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
from guanjia.web.words import masked

from .base import at_counter


class Topic(models.TextChoices):
    """`case_kinds` of the Book."""

    REPAIR = "repair", pgettext_lazy("topic", "Repair")
    COMPLAINT = "complaint", pgettext_lazy("topic", "Complaint")
    ENQUIRY = "enquiry", pgettext_lazy("topic", "Enquiry")
    FEE = "fee", pgettext_lazy("topic", "Fees")
    SPECIAL_SERVICE = "special_service", pgettext_lazy("topic", "Special service")
    OPINION = "opinion", pgettext_lazy("topic", "Opinion")
    RENOVATION = "renovation", pgettext_lazy("topic", "Renovation")
    VIOLATION = "violation", pgettext_lazy("topic", "Violation")
    INCIDENT = "incident", pgettext_lazy("topic", "Incident")
    VISIT = "visit", pgettext_lazy("topic", "Visit")
    OTHER = "other", pgettext_lazy("topic", "Other")


# What customers say that their supervisor has to know of (DESK-18).
INPUT = frozenset({Topic.COMPLAINT, Topic.OPINION, Topic.VIOLATION, Topic.INCIDENT})


@register("call")
class Call(Scoped):
    """One call that was taken. Where it became a case, the case holds what was said."""

    class State(models.TextChoices):
        PROMISED = "promised", _("Reply promised")
        SETTLED = "settled", pgettext_lazy("call", "Settled")

    FLOW: ClassVar[dict[str, Any]] = {"reply_call": ({State.PROMISED}, State.SETTLED)}
    PERSONAL = frozenset({"caller", "phone", "content", "handling", "reply"})
    SEARCHED = ("caller", "content", "phone")

    number = models.CharField(pgettext_lazy("desk", "Number"), max_length=30)
    called_at = models.DateTimeField(_("Called at"))
    answered_at = models.DateTimeField(pgettext_lazy("call", "Answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("call", "Answered by")
    )
    caller = models.CharField(pgettext_lazy("desk", "Caller"), max_length=30, blank=True)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    phone = SealedTextField(max_length=20, blank=True, default=b"", verbose_name=_("Phone"))
    topic = models.CharField(_("Topic"), max_length=16, choices=Topic)
    content = models.CharField(_("What was said"), max_length=500, blank=True)
    handling = models.CharField(pgettext_lazy("desk", "What was done"), max_length=300, blank=True)
    reply_by = models.DateTimeField(_("Reply promised by"), null=True, blank=True)
    reply = models.CharField(_("Reply"), max_length=500, blank=True)
    replied_at = models.DateTimeField(_("Replied at"), null=True, blank=True)
    noted_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Noted by the supervisor"),
    )  # fmt: skip
    phone_call = ScopedForeignKey("telephone.PhoneCall", null=True, blank=True, related_name="+")
    case = ScopedForeignKey("casework.Case", null=True, blank=True, related_name="+", verbose_name=_("Case"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.SETTLED)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "phone_call"], condition=Q(phone_call__isnull=False), name="reception_call_once"
            ),
            models.CheckConstraint(condition=Q(case__isnull=False) | ~Q(content=""), name="reception_call_said"),
            models.CheckConstraint(
                condition=~Q(state="promised") | Q(reply_by__isnull=False), name="reception_call_promise"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-id"], name="reception_call_list"),
            models.Index(fields=["project", "reply_by"], condition=Q(state="promised"), name="reception_call_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_topic_display()}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Call]:
        return at_counter(cls.objects.all(), by)

    @property
    def masked_phone(self) -> str:
        return str(masked(str(self.phone))) if self.phone else ""

    @property
    def is_input(self) -> bool:
        """What the supervisor has to know of; a case is known by itself."""
        return self.topic in INPUT and self.case_id is None

    def search_text(self) -> str:
        return f"{self.number} {self.caller} {self.content} {self.house.code if self.house else ''}"

    def search_phones(self) -> tuple[str, ...]:
        return (str(self.phone),) if self.phone else ()


@register("call_back")
class CallBack(Scoped):
    """A missed call is rung back. The number stands with the call of the telephone, sealed; here only its hash."""

    class State(models.TextChoices):
        OPEN = "owed", _("To ring back")
        DONE = "done", pgettext_lazy("call", "Rung back")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NOT_REACHED = "not_reached", _("Not reached, try again")
        NOBODY = "nobody", _("Nobody answers: given up")
        CALLED_AGAIN = "called_again", _("They called again")

    FLOW: ClassVar[dict[str, Any]] = {
        "ring_back": ({State.OPEN}, None),
        "show_number": ({State.OPEN}, None),
        "miss_again": ({State.OPEN}, None),
        "settle_call_back": ({State.OPEN}, State.DONE),
    }
    PERSONAL = frozenset({"words"})

    phone_call = ScopedForeignKey("telephone.PhoneCall", related_name="+", verbose_name=pgettext_lazy("desk", "Call"))
    number_hash = models.CharField(max_length=32)
    masked = models.CharField(pgettext_lazy("call", "Number"), max_length=30)
    missed = models.PositiveSmallIntegerField(_("Times missed"), default=1)
    tries = models.PositiveSmallIntegerField(_("Times rung"), default=0)
    first_at = models.DateTimeField(_("First missed at"))
    last_at = models.DateTimeField(_("Last missed at"))
    outcome = models.CharField(_("Outcome"), max_length=12, choices=Outcome, blank=True)
    words = models.CharField(_("Note"), max_length=300, blank=True)
    done_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Rung by")
    )
    done_at = models.DateTimeField(_("Rung at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "number_hash"], condition=Q(state="owed"), name="reception_callback_open"
            ),
            models.CheckConstraint(
                condition=Q(state="owed") | (~Q(outcome="") & Q(done_at__isnull=False)), name="reception_callback_done"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="reception_callback_now")]

    def __str__(self) -> str:
        return self.masked

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[CallBack]:
        return at_counter(cls.objects.all(), by)


@register("message_slip")
class Slip(Scoped):
    """Whom somebody asked for was not there: told, and acknowledged by them."""

    class State(models.TextChoices):
        WAITING = "waiting_slip", _("To be acknowledged")
        ACKNOWLEDGED = "slip_read", _("Acknowledged")

    FLOW: ClassVar[dict[str, Any]] = {
        "pass_on": ({State.WAITING}, None),
        "acknowledge": ({State.WAITING}, State.ACKNOWLEDGED),
    }
    PERSONAL = frozenset({"caller", "phone", "message"})

    number = models.CharField(pgettext_lazy("desk", "Number"), max_length=30)
    called_at = models.DateTimeField(_("Called at"))
    caller = models.CharField(pgettext_lazy("desk", "Caller"), max_length=30)
    phone = SealedTextField(max_length=20, verbose_name=_("Phone"))
    addressee = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("desk", "Asked for")
    )
    message = SealedTextField(max_length=500, verbose_name=pgettext_lazy("desk", "Message"))
    taken_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Taken by"))
    told_at = models.DateTimeField(_("Told at"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("Acknowledged at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=14, choices=State, default=State.WAITING)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(state="waiting_slip") | Q(acknowledged_at__isnull=False), name="reception_slip_read"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-id"], name="reception_slip_list"),
            models.Index(
                fields=["project", "addressee"], condition=Q(state="waiting_slip"), name="reception_slip_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Slip]:
        """The counter, and whom it is for, whatever their post."""
        rows = cls.objects.all()
        mine = rows.filter(addressee_id=by.id, project_id__in=list(by.posts)) if by.is_staff else rows.none()
        return at_counter(rows, by) | mine

    @property
    def executor_id(self) -> int:
        """Whom the slip is for is told first."""
        return self.addressee_id

    @property
    def masked_phone(self) -> str:
        return str(masked(str(self.phone))) if self.phone else ""
