"""What a resident asks of the data that is kept about them, and for how long a project keeps it."""

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
from guanjia.people.models import Resident


class State(models.TextChoices):
    ASKED = "asked", _("To be answered")
    GRANTED = "granted", pgettext_lazy("privacy", "Done")
    DECLINED = "declined", _("Declined")


@register("data_request")
class DataRequest(Scoped):
    """One right used by a resident: a copy, a correction, an erasure (Personal Information Protection Law, 45-47)."""

    class Kind(models.TextChoices):
        COPY = "copy", _("A copy of my data")
        CORRECT = "correct", _("Correct my data")
        ERASE = "erase", _("Erase my data")

    resident = ScopedForeignKey("people.Resident", related_name="+", verbose_name=_("Resident"))
    kind = models.CharField(_("Asked for"), max_length=8, choices=Kind)
    words = models.CharField(_("In their words"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("Asked at"))
    due_at = models.DateTimeField(_("To be answered by"))
    answer = models.CharField(_("Answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True)
    answered_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Answered by")
    )
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.ASKED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "grant": ({State.ASKED}, State.GRANTED),
        "decline": ({State.ASKED}, State.DECLINED),
    }
    PERSONAL = frozenset({"words", "answer"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "resident", "kind"],
                condition=Q(state="asked"),
                name="privacy_datarequest_open",
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(answered_at__isnull=False), name="privacy_datarequest_answered"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "due_at"], name="privacy_datarequest_due")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[DataRequest]:
        """Those who may see documents answer them; a resident sees their own."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if by.is_resident:
            return rows.filter(project_id__in=list(by.homes), resident_id__in=list(by.homes.values()))
        return rows.filter(project_id__in=[p for p, held in by.posts.items() if held & posts.DOCUMENT_READERS])

    def person(self) -> tuple[str, int]:
        return Resident._meta.label_lower, self.resident_id


class Retention(Scoped):
    """For how many months this project keeps a kind of data, where it is not the default of `keeping.RULES`."""

    rule = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "rule"], name="privacy_retention_one"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=600), name="privacy_retention_months"),
        ]


@register("backup_run")
class BackupRun(Scoped):
    """A backup that was written and read again whole, or the trial of bringing one back (PRIV-07)."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Backup, read again whole")
        RESTORED = "restored", _("Trial of bringing it back")

    kind = models.CharField(pgettext_lazy("backup", "What was done"), max_length=10, choices=Kind)
    made_at = models.DateTimeField(_("State of"))
    size = models.PositiveIntegerField(_("Kilobytes"), default=0)
    digest = models.CharField(_("Digest"), max_length=64, blank=True)
    worked = models.BooleanField(_("It worked"), default=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="privacy_backuprun_last")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
