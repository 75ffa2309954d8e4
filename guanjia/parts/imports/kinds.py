"""What a file can hold. A room above declares a kind: its columns, how rows are judged, written and looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from . import values

registry: dict[str, Kind] = {}


@dataclass(frozen=True)
class Column:
    """One thing that a column can hold. `words` are headings under which it is met, in the order of likelihood."""

    key: str
    label: Any
    words: tuple[str, ...] = ()
    parse: Callable[[Any], Any] = values.plain
    hint: Any = ""
    example: str = ""
    allowed: tuple[str, ...] = ()
    is_personal: bool = False


@dataclass
class Line:
    """One row of a sheet: what its mapped columns hold, read; what could not be read is a finding already."""

    sheet: int
    number: int
    values: dict[str, Any]
    is_wrong: bool = False

    def get(self, key: str, default: Any = None) -> Any:
        value = self.values.get(key)
        return default if value in (None, "") else value


@dataclass
class Finding:
    """Something about a row, in a sentence. What is not `is_wrong` is imported all the same."""

    sheet: int
    row: int
    column: str
    sentence: str
    is_wrong: bool = True


class Plan(Protocol):
    """What would be written. `counts` names totals for people: [(label, new, there already), …]."""

    @property
    def counts(self) -> list[tuple[str, int, int]]: ...

    @property
    def is_empty(self) -> bool: ...


Tick = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Kind:
    """`judge` reads lines into a plan and adds findings; `write` writes a plan and returns the ids of what it made."""

    id: str
    label: Any
    columns: tuple[Column, ...]
    # Sets of columns of which a sheet needs one whole set to be of this kind.
    needs: tuple[frozenset[str], ...]
    judge: Callable[[Project, list[Line], list[frozenset[str]], Callable[[Finding], None], Actor], Any]
    write: Callable[[Project, Any, Actor, Mapping[str, Any], Tick], dict[str, list[int]]]
    template: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    is_for_office: bool = False
    is_reversible: bool = True
    also: dict[str, Any] = field(default_factory=dict)

    def column(self, key: str) -> Column | None:
        return next((c for c in self.columns if c.key == key), None)


def register(kind: Kind) -> Kind:
    """Declare a kind, once."""
    if kind.id in registry:
        raise ValueError(f"two kinds of import are called {kind.id}")
    registry[kind.id] = kind
    return kind


def of(project: Project) -> Iterable[Kind]:
    """The kinds that a project takes: houses at a community, staff at the head office."""
    return [kind for kind in registry.values() if kind.is_for_office == project.is_office]
