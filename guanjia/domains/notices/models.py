"""A notice to residents, and the buildings that it is for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


class Kind(models.TextChoices):
    """What it is about (`notice_kinds` of the vocabulary)."""

    NOTICE = "notice", pgettext_lazy("bulletin", "Notice")
    ANNOUNCEMENT = "announcement", pgettext_lazy("bulletin", "Announcement")
    FEE = "fee", pgettext_lazy("bulletin", "Fees")
    OUTAGE = "outage", pgettext_lazy("bulletin", "Water or power off")
    WEATHER = "weather", pgettext_lazy("bulletin", "Weather")
    EVENT = "event", pgettext_lazy("bulletin", "Activity")
    POLICY = "policy", pgettext_lazy("bulletin", "Law and estate rules")


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("bulletin", "To be reviewed")
    PUBLISHED = "published", pgettext_lazy("bulletin", "Published")
    TAKEN_DOWN = "taken_down", pgettext_lazy("bulletin", "Taken down")
    DROPPED = "dropped", pgettext_lazy("bulletin", "Not published")


@register("bulletin")
class Bulletin(Scoped):
    """From the draft to the day it is taken down."""

    kind = models.CharField(pgettext_lazy("bulletin", "Kind"), max_length=20, choices=Kind, default=Kind.NOTICE)
    title = models.CharField(_("Title"), max_length=40)
    body = models.CharField(pgettext_lazy("bulletin", "Text"), max_length=1000)
    is_urgent = models.BooleanField(_("Cannot wait for the morning"), default=False)
    author = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Drafted by"))
    reviewer = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Reviewed by")
    )
    published_at = models.DateTimeField(_("Published at"), null=True)
    taken_down_at = models.DateTimeField(pgettext_lazy("bulletin", "Taken down at"), null=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.DRAFT)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "revise": ({State.DRAFT}, None),
        "publish": ({State.DRAFT}, State.PUBLISHED),
        "drop": ({State.DRAFT}, State.DROPPED),
        "take_down": ({State.PUBLISHED}, State.TAKEN_DOWN),
    }
    SEARCHED = ("title",)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=~Q(reviewer=F("author")), name="notices_bulletin_never_oneself"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | Q(reviewer__isnull=False, published_at__isnull=False),
                name="notices_bulletin_reviewed",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="notices_bulletin_state")]

    def __str__(self) -> str:
        return self.title

    def search_text(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Bulletin]:
        """Colleagues of the project; residents what is published where they live: on a board anybody reads it too."""
        if by.is_resident:
            return cls.objects.filter(project_id__in=list(by.homes), state=State.PUBLISHED)
        return super().visible_to(by)

    @property
    def told_params(self) -> dict[str, str]:
        """What the sentence of a message is filled with."""
        return {"said": self.title}

    @property
    def where(self) -> str:
        """Which buildings, in words."""
        places = sorted(self.places.all(), key=lambda place: place.building_id)
        return "、".join(place.building.name for place in places) or gettext("The whole project")


class Place(Scoped):
    """A building that a notice is for; a notice without any is for the whole project."""

    bulletin = ScopedForeignKey(Bulletin, related_name="places")
    building = ScopedForeignKey("places.Building", related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "bulletin", "building"], name="notices_place_once"),
        ]
