"""Lines, calls, and who sits at which extension."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import crypto
from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import InProject, ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts
from guanjia.people.models import Administered
from guanjia.web.words import masked

# Who answers the telephone of the centre, and who looks after how it is answered.
ANSWERING = posts.COUNTER | posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS | posts.SETTERS


def number_hash(number: str) -> str:
    """The keyed hash by which calls of one number are found."""
    return crypto.blind("call_number", "".join(ch for ch in number if ch.isdigit()))


@register("telephone_line")
class Line(Administered):
    """A telephone system that may tell, and the secret it signs with."""

    class State(models.TextChoices):
        ON = "on", _("Connected")
        OFF = "off", _("Disconnected")

    FLOW: ClassVar[dict[str, Any]] = {
        "change_line_secret": ({State.ON}, None),
        "disconnect": ({State.ON}, State.OFF),
    }
    SECRET = frozenset({"secret"})

    name = models.CharField(_("Name"), max_length=40)
    secret = SealedTextField(max_length=100)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ON)
    last_at = models.DateTimeField(_("Last heard"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]

    def __str__(self) -> str:
        return self.name


@register("phone_call")
class PhoneCall(Scoped):
    """One call that came in."""

    class State(models.TextChoices):
        RINGING = "ringing", _("Ringing")
        ANSWERED = "answered", pgettext_lazy("telephone", "Answered")
        ENDED = "ended", _("Ended")
        MISSED = "missed", _("Not answered")

    FLOW: ClassVar[dict[str, Any]] = {
        "answer": ({State.RINGING}, State.ANSWERED),
        "miss": ({State.RINGING}, State.MISSED),
        "end": ({State.ANSWERED}, State.ENDED),
    }
    PERSONAL = frozenset({"number"})

    line = ScopedForeignKey(Line, related_name="calls", verbose_name=pgettext_lazy("telephone", "Line"))
    reference = models.CharField(max_length=64)
    number = SealedTextField(max_length=30, blank=True, default=b"")
    number_hash = models.CharField(max_length=32, blank=True)
    masked = models.CharField(pgettext_lazy("telephone", "Number"), max_length=30, blank=True)
    resident = ScopedForeignKey("people.Resident", null=True, blank=True, related_name="+", verbose_name=_("Resident"))
    extension = models.CharField(_("Extension"), max_length=12, blank=True)
    employee = models.ForeignKey(
        "people.Employee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("telephone", "Answered by"),
    )
    rang_at = models.DateTimeField(_("Rang at"))
    answered_at = models.DateTimeField(pgettext_lazy("telephone", "Answered at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.RINGING)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own("telephone_call"),
            # Under the names they were given before the table had its own.
            InProject(column="line_id", to="telephone_line", name="telephone_call_line_in"),
            InProject(column="resident_id", to="people_resident", name="telephone_call_resident_in"),
            models.UniqueConstraint(fields=["project", "line", "reference"], name="telephone_call_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-id"], name="telephone_call_list"),
            models.Index(
                fields=["project", "rang_at"], condition=Q(state__in=["ringing", "answered"]), name="telephone_call_now"
            ),
            models.Index(fields=["project", "number_hash", "-id"], name="telephone_call_number"),
        ]

    def __str__(self) -> str:
        return self.masked or str(_("Withheld number"))

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[PhoneCall]:
        """Who answers, and who looks after how it is answered."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        return rows.filter(project_id__in=[project for project, held in by.posts.items() if held & ANSWERING])

    @property
    def ring_seconds(self) -> int | None:
        """How long it rang: until it was answered, or until it fell silent."""
        end = self.answered_at or self.ended_at
        return int((end - self.rang_at).total_seconds()) if end else None

    def keep_number(self, number: str) -> None:
        self.number, self.number_hash, self.masked = number, number_hash(number) if number else "", masked(number)


class Seat(Scoped):
    """Who sits at an extension, from a moment until somebody else does."""

    extension = models.CharField(_("Extension"), max_length=12)
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "extension"], condition=Q(to_at__isnull=True), name="telephone_seat_extension"
            ),
            models.UniqueConstraint(
                fields=["project", "employee"], condition=Q(to_at__isnull=True), name="telephone_seat_employee"
            ),
        ]


class Heard(Scoped):
    """What a line has told already: told again, it does nothing."""

    line = ScopedForeignKey(Line, related_name="+")
    message_id = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "line", "message_id"], name="telephone_heard_once"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["at"], name="telephone_heard_age")]
