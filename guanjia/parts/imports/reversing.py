"""Taking an import back: what it made is known by ids; anything else that refers to it stands in the way.

Which tables may refer to a thing is asked of the models themselves, so that a room that comes later is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guanjia.kernel import subjects
from guanjia.kernel.models import Event, PersonKey, SearchWords

from .kinds import registry
from .models import Import

# What is made last goes first.
ORDER = ("key", "key_cabinet", "occupancy", "resident", "house", "unit", "building")
# Tables that speak of a resident by number alone.
LOOSE = {"resident": (("people.AccountHome", "resident_id"),)}


def within(runs: Sequence[Sequence[int]], field: str) -> Q:
    """Rows whose field lies in one of the runs."""
    found = Q(pk__in=[])
    for first, last in runs:
        found |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return found


def blocks(one: Import) -> list[str]:
    """Sentences about what was built on the import since; empty when it can be taken back."""
    found: list[str] = []
    for label, runs in one.made.items():
        model = subjects.model_of(label)
        for rows, name in _users(one, label, model, runs):
            if n := rows[:1000].count():
                found.append(_("%(n)d × %(what)s refer to what this import made.") % {"n": n, "what": name})
        since = Event.objects.filter(project_id=one.project_id, subject_label=label).filter(within(runs, "subject_id"))
        if n := since[:1000].count():
            found.append(
                _("%(n)d changes were made to it since (%(what)s).") % {"n": n, "what": model._meta.verbose_name}
            )
    kind = registry[one.kind]
    return [*found, *kind.blocks(one.made)] if kind.blocks else found


def _users(one: Import, label: str, model: Any, runs: Sequence[Sequence[int]]) -> Iterator[tuple[QuerySet[Any], str]]:
    """Every table that may refer to things of this kind, without what the same import made."""
    for relation in model._meta.related_objects:
        user = relation.related_model
        if user._meta.label in registry[one.kind].along:
            continue
        rows = user._base_manager.filter(within(runs, f"{relation.field.name}_id"))
        if any(f.name == "project" for f in user._meta.fields):
            rows = rows.filter(project_id=one.project_id)
        own = one.made.get(getattr(user, "SUBJECT", ""), [])
        yield (rows.exclude(within(own, "pk")) if own else rows), str(user._meta.verbose_name)
    for path, field in LOOSE.get(label, ()):
        user = apps.get_model(path)
        yield user._base_manager.filter(within(runs, field), project_id=one.project_id), str(user._meta.verbose_name)
    for user in apps.get_models():
        names = {f.name for f in user._meta.fields}
        if {"project", "subject_label", "subject_id"} <= names and user is not Event:
            rows = user._base_manager.filter(within(runs, "subject_id"), project_id=one.project_id, subject_label=label)
            yield rows, str(user._meta.verbose_name)


def remove(one: Import) -> None:
    """Delete exactly what was made, with its search words and its persons' keys."""
    if clear := registry[one.kind].clear:
        clear(one.made)
    for label in sorted(one.made, key=lambda name: ORDER.index(name) if name in ORDER else -1):
        runs, model = one.made[label], subjects.model_of(label)
        words = SearchWords.objects.filter(within(runs, "subject_id"), project_id=one.project_id, label=label)
        words._raw_delete(words.db)
        key = model(pk=0).person()[0] if label == "resident" else ""
        if key:
            keys = PersonKey.objects.filter(within(runs, "person_id"), project_id=one.project_id, label=key)
            keys._raw_delete(keys.db)
        rows = model._base_manager.filter(within(runs, "pk"), project_id=one.project_id)
        rows._raw_delete(rows.db)
