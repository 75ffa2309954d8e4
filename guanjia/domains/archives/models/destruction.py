"""Proposed, cleared by two superiors, destroyed before two witnesses; and the tidying of every month."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

from .papers import Document


class Clearing(models.TextChoices):
    PROPOSED = "proposed", _("To be cleared")
    CLEARED = "cleared", _("Cleared for destruction")
    DONE = "destroyed", _("Destroyed")


@register("archive_destruction")
class Destruction(Scoped):
    """One entry of the register of expired files (F-ARC-DESTROY)."""

    number = models.CharField(_("Number"), max_length=40)
    appraisal = models.CharField(_("Appraisal"), max_length=300)
    is_worthless = models.BooleanField(_("Appraised as worthless"), default=False)
    filler = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Filled in by"))
    proposed_at = models.DateTimeField(_("Proposed at"))
    cleared_by = models.CharField(_("Reviewed and approved by"), max_length=120, blank=True)
    cleared_at = models.DateTimeField(_("Cleared at"), null=True)
    method = models.CharField(_("Way of destruction"), max_length=60, blank=True)
    is_content_checked = models.BooleanField(_("Content checked against the list"), default=False)
    destroyed_at = models.DateTimeField(_("Destroyed at"), null=True)
    checker = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Checked by")
    )
    witness_one = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("First witness")
    )
    witness_two = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Second witness")
    )
    state = models.CharField(_("State"), max_length=10, choices=Clearing, default=Clearing.PROPOSED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "clear": ({Clearing.PROPOSED}, Clearing.CLEARED),
        "destroy": ({Clearing.CLEARED}, Clearing.DONE),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="archives_destruction_number"),
            # Two witnesses, and who checks: three different people, all there (ARC-12).
            models.CheckConstraint(
                condition=~Q(state="destroyed")
                | Q(
                    witness_one__isnull=False, witness_two__isnull=False, checker__isnull=False,
                    destroyed_at__isnull=False, is_content_checked=True,
                )
                & ~Q(witness_one=F("witness_two")) & ~Q(witness_one=F("checker")) & ~Q(witness_two=F("checker")),
                name="archives_destruction_seen",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(cleared_at__isnull=False),
                name="archives_destruction_cleared",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class DestructionLine(Scoped):
    """One document of it; a document stands in one register entry only."""

    destruction = ScopedForeignKey(Destruction, related_name="lines")
    document = ScopedForeignKey(Document, related_name="destructions")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "document"], name="archives_destructionline_once"),
        ]


@register("archive_tidying")
class Tidying(Scoped):
    """The files were gone through and put in order."""

    place = models.CharField(_("Which part"), max_length=60)
    gone_through = models.PositiveIntegerField(pgettext_lazy("archives", "Files gone through"))
    misplaced = models.PositiveIntegerField(_("Put back in their place"), default=0)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    tidier = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Tidied by"))
    tidied_at = models.DateTimeField(_("Tidied at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(misplaced__lte=F("gone_through")), name="archives_tidying_within")
        ]

    def __str__(self) -> str:
        return self.place
