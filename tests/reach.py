"""What the addresses with an id are about, and a thing of each kind to try them with: gathered from the rooms' own
`tests/reach.py`.

A new address needs a row there: the test names it. A kind whose rows cannot be filled by themselves gets a maker.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled


def _rooms() -> list[ModuleType]:
    names = [f"{one.name}.tests.reach" for one in apps.get_app_configs() if one.name.startswith("guanjia.")]
    return [importlib.import_module(name) for name in names if _stands(name)]


def _stands(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # a room without tests
        return False


ROWS: dict[str, str] = {}
WORDS: dict[str, dict[str, str]] = {}
MAKERS: dict[str, Callable[[Community], Any]] = {}
EVERY_VERB: set[str] = set()
NO_THING: set[str] = set()
ONE_STATE: set[str] = set()
NEIGHBOURS: set[str] = set()
for _room in _rooms():
    ROWS |= getattr(_room, "ROWS", {})
    WORDS |= getattr(_room, "WORDS", {})
    MAKERS |= getattr(_room, "MAKERS", {})
    EVERY_VERB |= getattr(_room, "EVERY_VERB", set())
    NO_THING |= getattr(_room, "NO_THING", set())
    ONE_STATE |= getattr(_room, "ONE_STATE", set())
    NEIGHBOURS |= getattr(_room, "NEIGHBOURS", set())
# Shared by all projects, journaled at the head office: a project's staff page shows the own ones only.
COMPANY = frozenset({"employee"})


def thing(label: str, community: Community) -> Any:
    """One thing of a kind in a project: of the cast, or made."""
    model = subjects.model_of(label)
    found = MAKERS[label](community) if label in MAKERS else None
    if found is None and any(f.name == "project" for f in model._meta.fields):
        found = model._base_manager.filter(project=community.project).order_by("-id").first()
    return found or filled(model, community)


def end_posting(community: Community, who: str) -> None:
    """The posting of one of the cast ended yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    community.staff[who].postings.update(to_on=yesterday)


def move_out(community: Community, who: str, at: datetime) -> None:
    """A resident left: the home ended."""
    from guanjia.people.models import AccountHome

    AccountHome.objects.filter(account_id=community.accounts[who].pk).update(ended_at=at)


def everything_stored() -> str:
    """All that stands in tables other people read later: queue of jobs, answers kept for retries, search words."""
    with connection.cursor() as cursor:
        found = []
        for query in (
            "SELECT args::text FROM procrastinate_jobs",
            "SELECT answer::text FROM kernel_idempotencykey",
            "SELECT words::text FROM kernel_searchwords",
            "SELECT given::text || changes::text FROM kernel_event",
        ):
            cursor.execute(query)
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)
