"""A file 案卷: of a house's owner, of a tenant, or of the centre itself."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people.models.resident import read_by


class FileKind(models.TextChoices):
    OWNER = "owner", _("Owner file")
    TENANT = "tenant", _("Tenant file")
    OTHER = "other", _("File of the centre")


class FileState(models.TextChoices):
    OPEN = "open", pgettext_lazy("archives", "In use")
    CLOSED = "ended", pgettext_lazy("archives", "Ended")


@register("archive_file")
class ArchiveFile(Scoped):
    """One bag with its label; where it stands, since when its paper list is behind, when its keeping time begins."""

    number = models.CharField(_("File number"), max_length=30)
    kind = models.CharField(_("Kind of file"), max_length=10, choices=FileKind)
    house = ScopedForeignKey("places.House", null=True, related_name="+", verbose_name=_("House"))
    resident = ScopedForeignKey("people.Resident", null=True, related_name="+", verbose_name=_("Resident"))
    title = models.CharField(_("Title"), max_length=80, blank=True)
    room = models.CharField(_("Archive room"), max_length=20, blank=True)
    cabinet = models.CharField(_("File cabinet"), max_length=20, blank=True)
    box = models.CharField(_("Box"), max_length=20)
    opened_at = models.DateTimeField(_("Opened at"))
    ended_on = models.DateField(_("Ended on"), null=True)
    changed_at = models.DateTimeField(_("Last change"), null=True)
    listed_at = models.DateTimeField(_("Paper list brought up to date at"), null=True)
    state = models.CharField(_("State"), max_length=10, choices=FileState, default=FileState.OPEN)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "file_document": ({FileState.OPEN, FileState.CLOSED}, None),
        "end": ({FileState.OPEN}, FileState.CLOSED),
    }
    PERSONAL = frozenset({"title"})
    SEARCHED = ("number", "title", "changed_at")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="archives_file_number"),
            models.UniqueConstraint(
                fields=["project", "house", "resident", "kind"],
                condition=Q(state="open", kind__in=["owner", "tenant"]), name="archives_file_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="other", resident__isnull=True) & ~Q(title="")
                | Q(kind__in=["owner", "tenant"], house__isnull=False, resident__isnull=False),
                name="archives_file_whose",
            ),
            models.CheckConstraint(condition=Q(state="open") | Q(ended_on__isnull=False), name="archives_file_ended"),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "kind", "-id"], name="archives_file_kind")]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """The centre's own files: staff; a household's: posts that need residents' files (PRIV-02)."""
        rows = super().visible_to(by)
        return rows.filter(Q(kind=FileKind.OTHER) | Q(project_id__in=read_by(by))) if by.is_staff else rows

    def person(self) -> tuple[str, int]:
        return ("people.resident", self.resident_id) if self.resident_id else super().person()

    @property
    def position(self) -> str:
        """Where the bag stands: room, cabinet, box."""
        return "　".join(part for part in (self.room, self.cabinet, self.box) if part)

    @property
    def is_behind(self) -> bool:
        """Changed since the paper list was last brought up to date (ARC-08)."""
        return self.changed_at is not None and (self.listed_at is None or self.listed_at < self.changed_at)

    def search_text(self) -> str:
        name = self.resident.name if self.resident else self.title
        papers = " ".join(self.documents.values_list("title", flat=True)) if self.pk else ""
        return f"{self.number} {name} {self.house.code if self.house else ''} {papers}"
