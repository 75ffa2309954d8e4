"""One file with a thing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


@register("file")
class StoredFile(Scoped):
    """A photo, video or signature; whoever may see the thing may see the file."""

    class Purpose(models.TextChoices):
        REPORTED = "reported", _("With the report")
        BEFORE = "before", _("Before the work")
        AFTER = "after", _("After the work")
        SIGNATURE = "signature", _("Signature")
        NOTE = "note", _("With a note")

    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    event_request = models.UUIDField()
    purpose = models.CharField(max_length=10, choices=Purpose)
    name = models.CharField(max_length=80, unique=False)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="files_storedfile_name")]
        indexes = [models.Index(fields=["project", "subject_label", "subject_id"], name="files_storedfile_subject")]

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[StoredFile]:
        """By project; the door asks the subject as well (`queries.file_for`)."""
        rows = cls.objects.all()
        return rows if by.is_system else rows.filter(project_id__in=by.project_ids)
