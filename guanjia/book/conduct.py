"""How conduct is inspected and asked: checklists with their items, and the exam bank, read from `conduct.yaml`.

An item's id is its clause and its place in the list: `ETQ-01.2`. Every item and question belongs to a clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from .reader import UnknownEntry, _load, clause


@dataclass(frozen=True)
class Item:
    """One thing that an inspector looks at."""

    id: str
    clause: str
    zh: str


@dataclass(frozen=True)
class Question:
    """One question of the exam bank; the first answer is the right one."""

    id: str
    clause: str
    ask: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """A list of items that are looked at together, on a person or at a place."""

    id: str
    zh: str
    en: str
    of: str
    items: tuple[Item, ...]
    questions: tuple[Question, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.clause for item in self.items))


@cache
def checklists() -> Mapping[str, Checklist]:
    """All checklists by id. A clause that is no conduct, or stands in no known list, is refused."""
    raw = _load("conduct")
    items: dict[str, list[Item]] = {row["id"]: [] for row in raw["checklists"]}
    questions: dict[str, list[Question]] = {row["id"]: [] for row in raw["checklists"]}
    for clause_id, row in raw["clauses"].items():
        if clause(clause_id).kind != "conduct" or row["list"] not in items:
            raise ValueError(f"conduct.yaml: {clause_id} is no conduct, or its list is not known")
        items[row["list"]] += [Item(f"{clause_id}.{n}", clause_id, words) for n, words in enumerate(row["items"], 1)]
        questions[row["list"]] += [_question(clause_id, n, q) for n, q in enumerate(row["questions"], 1)]
    return MappingProxyType(
        {
            row["id"]: Checklist(
                row["id"], row["zh"], row["en"], row["of"], tuple(items[row["id"]]), tuple(questions[row["id"]])
            )
            for row in raw["checklists"]
        }
    )


def _question(clause_id: str, number: int, row: Mapping[str, Any]) -> Question:
    return Question(f"{clause_id}.q{number}", clause_id, row["ask"], tuple(str(one) for one in row["answers"]))


def checklist(checklist_id: str) -> Checklist:
    try:
        return checklists()[checklist_id]
    except KeyError:
        raise UnknownEntry(f"the Book has no checklist {checklist_id}") from None


def of_clause(clause_id: str) -> Checklist | None:
    """The checklist on which a clause stands."""
    return next((one for one in checklists().values() if clause_id in one.clauses), None)
