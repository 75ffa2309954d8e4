"""What a file can hold. A room above declares a kind: its columns, how rows are judged, written and looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from . import values

registry: dict[str, Kind] = {}
# Subject label → runs of ids of what an import made.
Runs = Mapping[str, list[list[int]]]


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


Tell = Callable[[Finding], None]


class Judge:
    """What all judges of rows do: name a row that is wrong, and note what stands out about one that is not."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell

    def wrong(self, line: Line, column: str, sentence: str) -> None:
        line.is_wrong = True
        self.tell(Finding(line.sheet, line.number, column, sentence))

    def note(self, line: Line, column: str, sentence: str) -> None:
        self.tell(Finding(line.sheet, line.number, column, sentence, False))


class Plan(Protocol):
    """What would be written. `counts` names totals for people: [(label, new, there already), …]."""

    @property
    def counts(self) -> list[tuple[str, int, int]]: ...


class RowJudge(Judge):
    """A judge of files whose rows stand for themselves: each in turn, beside what is on record."""

    plan: Plan

    def __init__(self, project: Project, tell: Tell, by: Actor) -> None:
        super().__init__(tell)
        self.project, self.by = project, by

    def take(self, line: Line) -> None:
        """One row into the plan, or a finding about it."""
        raise NotImplementedError

    @classmethod
    def judge(cls, project: Project, lines: list[Line], has: list[frozenset[str]], tell: Tell, by: Actor) -> Plan:
        """The plan of a file; what could not be read is a finding already."""
        found = cls(project, tell, by)
        for line in lines:
            if not line.is_wrong:
                found.take(line)
        return found.plan


Tick = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Kind:
    """`judge` reads lines into a plan and adds findings; `write` writes a plan and returns the ids of what it made.

    `right` is the batch by which its rows come in: who may not do that sends no such file, and knows of none.
    Taking back: `along` are tables whose rows come and go with the things; `blocks` names what stands in the way
    besides what every table says; `clear` removes what belongs to the things and is tied to them by number alone.
    """

    id: str
    label: Any
    right: str
    columns: tuple[Column, ...]
    # Sets of columns of which a sheet needs one whole set to be of this kind.
    needs: tuple[frozenset[str], ...]
    judge: Callable[[Project, list[Line], list[frozenset[str]], Tell, Actor], Any]
    write: Callable[[Project, Any, Actor, Mapping[str, Any], Tick], dict[str, list[int]]]
    template: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    is_for_office: bool = False
    along: frozenset[str] = frozenset()
    blocks: Callable[[Runs], list[str]] | None = None
    clear: Callable[[Runs], None] | None = None

    def column(self, key: str) -> Column | None:
        return next((c for c in self.columns if c.key == key), None)


def register(kind: Kind) -> Kind:
    """Declare a kind, once."""
    if kind.id in registry:
        raise ValueError(f"two kinds of import are called {kind.id}")
    registry[kind.id] = kind
    return kind


def of(project: Project, by: Actor) -> list[Kind]:
    """The kinds that a person may send to a project: houses and keys to a community, staff to the head office."""
    kinds = [kind for kind in registry.values() if kind.is_for_office == project.is_office]
    return [kind for kind in kinds if by.may(kind.right, project.pk)]
