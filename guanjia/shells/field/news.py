"""The notices of the person, where the room of notices stands."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

ROOM = "guanjia.parts.outreach.queries"


def room() -> Any:
    """The reads of the room of notices, or None while it is not built."""
    return import_module(ROOM) if find_spec("guanjia.parts.outreach") and find_spec(ROOM) else None


def unread(by: Actor, project: Project) -> int:
    count = getattr(room(), "unread_count", None)
    return int(count(by, project)) if count else 0


def rows(by: Actor, project: Project) -> list[dict[str, Any]]:
    """My notices as rows, newest first; none while the room is not built."""
    found = getattr(room(), "notices_of", None)
    return [{"title": str(n.title), "words": str(n.words), "at": n.at, "url": n.url, "is_new": not n.read_at} for n in found(by, project)[:50]] if found else []
