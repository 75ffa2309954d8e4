"""The know-how handbook 应知应会手册 (F-HANDBOOK), version by version, and the changes that it has to follow."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


@register("handbook")
class Handbook(Scoped):
    """One version. The youngest is the one that holds; who passed before it is examined again."""

    version = models.CharField(_("Version"), max_length=20)
    plan = models.TextField(_("Management plan: history, principles, goals, finances"), max_length=2000)
    contracts = models.TextField(_("Contracts that all owners sign"), max_length=2000)
    policies = models.TextField(_("Policies and what is posted"), max_length=2000)
    source = models.CharField(_("What changed"), max_length=200)
    kept_at = models.CharField(_("Kept at"), max_length=100)
    second_copy_at = models.CharField(_("Second copy at"), max_length=100)
    editor = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Edited by"))
    updated_at = models.DateTimeField(_("Updated at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "version"], name="training_handbook_version"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-updated_at"], name="training_handbook_latest")
        ]

    def __str__(self) -> str:
        return str(_("Handbook %(version)s") % {"version": self.version})


@register("material_change")
class MaterialChange(Scoped):
    """A policy, rule or explanation changed: the handbook has three working days (TRN-10)."""

    class State(models.TextChoices):
        OPEN = "open", _("Handbook to follow")
        DONE = "done", _("In the handbook")

    what = models.CharField(_("What changed"), max_length=200)
    noted_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Noted by"))
    noted_at = models.DateTimeField(_("Noted at"))
    handbook = ScopedForeignKey(Handbook, null=True, related_name="changes", verbose_name=_("In version"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {"update_handbook": ({State.OPEN}, State.DONE)}

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="training_change_state")]

    def __str__(self) -> str:
        return self.what
