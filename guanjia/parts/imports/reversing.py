"""Taking an import back: what it made is known by ids; anything else that refers to it stands in the way.

Which tables may refer to a thing is asked of the models themselves, so that a room that comes later is asked too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import subjects
from guanjia.kernel.models import Event, PersonKey, SearchWords

from .kinds import registry
from .models import Import

# What is made last goes first.
ORDER = ("key", "key_cabinet", "occupancy", "resident", "house", "unit", "building")
# What people call the things that most often stand in the way.
WORDS = {
    "": pgettext_lazy("imports", "other records"),
    "building": pgettext_lazy("imports", "buildings"),
    "unit": pgettext_lazy("imports", "units"),
    "house": pgettext_lazy("imports", "houses"),
    "resident": pgettext_lazy("imports", "residents"),
    "occupancy": pgettext_lazy("imports", "homes"),
    "employee": pgettext_lazy("imports", "staff"),
    "key": pgettext_lazy("imports", "keys"),
    "key_cabinet": pgettext_lazy("imports", "key cabinets"),
    "case": pgettext_lazy("imports", "cases"),
    "consent": pgettext_lazy("imports", "consents"),
    "care_tag": pgettext_lazy("imports", "care notes"),
    "emergency_contact": pgettext_lazy("imports", "persons to ring"),
    "parcel": pgettext_lazy("imports", "parcels"),
    "message": pgettext_lazy("imports", "messages"),
    "notice": pgettext_lazy("imports", "messages"),
    "file": pgettext_lazy("imports", "files"),
}
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
    built: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for label, runs in one.made.items():
        for rows in _users(one, label, subjects.model_of(label), runs):
            built[_word(getattr(rows.model, "SUBJECT", ""))] += rows[:1000].count()
        since = Event.objects.filter(project_id=one.project_id, subject_label=label).filter(within(runs, "subject_id"))
        changed[_word(label)] += since[:1000].count()
    found = [
        _("%(n)d × %(what)s refer to what this import made.") % {"n": n, "what": what}
        for what, n in built.most_common() if n
    ] + [
        _("%(n)d changes were made to it since (%(what)s).") % {"n": n, "what": what}
        for what, n in changed.most_common() if n
    ]  # fmt: skip
    kind = registry[one.kind]
    return [*found, *kind.blocks(one.made)] if kind.blocks else found


def _word(label: str) -> str:
    """What people call things of a kind; whatever else refers to an import is a record."""
    return str(WORDS.get(label, WORDS[""]))


def _users(one: Import, label: str, model: Any, runs: Sequence[Sequence[int]]) -> Iterator[QuerySet[Any]]:
    """Every table that may refer to things of this kind, without what the same import made."""
    for relation in model._meta.related_objects:
        user = relation.related_model
        if user._meta.label in registry[one.kind].along:
            continue
        rows = user._base_manager.filter(within(runs, f"{relation.field.name}_id"))
        if any(f.name == "project" for f in user._meta.fields):
            rows = rows.filter(project_id=one.project_id)
        own = one.made.get(getattr(user, "SUBJECT", ""), [])
        yield rows.exclude(within(own, "pk")) if own else rows
    for path, field in LOOSE.get(label, ()):
        user = apps.get_model(path)
        yield user._base_manager.filter(within(runs, field), project_id=one.project_id)
    for user in apps.get_models():
        names = {f.name for f in user._meta.fields}
        if {"project", "subject_label", "subject_id"} <= names and user is not Event:
            yield user._base_manager.filter(within(runs, "subject_id"), project_id=one.project_id, subject_label=label)


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
