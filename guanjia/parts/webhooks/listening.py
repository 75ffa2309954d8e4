"""Who listens to what: asked at every event, so it is kept in the process and read anew every few seconds."""

from __future__ import annotations

import time
from typing import Any

from guanjia.kernel import operations
from guanjia.kernel.actors import HISTORIC, Actor
from guanjia.kernel.models import Event

# Rooms whose events are nobody's outside: accounts, secrets, settings of this very program.
INSIDE = frozenset({
    "people", "outreach", "webhooks", "api", "standards", "privacy", "clocks", "files", "approvals", "organization",
    "imports",
})  # fmt: skip
TEST = "webhooks.try_webhook"
FRESH_SECONDS = 5.0
_kept: dict[str, Any] = {"at": None, "by_event": {}}


def offered() -> list[str]:
    """The events that can be subscribed to."""
    names = (o.name for o in operations.registry.values() if o.name.split(".")[0] not in INSIDE and not _is_test(o))
    return sorted(names)


def _is_test(operation: Any) -> bool:
    return ".tests." in operation.body.__module__


def forget() -> None:
    """Read the subscriptions anew at the next event of this process."""
    _kept["at"] = None


def on_event(event: Event, subject: Any, by: Actor) -> None:
    """Queue a delivery to each subscription that wants this event. History that is brought in is not told."""
    if by.channel in HISTORIC:
        return
    listeners = _listeners().get((event.project_id, event.name))
    if listeners:
        from .delivering import queue_event

        queue_event(event, listeners)


def _listeners() -> dict[tuple[int, str], list[int]]:
    """(project, event) → subscriptions. One statement in five seconds; a subscription counts within that time."""
    now = time.monotonic()
    if _kept["at"] is None or now - _kept["at"] > FRESH_SECONDS:
        from .models import Subscription

        found: dict[tuple[int, str], list[int]] = {}
        rows = Subscription.objects.filter(state=Subscription.State.ON).order_by("id")
        for pk, project_id, names in rows.values_list("pk", "project_id", "events"):
            for name in names:
                found.setdefault((project_id, name), []).append(pk)
        _kept.update(at=now, by_event=found)
    known: dict[tuple[int, str], list[int]] = _kept["by_event"]
    return known
