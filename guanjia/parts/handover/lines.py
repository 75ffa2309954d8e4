"""The registry of lines, and reading them: one statement a line, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.urls import reverse

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

# The blocks of the desk handover log (F-HANDOVER) that a line can stand in, in its order.
BLOCKS = ("work", "goods", "letters", "keys", "notes")
# More rows of one line are not read: nobody goes through them one by one between two shifts.
MOST = 100
Rows = Callable[[Project, Actor], QuerySet[Any]]
registry: dict[str, Line] = {}


@dataclass(frozen=True, eq=False)
class Line:
    """What is open of one kind. `rows(project, by)` are those that this person may see and that go on after the shift.

    `urgent(at)` says which of them must be explained; `counted`: the rows are things that are counted by hand at the
    handover (a difference must be explained); `posts`: in whose handover it stands (none named: in every one);
    `of_post(post)`: which of the rows stand in the handover of one post, where not all do;
    `mine(employee_id)`: which rows are one person's own, for who leaves a post for good. `prepare(rows, by)` reads at
    once what `says` needs beside the rows.
    """

    key: str
    label: Any
    rows: Rows
    block: str
    page: str
    urgent: Callable[[datetime], Q] | None = None
    counted: bool = False
    says: Callable[[Any], Any] = str
    posts: frozenset[str] = frozenset()
    mine: Callable[[int], Q] | None = None
    of_post: Callable[[str], Q] | None = None
    prepare: Callable[[list[Any], Actor], None] | None = None

    def stands_for(self, post: str) -> bool:
        return not self.posts or post in self.posts

    def rows_of(self, post: str, project: Project, by: Actor) -> QuerySet[Any]:
        rows = self.rows(project, by)
        return rows.filter(self.of_post(post)) if self.of_post else rows

    def address(self, project: Project) -> str:
        return reverse(self.page, args=[project.code]) if self.page else ""


@dataclass(frozen=True)
class Found:
    """A line with its rows now, the urgent ones first."""

    line: Line
    rows: tuple[Any, ...]
    has_more: bool

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def urgent_ids(self) -> list[int]:
        return [row.pk for row in self.rows if row.is_urgent_line]

    @property
    def ids(self) -> list[int]:
        return [row.pk for row in self.rows]

    def said(self, most: int = MOST) -> list[str]:
        return [str(self.line.says(row)) for row in self.rows[:most]]


def handed_over(
    key: str, *, label: Any, rows: Rows, block: str = "work", page: str = "",
    urgent: Callable[[datetime], Q] | None = None, counted: bool = False, says: Callable[[Any], Any] = str,
    posts: Iterable[str] = (), mine: Callable[[int], Q] | None = None, of_post: Callable[[str], Q] | None = None,
    prepare: Callable[[list[Any], Actor], None] | None = None,
) -> Line:  # fmt: skip
    """Declare a line. Called once, from the `handovers` module of the room that owns the rows."""
    if key in registry:
        raise ValueError(f"two lines of a handover are called {key}")
    if block not in BLOCKS:
        raise ValueError(f"{key}: “{block}” is no block of a handover")
    line = Line(key, label, rows, block, page, urgent, counted, says, frozenset(posts), mine, of_post, prepare)
    registry[key] = line
    return line


def found(project: Project, by: Actor, post: str) -> list[Found]:
    """Every line of this post's handover, also those with nothing open: that is said too."""
    lines = sorted(registry.values(), key=lambda line: (BLOCKS.index(line.block), line.key))
    return [_found(line, line.rows_of(post, project, by), by) for line in lines if line.stands_for(post)]


def one(key: str, project: Project, by: Actor, post: str) -> Found:
    """A single line of this post's handover."""
    line = registry[key]
    return _found(line, line.rows_of(post, project, by), by)


def of_person(project: Project, by: Actor, employee_id: int) -> Iterator[Found]:
    """What is open and one person's own, for a transfer of duties; lines without anything are left out."""
    for line in registry.values():
        if line.mine is not None:
            own = _found(line, line.rows(project, by).filter(line.mine(employee_id)), by)
            if own.rows:
                yield own


def again(line: Line, project: Project, by: Actor, ids: Iterable[int]) -> list[Any]:
    """Rows that stood on a line once, as far as this person may see them now, whatever has become of them."""
    model = line.rows(project, by).model
    rows = {row.pk: row for row in model.visible_to(by).filter(project=project, pk__in=list(ids))}
    found = [rows[pk] for pk in ids if pk in rows]
    if line.prepare and found:
        line.prepare(found, by)
    return found


def _found(line: Line, rows: QuerySet[Any], by: Actor) -> Found:
    urgent = ExpressionWrapper(line.urgent(by.at), output_field=BooleanField()) if line.urgent else Value(False)
    read = list(rows.annotate(is_urgent_line=urgent).order_by("-is_urgent_line", "pk")[: MOST + 1])
    if line.prepare and read:
        line.prepare(read, by)
    return Found(line, tuple(read[:MOST]), len(read) > MOST)
