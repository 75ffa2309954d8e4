"""A row of any kind, for tests that need one to be there and nothing of it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from guanjia.kernel.fields import ScopedForeignKey

from .cast import Community


def filled(model: Any, community: Community, **given: Any) -> Any:
    """A row with something in every column that wants it. Only reach is tried with it, never a rule."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in given or field.null or field.has_default() or field.has_db_default():
            continue
        values[field.name] = _value(field, community)
    return model._base_manager.create(**{**values, **given})


def _value(field: Any, community: Community) -> Any:
    if field.name == "project":
        return community.project
    if isinstance(field, models.ForeignKey):
        to = field.related_model
        if to._meta.label == "people.Employee":
            return community.staff["steward"]
        scoped = isinstance(field, ScopedForeignKey) or any(f.name == "project" for f in to._meta.fields)
        rows = to._base_manager.filter(project=community.project) if scoped else to._base_manager.all()
        return rows.first() or filled(to, community)
    if field.name.endswith("_label"):
        return "house"
    if field.name.endswith("subject_id"):
        return community.house.pk
    if field.name.startswith("clause"):
        return "CMP-03"
    if field.choices:
        return field.choices[0][0]
    kinds: list[tuple[Any, Any]] = [
        (models.DateTimeField, timezone.now()), (models.DateField, date(2026, 1, 1)), (models.TimeField, time(8)),
        (models.BooleanField, False), (models.DecimalField, 1), (models.IntegerField, 1), (models.JSONField, {}), (models.BinaryField, b""),
        (models.DurationField, timedelta(hours=1)), (models.UUIDField, "00000000-0000-4000-8000-000000000001"),
    ]  # fmt: skip
    return next((value for kind, value in kinds if isinstance(field, kind)), "x" if field.blank is False else "")
