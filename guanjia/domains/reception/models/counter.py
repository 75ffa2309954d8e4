"""Walk-ins (F-VISIT), and what the counter helps with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.web.words import masked

from .base import at_counter
from .calls import INPUT, Topic


@register("walk_in")
class WalkIn(Scoped):
    """Somebody came to the counter: received, seen off, the register completed."""

    class State(models.TextChoices):
        HERE = "here", _("At the counter")
        TO_COMPLETE = "to_complete", _("Register to complete")
        COMPLETED = "completed", _("Registered")

    FLOW: ClassVar[dict[str, Any]] = {
        "see_off": ({State.HERE}, State.TO_COMPLETE),
        "complete": ({State.TO_COMPLETE}, State.COMPLETED),
        "reply_walk_in": ({State.TO_COMPLETE, State.COMPLETED}, None),
    }
    PERSONAL = frozenset({"name", "company", "phone", "words", "handling", "reply"})
    SEARCHED = ("name", "company", "words", "phone")

    number = models.CharField(pgettext_lazy("desk", "Number"), max_length=30)
    arrived_at = models.DateTimeField(pgettext_lazy("walk-in", "Came at"))
    name = models.CharField(pgettext_lazy("visitors", "Name"), max_length=30)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    company = models.CharField(_("Company"), max_length=60, blank=True)
    phone = SealedTextField(max_length=20, blank=True, default=b"", verbose_name=_("Phone"))
    topic = models.CharField(_("Topic"), max_length=16, choices=Topic, default=Topic.ENQUIRY)
    words = models.CharField(_("What it is about"), max_length=500)
    handling = models.CharField(pgettext_lazy("desk", "What was done"), max_length=300, blank=True)
    is_settled = models.BooleanField(_("Settled at once"), null=True, blank=True)
    reply_by = models.DateTimeField(_("Reply promised by"), null=True, blank=True)
    reply = models.CharField(_("Reply"), max_length=500, blank=True)
    replied_at = models.DateTimeField(_("Replied at"), null=True, blank=True)
    left_at = models.DateTimeField(_("Left at"), null=True, blank=True)
    received_by = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("desk", "Received by")
    )
    completed_at = models.DateTimeField(_("Register completed at"), null=True, blank=True)
    noted_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Noted by the supervisor"),
    )  # fmt: skip
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.HERE)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            # DESK-11, in the database too: nobody is seen off without a settled matter or a time for the reply.
            models.CheckConstraint(
                condition=Q(state="here") | Q(is_settled=True, is_settled__isnull=False) | Q(reply_by__isnull=False),
                name="reception_walkin_reply",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")), name="reception_walkin_span"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-id"], name="reception_walkin_list"),
            models.Index(fields=["project", "state"], name="reception_walkin_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[WalkIn]:
        return at_counter(cls.objects.all(), by)

    @property
    def masked_phone(self) -> str:
        return str(masked(str(self.phone))) if self.phone else ""

    @property
    def is_input(self) -> bool:
        """What the supervisor has to know of."""
        return self.topic in INPUT

    @property
    def owes_reply(self) -> bool:
        return self.reply_by is not None and self.replied_at is None

    def search_text(self) -> str:
        return f"{self.number} {self.name} {self.company} {self.words} {self.house.code if self.house else ''}"

    def search_phones(self) -> tuple[str, ...]:
        return (str(self.phone),) if self.phone else ()


@register("assistance")
class Assistance(Scoped):
    """Help that was given at the counter (DESK-13): a taxi called, something carried, somebody walked home."""

    class Kind(models.TextChoices):
        TAXI = "taxi", _("Taxi called")
        CARRY = "carry", _("Something carried")
        ESCORT = "escort", _("Elderly or child accompanied")
        WHEELCHAIR = "wheelchair", _("Wheelchair")
        ILL = "ill", _("Feeling ill")
        WAY = "way", _("Shown the way")
        OTHER = "other", pgettext_lazy("assistance", "Other help")

    PERSONAL = frozenset({"whom", "words"})

    kind = models.CharField(_("Help"), max_length=12, choices=Kind)
    whom = models.CharField(pgettext_lazy("assistance", "For whom"), max_length=30, blank=True)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    words = models.CharField(_("Note"), max_length=200, blank=True)
    given_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Helped by"))
    given_at = models.DateTimeField(_("Helped at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="reception_assistance_list")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Assistance]:
        return at_counter(cls.objects.all(), by)
