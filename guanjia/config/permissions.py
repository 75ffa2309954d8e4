"""Who may do what: a right is an operation's name; a post that is not listed may not.

Each room declares its own lines in `rights.py` ("these posts may …"); they are gathered here. A project may give or
take a right by an operation; the generated table of all operations × posts is docs/permissions.md.
"""

from __future__ import annotations

from guanjia.kernel.actors import Actor
from guanjia.people import second
from guanjia.people.login import changed_rights

RIGHTS: dict[str, frozenset[str]] = {}


def policy(by: Actor, right: str, project_id: int) -> bool:
    """Whether one of the actor's posts at the project (or at the head office for its own acts) has the right."""
    held = by.posts.get(project_id, frozenset())
    if not held or (not by.is_strong and right in second.guarded()):
        return False
    changed = changed_rights(by, project_id).get(right, {})
    allowed = RIGHTS.get(right, frozenset())
    return any(changed.get(post, post in allowed) for post in held)
