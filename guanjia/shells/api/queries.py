"""Every read of the API: bounded pages, always through `visible_to`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from guanjia.kernel import crypto, events, operations, search
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Refused, Unknown
from guanjia.places.models import Project

from . import reading
from .things import Thing

MOST = 100
USUAL = 25
FOUND = 200


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def me(by: Actor) -> dict[str, Any]:
    """The caller as a program needs it."""
    projects = Project.visible_to(by).values_list("pk", "code", "name")
    return {
        "id": str(by.id),
        "kind": by.kind,
        "name": by.name if by.is_staff else f"{by.name[:1]}**",
        "projects": [
            {"code": code, "name": name, "posts": sorted(by.posts.get(pk, ()))} for pk, code, name in projects
        ],
    }


def reach(kind: Thing, project: Project, by: Actor) -> QuerySet[Any]:
    """What the caller may see of a kind at the project."""
    rows = kind.model.visible_to(by)
    if by.is_resident:  # a resident's reach may name a row twice, once for each home
        rows = kind.model._default_manager.filter(pk__in=rows.values("pk"))
    return rows.filter(pk=project.pk) if kind.is_project else rows.filter(project_id=project.pk)


def thing(kind: Thing, project: Project, by: Actor, number: int) -> Any:
    """One thing. Raises Unknown for what does not exist or is not theirs."""
    found = reach(kind, project, by).filter(pk=number).first()
    if found is None:
        raise Unknown(kind.label)
    return found


def page(kind: Thing, project: Project, by: Actor, query: QueryDict) -> dict[str, Any]:
    """Newest first, `limit` at a time; `next` is given back as `after`. Names of filters come from a list."""
    filters = {f.name: f for f in kind.filters}
    known = {"after", "limit", *filters, *(["q"] if kind.is_searched else [])}
    if strange := sorted(set(query) - known):
        raise Refused.many({name[:40]: [_("This is not known here.")] for name in strange[:20]})
    limit = _count(str(query.get("limit", USUAL)))
    rows = reach(kind, project, by)
    for name, field in filters.items():
        if name in query:
            rows = rows.filter(**{field.attname: reading.wanted(field, str(query[name]))})
    if "q" in query:
        rows = rows.filter(pk__in=_found(kind, project, str(query["q"])))
    if "after" in query:
        rows = rows.filter(pk__lt=_after(str(query["after"])))
    items = list(rows.order_by("-pk").only(*(f.name for f in kind.fields))[: limit + 1])
    more = str(items[limit - 1].pk) if len(items) > limit else None
    return {"items": [kind.shown(item) for item in items[:limit]], "next": more}


def _found(kind: Thing, project: Project, text: str) -> list[int]:
    if not text.strip() or len(text) > 100 or "\x00" in text:
        raise Refused("q", _("Search for 1 to 100 characters."))
    return search.found([project.pk], kind.label, text, limit=FOUND)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST):
        raise Refused("limit", _("Ask for 1 to 100 at a time."))
    return int(text)


def _after(text: str) -> int:
    try:
        return reading.number(text)
    except Unknown:
        raise Refused("after", _("This is not a number.")) from None


def events_of(subject: Any) -> list[dict[str, Any]]:
    """The last hundred events of a thing; personal values stay sealed, that is, absent."""
    return [
        {
            "id": str(event.pk),
            "name": event.name,
            "label": str(operations.registry[event.name].label) if event.name in operations.registry else event.name,
            "actor": event.actor_name,
            "at": stamp(event.at),
            "recorded_at": stamp(event.recorded_at),
            "is_late": event.is_late,
            "changes": {n: v for n, v in event.changes.items() if not crypto.is_sealed(v)},
        }
        for event in events.timeline(subject)
    ]


def offers_of(kind: Thing, subject: Any, by: Actor) -> list[dict[str, Any]]:
    """What the caller may do with a thing now, and what is missing for the rest."""
    names = {operation.name: word for word, operation in kind.verbs.items()}
    return [
        {
            "operation": names[offer.operation.name],
            "label": str(offer.operation.label),
            "missing": [{"sentence": str(n.sentence), "clause": n.clause} for n in offer.missing],
        }
        for offer in operations.offers(subject, by)
        if offer.operation.name in names
    ]
