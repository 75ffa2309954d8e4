"""The outbox: one message to one person by one way. Where it goes to is looked up when it is sent."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField
from guanjia.kernel.subjects import register
from guanjia.people import posts

from .notices import Told


class Kind(models.TextChoices):
    """The ways out of the house."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    WECHAT = "wechat", _("WeChat")
    WECOM = "wecom", _("WeCom")
    ROBOT = "robot", _("WeCom group robot")


class Purpose(models.TextChoices):
    """What a message is for: consent, opt-out and quiet hours ask this."""

    WORK = "work", pgettext_lazy("outreach", "Work")
    CODE = "code", _("Sign-in code")
    SERVICE = "service", _("About a report of theirs")
    NOTICE = "notice", _("Community notices")
    DUNNING = "dunning", _("Reminders of fees")
    SURVEY = "survey", _("Surveys")


# Who sees what went out and what did not.
READERS = posts.SUPERVISORS | posts.MANAGERS | {posts.ADMINISTRATOR}
CAUSES = {
    "no channel": _("No channel for this way"),
    "no address": _("No address, or not wanted"),
    "called off": _("Taken back before it went out"),
    "stopped": _("They want no messages of this kind"),
    "no consent": _("Without their consent"),
    "not wanted": _("They want no e-mail"),
    "expired": _("Too late to be of use"),
    "no template": _("No template for this way"),
    "worker ended": _("The program ended while sending"),
    "quiet hours": _("Quiet hours"),
    "rests": _("The other side failed and is left alone for a minute"),
    "ConnectError": _("The other side does not let us in"),
    "ConnectTimeout": _("The other side does not answer"),
    "ReadTimeout": _("The other side does not answer"),
    "TooLate": _("The other side does not answer"),
    "no such name": _("There is no such address"),
    "address not allowed": _("This address may not be called"),
}
# What was said without a word; the figure stays, for whoever rings them.
HTTP = re.compile(r"HTTP ([0-9]{3})\b")


def why(fault: str) -> str:
    """Our own causes in words; what a provider said stays as it said it."""
    if found := HTTP.match(fault):
        return gettext("The other side is out of order (HTTP %(status)s)") % {"status": found[1]}
    return str(CAUSES.get(fault, fault))


@register("message")
class Message(Told):
    """Waiting, claimed, handed over, ended. What is sealed is emptied when it ends; the mask stays."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        HANDING = "handing", _("Being handed over")
        SENT = "sent", _("Sent")
        UNSURE = "unsure", _("Handed over without an answer")
        FAILED = "failed", _("Not sent")
        OFF = "off", _("Not wanted or not possible")
        GIVEN_UP = "given_up", _("Given up")

    FLOW: ClassVar[dict[str, Any]] = {
        "retry": ({State.FAILED, State.UNSURE}, State.QUEUED),
        "give_up": ({State.FAILED, State.UNSURE}, State.GIVEN_UP),
    }
    SECRET = frozenset({"sealed"})

    channel = models.CharField(_("Way"), max_length=10, choices=Kind, default=Kind.EMAIL)
    purpose = models.CharField(_("Purpose"), max_length=10, choices=Purpose, default=Purpose.WORK)
    is_urgent = models.BooleanField(_("Urgent"), default=False)
    employee = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    resident = ScopedForeignKey("people.Resident", null=True, blank=True, related_name="+")
    # {"to": …, "fields": {…}}: what may not stand readable (a number without a person, a code). Emptied at the end.
    sealed = SealedTextField(max_length=2000, blank=True, default=b"")
    masked = models.CharField(_("To"), max_length=60, blank=True)
    # The ways that are tried next when this one fails for good.
    then = models.JSONField(default=list, blank=True)
    key = models.CharField(max_length=80)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    provider = models.CharField(_("Provider"), max_length=20, blank=True)
    receipt = models.CharField(_("Receipt"), max_length=80, blank=True)
    fault = models.CharField(_("Why"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("Queued at"))
    next_at = models.DateTimeField(_("Next attempt"))
    expires_at = models.DateTimeField(_("Worth nothing after"), null=True, blank=True)
    # When an answer stayed out for the first time: how long a second delivery is still dropped counts from here.
    doubted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(employee__isnull=True) | Q(resident__isnull=True), name="outreach_message_one"
            ),
            models.UniqueConstraint(fields=["project", "channel", "key"], name="outreach_message_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["next_at"], condition=Q(state__in=["queued", "sending", "handing"]), name="outreach_message_due"
            ),
            models.Index(
                fields=["project", "-id"], condition=Q(state__in=["failed", "unsure"]), name="outreach_message_failed"
            ),
            models.Index(fields=["project", "subject_label", "subject_id", "-id"], name="outreach_message_about"),
            models.Index(fields=["created_at"], name="outreach_message_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.masked}".strip()

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Message]:
        """Who leads the service sees all of the project; the page of a thing shows what was sent about it."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        return rows.filter(project_id__in=[project for project, held in by.posts.items() if held & READERS])

    @property
    def words(self) -> str:
        """The sentence in the reader's language; a code is never said again."""
        return gettext(self.title) % self.params if self.title else str(self.get_purpose_display())

    @property
    def cause(self) -> str:
        """Why it did not go out, or not yet."""
        return why(self.fault)

    @property
    def held_until(self) -> datetime | None:
        """When it is tried next, where something kept it from going at once."""
        return self.next_at if self.state == self.State.QUEUED and self.fault else None

    @property
    def hidden(self) -> dict[str, Any]:
        """What was sealed: where to, and the values that may not stand readable."""
        return dict(json.loads(str(self.sealed))) if self.sealed else {}

    @property
    def is_code(self) -> bool:
        return self.purpose == Purpose.CODE
