"""The modules of the course (TRN-01): what service staff are taught, in parts, each with the clauses it teaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from . import reader


@dataclass(frozen=True)
class Module:
    """One module. `clauses` are those it teaches; a chapter stands for all of its clauses."""

    id: str
    part: str
    zh: str
    en: str
    named: tuple[str, ...]

    @property
    def clauses(self) -> tuple[reader.Clause, ...]:
        found: list[reader.Clause] = []
        for key in self.named:
            found += [reader.clause(key)] if "-" in key else reader.area(key)
        return tuple(found)


@cache
def modules() -> Mapping[str, Module]:
    """All of them, in the order in which they are taught."""
    parts = {part for part, _zh, _en in reader.enum("course_parts")}
    found = {
        row["id"]: Module(row["id"], row["part"], row["zh"], row["en"], tuple(row["clauses"]))
        for row in reader._load("modules")
    }
    for one in found.values():
        if one.part not in parts or not one.clauses:
            raise ValueError(f"the course: {one.id} is of no known part, or teaches nothing")
    return MappingProxyType(found)
