"""A document of a file, its scans, and who looked at it what for."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.parts.custody.models import IN_STORE, LENT, LOST, Handout, Kept

from .. import kinds
from .files import ArchiveFile


class Secrecy(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("secrecy", "Public")
    INTERNAL = "internal", pgettext_lazy("secrecy", "Internal")
    CONFIDENTIAL = "confidential", pgettext_lazy("secrecy", "Confidential")


class DocumentState(models.TextChoices):
    IN_STORE = IN_STORE, _("In its place")
    LENT = LENT, pgettext_lazy("archives", "Lent")
    LOST = LOST, pgettext_lazy("archives", "Missing")
    DESTROYED = "destroyed", _("Destroyed")


@register("archive_document")
class Document(Kept):
    """One paper of a file, and its scans. `quantity` of custody is the number of copies."""

    file = ScopedForeignKey(ArchiveFile, related_name="documents", verbose_name=_("Archive file"))
    number = models.CharField(_("Number of the document"), max_length=36)
    kind = models.CharField(_("Kind of document"), max_length=30, choices=kinds.choices())
    title = models.CharField(_("Name of the document"), max_length=80)
    pages = models.PositiveSmallIntegerField(_("Number of pages"), null=True)
    secrecy = models.CharField(_("Secrecy level"), max_length=12, choices=Secrecy, default=Secrecy.INTERNAL)
    has_paper = models.BooleanField(_("Exists on paper"), default=True)
    scans = models.PositiveSmallIntegerField(_("Scans"), default=0)
    filed_on = models.DateField(_("Filed on"))
    # Kept so long after the file ended (the centre's: after it was filed); empty: for good.
    months = models.PositiveSmallIntegerField(_("Months to keep"), null=True)
    keep_until = models.DateField(_("Keep until"), null=True)
    state = models.CharField(_("State"), max_length=10, choices=DocumentState, default=DocumentState.IN_STORE)

    FLOW: ClassVar[dict[str, Any]] = {
        "lend": ({DocumentState.IN_STORE}, DocumentState.LENT),
        "change_document": ({DocumentState.IN_STORE, DocumentState.LENT}, None),
        "copy": ({DocumentState.IN_STORE}, None),
        "find_again": ({DocumentState.LOST}, DocumentState.IN_STORE),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="archives_document_number"),
            models.CheckConstraint(
                condition=~Q(kind__in=kinds.OF_A_PERSON) | Q(secrecy="confidential"), name="archives_document_personal"
            ),
            # What is confidential is never in other hands, not by a mistake of the program either (ARC-05).
            models.CheckConstraint(
                condition=~Q(secrecy="confidential") | ~Q(state="lent"), name="archives_document_stays"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "file", "kind"], name="archives_document_file"),
            models.Index(
                fields=["project", "keep_until"], condition=Q(keep_until__isnull=False), name="archives_document_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}　{self.title}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """As its file."""
        rows = super().visible_to(by)
        return rows.filter(file__in=ArchiveFile.visible_to(by)) if by.is_staff else rows

    @property
    def handout_title(self) -> str:
        return f"{self.number}　{self.get_kind_display()}"

    @property
    def is_confidential(self) -> bool:
        return self.secrecy == Secrecy.CONFIDENTIAL

    def has_expired(self, day: date) -> bool:
        return self.keep_until is not None and self.keep_until < day

    def came_back(self, handout: Handout) -> None:
        """Back in its bag."""


@register("archive_scan")
class Scan(Scoped):
    """One scanned page. Nobody reaches it but through a consultation that says what for (ARC-04)."""

    document = ScopedForeignKey(Document, related_name="pictures")
    page = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "document", "page"], name="archives_scan_page"),
        ]

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """The common door of files hands out no scan: the door of the archives does, for as long as one reads."""
        rows = cls.objects.all()
        return rows if by.is_system else rows.none()


@register("archive_consultation")
class Consultation(Scoped):
    """Somebody looks at a document for a stated purpose, for a quarter of an hour."""

    document = ScopedForeignKey(Document, related_name="consultations", verbose_name=_("Archive document"))
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Consulted by"))
    outsider = models.CharField(_("Shown to"), max_length=60, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=200)
    approved_by = models.CharField(_("Approved by"), max_length=120, blank=True)
    opened_at = models.DateTimeField(_("Opened at"))
    until_at = models.DateTimeField(_("Open until"))

    PERSONAL = frozenset({"outsider"})

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "document", "employee", "until_at"], name="archives_consultation_open"),
        ]

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        rows = super().visible_to(by)
        return rows.filter(document__in=Document.visible_to(by)) if by.is_staff else rows
