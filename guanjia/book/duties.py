"""What each post does, by the words of the documents, read from `duties.yaml`: chapters, headings, duties with the
pages and forms in which they are done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .reader import _load, clause, form


@dataclass(frozen=True)
class Duty:
    """One thing that a post does. `step` is its place in the eighteen of ORG-13, where it stands there."""

    zh: str
    en: str
    pages: tuple[str, ...]
    forms: tuple[str, ...]
    clauses: tuple[str, ...]
    step: int = 0


@dataclass(frozen=True)
class Group:
    zh: str
    en: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Chapter:
    """The duties that one clause gives to some posts."""

    clause: str
    posts: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def duties(self) -> tuple[Duty, ...]:
        return tuple(duty for group in self.groups for duty in group.duties)


@cache
def chapters() -> tuple[Chapter, ...]:
    """All of them, with clauses and forms that exist."""
    return tuple(
        Chapter(
            clause(row["clause"]).id,
            tuple(row["posts"]),
            tuple(Group(g["zh"], g["en"], tuple(_duty(d) for d in g["duties"])) for g in row["groups"]),
        )
        for row in _load("duties")
    )


def _duty(row: dict[str, object]) -> Duty:
    doors = tuple(str(door) for door in row["doors"])  # type: ignore[attr-defined]  # a list, as the file is written
    held = tuple(clause(str(one)).id for one in row["clauses"])  # type: ignore[attr-defined]  # a list as well
    forms = tuple(form(door).id for door in doors if door.startswith("F-"))
    pages = tuple(door for door in doors if not door.startswith("F-"))
    return Duty(str(row["zh"]), str(row["en"]), pages, forms, held, int(str(row.get("step", 0))))


def of(post: str) -> tuple[Chapter, ...]:
    """The chapters of a post, its own before those that it shares."""
    own = [chapter for chapter in chapters() if post in chapter.posts]
    return tuple(sorted(own, key=lambda chapter: len(chapter.posts)))
