"""Who may do what: a right is an operation's name; a post that is not listed may not.

Each room declares its own lines in `rights.py` ("these posts may …"); they are gathered here. A project may give or
take a right by an operation; the generated table of all operations × posts is docs/permissions.md.
"""

from __future__ import annotations

from guanjia.kernel.actors import Actor
from guanjia.people import second
from guanjia.people.models import RightOverride

RIGHTS: dict[str, frozenset[str]] = {}


def policy(by: Actor, right: str, project_id: int) -> bool:
    """Whether one of the actor's posts at the project (or at the head office for its own acts) has the right."""
    held = by.posts.get(project_id, frozenset())
    if not held or (not by.is_strong and right in second.guarded()):
        return False
    changed = _overrides(by, project_id).get(right, {})
    allowed = RIGHTS.get(right, frozenset())
    return any(changed.get(post, post in allowed) for post in held)


def _overrides(by: Actor, project_id: int) -> dict[str, dict[str, bool]]:
    """What the project changed, read once for an actor (an actor lives for one request)."""
    kept = by.memo.get(("rights", project_id))
    if isinstance(kept, dict):
        return kept
    table: dict[str, dict[str, bool]] = {}
    rows = RightOverride.objects.filter(project_id=project_id).values_list("right", "post", "is_allowed")
    for right, post, is_allowed in rows:
        table.setdefault(right, {})[post] = is_allowed
    by.memo[("rights", project_id)] = table
    return table
