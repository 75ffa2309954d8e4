"""Subscriptions and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.subjects import register
from guanjia.people.models import Administered


@register("webhook")
class Subscription(Administered):
    """An address that is told of some events."""

    class State(models.TextChoices):
        ON = "on", pgettext_lazy("webhooks", "Told")
        PAUSED = "paused", pgettext_lazy("webhooks", "Paused")
        ENDED = "ended", _("Ended")

    FLOW: ClassVar[dict[str, Any]] = {
        "change_webhook": ({State.ON, State.PAUSED}, None),
        "rotate_secret": ({State.ON, State.PAUSED}, None),
        "try_webhook": ({State.ON, State.PAUSED}, None),
        "pause_webhook": ({State.ON}, State.PAUSED),
        "resume_webhook": ({State.PAUSED}, State.ON),
        "end_webhook": ({State.ON, State.PAUSED}, State.ENDED),
    }
    SECRET = frozenset({"secret", "old_secret"})

    name = models.CharField(_("Name"), max_length=40)
    url = models.CharField(_("Address"), max_length=300)
    events = ArrayField(models.CharField(max_length=80), verbose_name=_("Events"), size=200)
    secret = SealedTextField(max_length=100)
    # Still signed with beside the new one until then, so that the other side can change in its own time.
    old_secret = SealedTextField(max_length=100, blank=True, default=b"")
    old_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ON)
    faults = models.PositiveIntegerField(_("Failures in a row"), default=0)
    paused_why = models.CharField(_("Why"), max_length=80, blank=True)
    last_at = models.DateTimeField(_("Last delivered"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]

    def __str__(self) -> str:
        return self.name

    def secrets(self, at: datetime) -> list[str]:
        """The secrets that are good at a moment, the newest first."""
        kept = self.old_secret and self.old_until is not None and at < self.old_until
        return [str(self.secret), *([str(self.old_secret)] if kept else [])]


@register("webhook_delivery")
class Delivery(Administered):
    """One event on its way to one address. What is posted is put together when it is posted."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Delivered")
        FAILED = "failed", _("Not delivered")
        DROPPED = "dropped", pgettext_lazy("webhooks", "Not sent")

    FLOW: ClassVar[dict[str, Any]] = {"deliver_again": ({State.FAILED, State.DROPPED}, State.QUEUED)}

    subscription = ScopedForeignKey(Subscription, related_name="deliveries")
    event_id = models.BigIntegerField()
    name = models.CharField(_("Event"), max_length=80)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    status = models.PositiveSmallIntegerField(pgettext_lazy("webhooks", "Answer"), null=True, blank=True)
    ms = models.PositiveIntegerField(_("Milliseconds"), null=True, blank=True)
    fault = models.CharField(_("Why"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("Queued at"))
    next_at = models.DateTimeField(_("Next attempt"))
    sent_at = models.DateTimeField(_("Delivered at"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "subscription", "event_id"], name="webhooks_delivery_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["next_at"], condition=models.Q(state="queued"), name="webhooks_delivery_due"),
            models.Index(fields=["project", "subscription", "-id"], name="webhooks_delivery_log"),
            models.Index(fields=["created_at"], name="webhooks_delivery_age"),
        ]

    def __str__(self) -> str:
        return self.name
