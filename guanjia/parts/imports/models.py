"""A file on its way in, and what people decided about headings."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import SealedTextField
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts

from .kinds import registry

# Who brings in files: residents and places, staff, keys. Which of them is the right of each kind.
BRINGERS = frozenset(
    {
        posts.SERVICE_LEAD, posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER, posts.ADMINISTRATOR,
        posts.HR_OFFICER, posts.KEY_CUSTODIAN,
    }
)  # fmt: skip


class State(models.TextChoices):
    READING = "reading", _("Being read")
    REFUSED = "refused", _("Not readable")
    READ = "read", _("Ready to be imported")
    WRITING = "writing", _("Being imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Given up")
    REVERSING = "reversing", _("Being taken back")
    REVERSED = "reversed", _("Taken back")


WAITING = frozenset({State.READING, State.WRITING, State.REVERSING})
OVER = frozenset({State.REFUSED, State.READ, State.DONE, State.CANCELLED, State.REVERSED})


@register("import")
class Import(Scoped):
    """One file. Its content stands sealed outside the database, until it is cleared away."""

    FLOW: ClassVar[dict[str, tuple[frozenset[Any] | set[Any], Any]]] = {
        "remap": ({State.READ, State.REFUSED}, State.READING),
        "look_again": ({State.READ}, State.READING),
        "checked": ({State.READING}, State.READ),
        "refuse": ({State.READING}, State.REFUSED),
        "commit": ({State.READ}, State.WRITING),
        "bring_in": ({State.WRITING}, State.DONE),
        "stop": ({State.WRITING}, State.READ),
        "cancel": ({State.READING, State.REFUSED, State.READ}, State.CANCELLED),
        "reverse": ({State.DONE}, State.REVERSING),
        "take_back": ({State.REVERSING}, State.REVERSED),
        "keep_on": ({State.REVERSING}, State.DONE),
        "clear": (OVER, None),
    }

    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    stored = models.CharField(max_length=100, blank=True)
    report = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    sentence = models.CharField(max_length=400, blank=True)
    mapping = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    # First rows and the first findings, as they are shown before anybody decides; personal, so sealed.
    preview = SealedTextField(blank=True, default=b"")
    # What may be seen once (one-time passwords of new staff).
    once = SealedTextField(blank=True, default=b"")
    uploaded_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    committed_by = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    SECRET = frozenset({"preview", "once", "stored", "report"})

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-id"], name="imports_import_newest"),
            models.Index(fields=["project", "digest"], name="imports_import_digest"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Import]:
        """A file is full of personal data: only who may bring in its kind knows of it."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        near = [p for p, held in by.posts.items() if held & BRINGERS and by.is_staff]
        seen = models.Q(pk__in=[])
        for kind in registry.values():
            seen |= models.Q(kind=kind.id, project_id__in=[p for p in near if by.may(kind.right, p)])
        return rows.filter(seen)

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.CANCELLED, State.REVERSED)


class Progress(models.Model):
    """How far the background is with an import; written beside its open transaction."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    import_id = models.BigIntegerField()
    step = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "import_id"], name="imports_progress_one")
        ]


class KeptHeading(Scoped):
    """What a heading was decided to hold: the next file of the company is read so."""

    kind = models.CharField(max_length=12)
    heading = models.CharField(max_length=60)
    column = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "kind", "heading"], name="imports_keptheading_one")
        ]
