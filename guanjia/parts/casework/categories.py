"""The category tree: place × category × problem, with the usual urgency and the life-safety mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guanjia.kernel import written
from guanjia.kernel.languages import said

HOME, COMMON = "home", "common"


@dataclass(frozen=True)
class Problem:
    """A leaf of the tree."""

    id: str
    category: str
    zh: str
    en: str
    places: tuple[str, ...]
    urgency: str
    danger: str = ""

    @property
    def label(self) -> str:
        return said(self.zh, self.en)


@dataclass(frozen=True)
class Category:
    """A branch of the tree; ids are the vocabulary's repair types."""

    id: str
    zh: str
    en: str
    problems: tuple[Problem, ...]

    @property
    def label(self) -> str:
        return said(self.zh, self.en)


@lru_cache(maxsize=1)
def tree() -> tuple[Category, ...]:
    """The whole tree in its written order."""
    rows = written.read(Path(__file__).parent / "categories.yaml")
    return tuple(
        Category(
            row["id"],
            row["zh"],
            row["en"],
            tuple(
                Problem(**{**leaf, "category": row["id"], "places": tuple(leaf["places"])}) for leaf in row["problems"]
            ),
        )
        for row in rows
    )


def category(key: str) -> Category | None:
    """A branch by id."""
    return next((c for c in tree() if c.id == key), None)


def problem(category_id: str, problem_id: str) -> Problem | None:
    """A leaf by its branch and id; None where the two do not belong together."""
    branch = category(category_id)
    return next((p for p in branch.problems if p.id == problem_id), None) if branch else None


def choices() -> list[tuple[str, str]]:
    """Branches as form choices."""
    return [(c.id, c.zh) for c in tree()]


def problem_choices() -> list[tuple[str, str]]:
    """All leaves as form choices; a leaf id may stand under several branches."""
    return list({p.id: (p.id, p.zh) for c in tree() for p in c.problems}.values())
