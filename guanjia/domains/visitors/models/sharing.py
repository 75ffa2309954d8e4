"""What service and security tell one another (ORG-16): few words, answered by the other side."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts

SIDES = posts.SERVICE | posts.SECURITY | posts.SUPERVISORS


@register("shared_word")
class SharedWord(Scoped):
    """A guest of importance, a resident who complains, something found on a round, a matter of safety."""

    class Kind(models.TextChoices):
        GUEST = "guest", _("Important visitor")
        COMPLAINT = "complaint", _("Resident who complains")
        ROUND = "round", _("Found on a round")
        SAFETY = "safety", _("Matter of safety")

    class Side(models.TextChoices):
        SERVICE = "service", pgettext_lazy("shared", "Service")
        SECURITY = "security", pgettext_lazy("shared", "Security")

    class State(models.TextChoices):
        TOLD = "word_told", _("To be answered")
        ANSWERED = "word_answered", pgettext_lazy("shared", "Answered")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    words = models.CharField(_("What the other side must know"), max_length=200)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+", verbose_name=_("House"))
    to_side = models.CharField(pgettext_lazy("shared", "For"), max_length=10, choices=Side)
    told_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Told by")
    )
    told_at = models.DateTimeField(pgettext_lazy("shared", "Told at"))
    answer = models.CharField(pgettext_lazy("visitors", "What is done about it"), max_length=200, blank=True)
    answered_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=16, choices=State, default=State.TOLD)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {"answer_word": ({State.TOLD}, State.ANSWERED)}
    PERSONAL = frozenset({"words", "answer"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(state="word_told", answered_at__isnull=True) | Q(state="word_answered") & ~Q(answer=""),
                name="visitors_sharedword_answered",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="visitors_sharedword_l")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}　{self.words}"[:60]

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[SharedWord]:
        """The two sides, and who leads them."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        return rows.filter(project_id__in=[pk for pk, held in by.posts.items() if held & SIDES])

    @property
    def executor_id(self) -> int | None:
        """Who told it learns the answer."""
        return self.told_by_id


def side_of(by: Actor, project_id: int) -> str:
    """Who speaks for security tells service; everybody else tells security."""
    own = SharedWord.Side.SECURITY if by.holds(project_id, *posts.SECURITY) else SharedWord.Side.SERVICE
    return str(own)
