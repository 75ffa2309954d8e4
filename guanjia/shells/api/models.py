"""Programs that call the API: each with a token of its own, whose it acts as, what it may, and how often."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.subjects import register
from guanjia.people.models import Administered


@register("api_client")
class ApiClient(Administered):
    """A program of the company. It acts in the name of a colleague, whose rights here bound its own."""

    class State(models.TextChoices):
        ON = "on", _("In use")
        ENDED = "ended", _("Ended")

    FLOW: ClassVar[dict[str, Any]] = {
        "change_client": ({State.ON}, None),
        "renew_token": ({State.ON}, None),
        "end_client": ({State.ON}, State.ENDED),
    }
    SECRET = frozenset({"digest", "window", "used", "last_used_at"})

    name = models.CharField(_("Name"), max_length=40)
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Acts for"))
    digest = models.CharField(max_length=64)
    reads = ArrayField(models.CharField(max_length=60), verbose_name=_("May read"), default=list, blank=True)
    acts = ArrayField(models.CharField(max_length=80), verbose_name=_("May do"), default=list, blank=True)
    per_minute = models.PositiveIntegerField(_("Requests a minute"), default=120)
    expires_at = models.DateTimeField(_("Ends"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ON)
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True)
    window = models.BigIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "digest"], name="api_client_digest")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["digest"], name="api_client_token")]

    def __str__(self) -> str:
        return self.name
