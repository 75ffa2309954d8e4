"""Who acts, from where, and when it happened."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

STAFF, RESIDENT, CLIENT, SYSTEM = "staff", "resident", "client", "system"
# Channels that bring old paper or another system's history.
HISTORIC = frozenset({"import", "demo"})


@dataclass(frozen=True)
class Present:
    """Another person who identified at this very act (`how`: pin, badge, code), and the posts they hold now."""

    id: int
    name: str
    posts: Mapping[int, frozenset[str]]
    how: str

    def holds(self, project_id: int, *posts: str) -> bool:
        """Whether one of the posts is held at the project now."""
        return bool(self.posts.get(project_id, frozenset()) & set(posts))


@dataclass(frozen=True)
class Actor:
    """A person (or the system, because of an event) at the moment of an act.

    `at` is when it happened (aware, UTC); `recorded_at` is set only by the demo community, which makes
    its history through the real operations. `posts` maps project ids to the posts held there now.
    """

    kind: str
    id: int = 0
    name: str = ""
    account_id: int = 0
    posts: Mapping[int, frozenset[str]] = field(default_factory=dict)
    at: datetime = field(default_factory=timezone.now)
    is_late_entry: bool = False
    recorded_at: datetime | None = None
    request_id: uuid.UUID = field(default_factory=uuid.uuid4)
    cause_id: int | None = None
    channel: str = "web"
    homes: Mapping[int, int] = field(default_factory=dict)  # project id -> resident id
    # Logged in with a second factor, or where none is demanded; without it guarded rights do not count.
    is_strong: bool = True
    # Who else identified at this act (countersign). Set by the doors from what was typed there, never kept.
    present: tuple[Present, ...] = ()
    # A program's own list of rights, within those of its post; None: all that the posts have.
    only: frozenset[str] | None = None
    # What was read once for this actor in this request (a project's changed rights); never outlives it.
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_system(self) -> bool:
        return self.kind == SYSTEM

    @property
    def is_staff(self) -> bool:
        return self.kind in (STAFF, CLIENT)

    @property
    def is_resident(self) -> bool:
        return self.kind == RESIDENT

    @property
    def project_ids(self) -> list[int]:
        """Projects this actor has anything to do with."""
        return sorted({*self.posts, *self.homes})

    def holds(self, project_id: int, *posts: str) -> bool:
        """Whether one of the posts is held at the project now."""
        return bool(self.posts.get(project_id, frozenset()) & set(posts))

    def may(self, right: str, project_id: int) -> bool:
        """Whether this actor has the right at the project."""
        from .rights import is_allowed

        return self.is_system or is_allowed(self, right, project_id)

    def moment(self, at: datetime) -> Actor:
        """The same person at another moment: late entry, offline phone, demo history."""
        return replace(self, at=at, is_late_entry=True, request_id=uuid.uuid4())

    def because_of(self, event_id: int) -> Actor:
        """The system acting because of an event, at the same moment and for the same request."""
        return replace(
            self, kind=SYSTEM, id=0, name="", account_id=0, posts={}, homes={}, cause_id=event_id, present=()
        )


def system(at: datetime | None = None, *, recorded_at: datetime | None = None) -> Actor:
    """The system itself: sweeps, schedules."""
    return Actor(kind=SYSTEM, at=at or timezone.now(), recorded_at=recorded_at)
