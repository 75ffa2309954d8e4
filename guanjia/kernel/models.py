"""The kernel's own tables: journal, seals, keys, counters, search words, idempotency."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

from .actors import Actor


class Scoped(models.Model):
    """A row of one project. The project never changes; reach is `visible_to`."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")

    # Verb → (states it may start from, state it leads to or None to stay).
    FLOW: ClassVar[dict[str, tuple[frozenset[Any] | set[Any], Any]]] = {}
    # Fields whose values are a person's, sealed in the journal; secrets never enter it.
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    SECRET: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """What this actor may see exist: staff their posts' projects; others nothing, unless a model widens it."""
        rows = cls._default_manager.all()
        if by.is_system:
            return rows
        return rows.filter(project_id__in=list(by.posts)) if by.is_staff else rows.none()

    def person(self) -> tuple[str, int]:
        """Under whose key personal values of this thing are sealed: (label, id). By default its own."""
        return self._meta.label_lower, int(self.pk or 0)

    def search_text(self) -> str:
        """The words by which the thing is found; empty for things that are not searched."""
        return ""


class Event(models.Model):
    """One act in the append-only journal. The application's role may insert and read, never change."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(default=0)
    actor_name = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=10, default="web")
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    given = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    is_late = models.BooleanField(default=False)
    request_id = models.UUIDField()
    cause_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "subject_label", "subject_id", "id"], name="kernel_event_subject"),
            models.Index(fields=["project", "id"], name="kernel_event_project"),
            models.Index(fields=["project", "name", "at"], name="kernel_event_name"),
        ]


class Made(models.Model):
    """Which things a batch made: runs of ids, so that each of them finds the one event of its making."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    event_id = models.BigIntegerField()
    label = models.CharField(max_length=60)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["project", "label", "first_id"], name="kernel_made_first")]


class Seal(models.Model):
    """Names exactly the events it covers, their hash and the seal before it. Insert-only."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    event_ids = models.JSONField()
    last_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="kernel_seal_number")]


class PersonKey(models.Model):
    """The wrapped key of one person (or of one thing that names a stranger). Erasure deletes the row."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    label = models.CharField(max_length=60)
    person_id = models.BigIntegerField()
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "label", "person_id"], name="kernel_personkey_one")]


class IdempotencyKey(models.Model):
    """The answer of a write that was already made, for 30 days."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    scope = models.CharField(max_length=40)
    operation = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "scope", "operation", "key"], name="kernel_idempotency_once")
        ]
        indexes = [models.Index(fields=["created_at"], name="kernel_idempotency_age")]


class Reacted(models.Model):
    """A `later` reaction that is done for an event: delivered again, it does nothing."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    event_id = models.BigIntegerField()
    reaction = models.CharField(max_length=60)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "event_id", "reaction"], name="kernel_reacted_once")]
        indexes = [models.Index(fields=["at"], name="kernel_reacted_age")]


class Counter(models.Model):
    """The last number of a series in a project."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "series"], name="kernel_counter_series")]


class SearchWords(models.Model):
    """Keyed hashes of the bigrams of one thing, each bound to its project; no readable text."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    words = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "label", "subject_id"], name="kernel_search_one")]
        indexes = [GinIndex(fields=["words"], name="kernel_search_words", fastupdate=False)]
