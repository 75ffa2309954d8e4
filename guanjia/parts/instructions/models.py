"""An instruction of a house, from a day to a day."""

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
from guanjia.people import posts
from guanjia.people.models import Occupancy

# Whoever admits, releases or hands out for a household, and who leads them.
HEEDED_BY = posts.SERVICE | posts.SECURITY | posts.SUPERVISORS | posts.MANAGERS


class Kind(models.TextChoices):
    NO_ADMISSION = "no_admission", _("Admit nobody")
    AWAY = "away", pgettext_lazy("instructions", "Away")
    NO_KEYS = "no_keys", _("Hand out no key")
    RING_FIRST = "ring_first", _("Ring first")
    PARCELS = "parcels", _("Parcels")
    OTHER = "other", pgettext_lazy("instructions", "Something else")


@register("house_instruction")
class Instruction(Scoped):
    """What a household asked to be heeded; who asked, who took it down, until when it holds."""

    class State(models.TextChoices):
        STANDING = "standing", pgettext_lazy("instructions", "Standing")
        ENDED = "ended", pgettext_lazy("instructions", "Ended")

    FLOW: ClassVar[dict[str, Any]] = {"end": ({State.STANDING}, State.ENDED)}
    PERSONAL = frozenset({"words"})

    house = ScopedForeignKey("places.House", related_name="+", verbose_name=_("House"))
    kind = models.CharField(_("Instruction"), max_length=14, choices=Kind)
    words = SealedTextField(max_length=200, blank=True, default=b"", verbose_name=_("In their words"))
    resident = ScopedForeignKey(
        "people.Resident", null=True, blank=True, related_name="+", verbose_name=_("Asked by")
    )  # fmt: skip
    noted_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken down by")
    )
    noted_at = models.DateTimeField(_("Taken down at"))
    from_on = models.DateField(pgettext_lazy("instructions", "From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.STANDING)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="instructions_instruction_days"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["project", "house"], condition=Q(state="standing"), name="instructions_instruction_now"
            ),
            models.Index(fields=["project", "-id"], name="instructions_instruction_list"),
        ]

    def __str__(self) -> str:
        return f"{self.house.code} {self.get_kind_display()}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Instruction]:
        """Whoever stands at a door or a counter for them; residents those of the homes they live in now."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if by.is_staff:
            return rows.filter(project_id__in=[pk for pk, held in by.posts.items() if held & HEEDED_BY])
        mine = Occupancy.objects.filter(
            project_id__in=list(by.homes), resident_id__in=list(by.homes.values()), ended_on__isnull=True
        )
        return rows.filter(project_id__in=list(by.homes), house__in=mine.values("house"))

    def person(self) -> tuple[str, int]:
        """Under the key of who asked, so that erasing them takes the words from the journal too."""
        return ("people.resident", int(self.resident_id)) if self.resident_id else super().person()

    @property
    def forbids_admission(self) -> bool:
        return self.kind == Kind.NO_ADMISSION

    @property
    def forbids_keys(self) -> bool:
        return self.kind == Kind.NO_KEYS
