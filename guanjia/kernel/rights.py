"""Rights by name: an operation's right is its own name. `config/permissions.py` supplies the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .actors import Actor

Policy = Callable[["Actor", str, int], bool]
_policy: Policy | None = None


def set_policy(policy: Policy) -> None:
    """Install the table of rights, once, at start-up."""
    global _policy
    _policy = policy


def is_allowed(actor: Actor, right: str, project_id: int) -> bool:
    """Default is refuse: without a table nobody may do anything."""
    if actor.only is not None and right not in actor.only:
        return False
    return _policy is not None and _policy(actor, right, project_id)
