"""How a project reaches people outside the program: channels with their credentials, templates, quiet hours."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import SealedTextField
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people.models import Administered

from .outbox import Kind, Purpose


@register("channel")
class Channel(Administered):
    """A gateway and the account there. The head office's stands for every project that has none of its kind."""

    class Provider(models.TextChoices):
        SMTP = "smtp", _("Mail server (SMTP)")
        ALIYUN = "aliyun", _("Aliyun SMS")
        TENCENT = "tencent", _("Tencent Cloud SMS")
        OFFICIAL = "official", _("WeChat official account")
        APP = "app", _("WeCom application")
        ROBOT = "robot", _("WeCom group robot")

    class State(models.TextChoices):
        ON = "on", _("In use")
        OFF = "off", _("Switched off")

    FLOW: ClassVar[dict[str, Any]] = {
        "change_channel": ({State.ON, State.OFF}, None),
        "change_secret": ({State.ON, State.OFF}, None),
        "try_channel": ({State.ON}, None),
        "switch_off": ({State.ON}, State.OFF),
        "switch_on": ({State.OFF}, State.ON),
    }
    SECRET = frozenset({"secret", "token"})

    kind = models.CharField(_("Way"), max_length=10, choices=Kind)
    provider = models.CharField(_("Provider"), max_length=20, choices=Provider)
    endpoint = models.CharField(_("Address"), max_length=200, blank=True)
    account = models.CharField(_("Account"), max_length=120, blank=True)
    options = models.JSONField(_("Further"), default=dict, blank=True)
    secret = SealedTextField(max_length=600, blank=True, default=b"")
    token = SealedTextField(max_length=900, blank=True, default=b"")
    token_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ON)
    faults = models.PositiveSmallIntegerField(_("Failures in a row"), default=0)
    rests_until = models.DateTimeField(_("Rests until"), null=True, blank=True)
    last_fault = models.CharField(_("Last failure"), max_length=80, blank=True)
    last_fault_at = models.DateTimeField(_("Failed at"), null=True, blank=True)
    last_sent_at = models.DateTimeField(_("Last sent"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "kind"], condition=Q(state="on"), name="outreach_channel_one")
        ]

    def __str__(self) -> str:
        return str(self.get_provider_display())


@register("template")
class Template(Administered):
    """What is said by one way in one language; fields are names in braces from a list."""

    class State(models.TextChoices):
        ON = "on", _("In use")
        OFF = "off", _("Withdrawn")

    FLOW: ClassVar[dict[str, Any]] = {
        "change_template": ({State.ON}, None),
        "withdraw_template": ({State.ON}, State.OFF),
    }

    about = models.CharField(pgettext_lazy("outreach", "About"), max_length=20)
    purpose = models.CharField(_("Purpose"), max_length=10, choices=Purpose)
    channel = models.CharField(_("Way"), max_length=10, choices=Kind)
    language = models.CharField(_("Language"), max_length=10, default="zh-hans")
    title = models.CharField(_("Title"), max_length=60, blank=True)
    body = models.CharField(pgettext_lazy("outreach", "Words"), max_length=500)
    # What the provider approved: its number there, and which of its fields gets what.
    code = models.CharField(_("Number at the provider"), max_length=60, blank=True)
    slots = models.JSONField(_("Fields at the provider"), default=list, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ON)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "about", "channel", "language"],
                condition=Q(state="on"),
                name="outreach_template_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.about}"


class Hours(Scoped):
    """From when to when nothing that can wait is sent to residents of the project."""

    quiet_from = models.TimeField()
    quiet_to = models.TimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project"], name="outreach_hours_one"),
        ]
