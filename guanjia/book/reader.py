"""Reads the files of the Book into typed, frozen entries, once a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from guanjia.kernel import written

HERE = Path(__file__).parent
KINDS = ("clock", "gauge", "count", "gate", "record", "capacity", "procedure", "conduct", "capability")
# What of a clause a company or project may decide otherwise, by kind.
ADJUSTABLE: Mapping[str, tuple[str, ...]] = {
    "clock": ("within", "calendar", "soon", "escalation", "target"),
    "gauge": ("target",),
    "count": ("at_least", "at_most", "at", "target"),
    "gate": ("by", "by_mode"),
    "capacity": ("limit",),
    "record": (),
    "procedure": ("target",),
    "conduct": ("target",),
    "capability": ("amount",),
}
# Lists of posts that a single clause has: who may borrow which keys (KEY-14), which touch food or hygiene (TRN-15).
LISTS = ("borrows_owner", "borrows_public", "borrows_equipment", "borrows_office", "hygiene_posts")


class UnknownEntry(KeyError):
    """The Book has no such clause, form or word."""


@dataclass(frozen=True)
class Clause:
    """One rule. `facts` holds the keys that only its kind has: from, to, within; target; action, by; steps …"""

    id: str
    kind: str
    title: str
    title_en: str
    rule: str
    roles: tuple[str, ...]
    system: str
    source: tuple[str, ...]
    note: str = ""
    note_zh: str = ""  # of a default to decide
    basis: str = ""
    forms: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)

    @property
    def is_house_rule(self) -> bool:
        """A rule of our own: no document has it."""
        return self.area == HOUSE.id

    @property
    def area(self) -> str:
        return self.id.rpartition("-")[0]

    @property
    def number(self) -> int:
        return int(self.id.rpartition("-")[2])

    @property
    def adjustable(self) -> tuple[str, ...]:
        """The values of this clause that an edition may change; who acts and its words for every kind."""
        return (*ADJUSTABLE[self.kind], *(name for name in LISTS if name in self.facts), "roles", "rule")

    @property
    def papers(self) -> tuple[str, ...]:
        """The names of the papers that a record clause names."""
        return tuple(part.strip() for part in str(self.get("form") or "").split("；") if part.strip())

    def __getitem__(self, key: str) -> Any:
        return self.facts[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.facts.get(key, default)


@dataclass(frozen=True)
class Field:
    """One field of a form, in the order it is printed."""

    name: str
    key: str
    type: str
    is_required: bool
    is_written: bool = False  # stands in a document, not proposed by us

    @property
    def enum(self) -> str:
        return self.type.removeprefix("enum:") if self.type.startswith("enum:") else ""


@dataclass(frozen=True)
class Form:
    """A form, register, notice, report or file with the exact name and blocks of the trade."""

    id: str
    name: str
    name_en: str
    kind: str
    purpose: str
    fields: tuple[Field, ...]
    signatures: tuple[str, ...]
    retention: str
    clauses: tuple[str, ...]
    source: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    layout: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)


@dataclass(frozen=True)
class Role:
    id: str
    zh: str
    en: str
    duties: tuple[str, ...]
    reports_to: str
    is_external: bool


@dataclass(frozen=True)
class Area:
    id: str
    zh: str


HOUSE = Area("HOUSE", "自定规则")


@dataclass(frozen=True)
class Home:
    """The line of work that must execute a clause."""

    id: str
    zh: str
    areas: tuple[str, ...]
    place: str = ""  # the folder under guanjia/ that executes it, or will

    @property
    def stands(self) -> bool:
        """Whether it is built."""
        return (HERE.parent / self.place / "apps.py").exists()


_COMMON = {"id", "kind", "title", "title_en", "rule", "role", "system", "source", "note", "note_zh", "basis", "forms"}


def _load(name: str) -> Any:
    return written.read(HERE / f"{name}.yaml")


@cache
def _clauses() -> Mapping[str, Clause]:
    found = {}
    for row in (*_load("clauses"), *_load("house")):
        if row["id"] in found or row["kind"] not in KINDS:
            raise ValueError(f"the Book: {row['id']} stands twice or is of no known kind")
        found[row["id"]] = Clause(
            id=row["id"],
            kind=row["kind"],
            title=row["title"],
            title_en=row["title_en"],
            rule=row["rule"],
            roles=tuple(row["role"]),
            system=row["system"],
            source=tuple(row["source"]),
            note=row.get("note", ""),
            note_zh=row.get("note_zh", ""),
            basis=row.get("basis", ""),
            forms=tuple(row.get("forms", ())),
            facts=MappingProxyType({key: value for key, value in row.items() if key not in _COMMON}),
        )
    return MappingProxyType(found)


@cache
def _forms() -> Mapping[str, Form]:
    return MappingProxyType({row["id"]: _form(row) for row in _load("forms")})


def _form(row: dict[str, Any]) -> Form:
    fields = tuple(
        Field(f["name"], f["key"], f["type"], f["required"], f.get("is_written", row["proposed"] is False))
        for f in row["fields"]
    )
    return Form(
        id=row["id"],
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        purpose=row["purpose"],
        fields=fields,
        signatures=tuple(row["signatures"]),
        retention=row["retention"]["period"],
        clauses=tuple(row["clauses"]),
        source=tuple(row["source"]),
        aliases=tuple(row.get("aliases", ())),
        layout=tuple(row.get("layout", ())),
    )


@cache
def vocabulary() -> Mapping[str, Any]:
    """The vocabulary file as it stands, for what has no entry of its own below."""
    return MappingProxyType(_load("vocabulary"))


@cache
def roles() -> Mapping[str, Role]:
    return MappingProxyType(
        {
            row["id"]: Role(
                row["id"],
                row["zh"],
                row["en"],
                tuple(row["duties"]),
                row["reports_to"] or "",
                row["external"],
            )
            for row in vocabulary()["roles"]
        }
    )


@cache
def areas() -> tuple[Area, ...]:
    """The chapters of the documents, then our own rules."""
    return (*(Area(row["id"], row["zh"]) for row in vocabulary()["areas"]), HOUSE)


@cache
def homes() -> Mapping[str, Home]:
    return MappingProxyType(
        {row["id"]: Home(row["id"], row["zh"], tuple(row["areas"]), row["home"]) for row in vocabulary()["subsystems"]}
    )


def clauses() -> tuple[Clause, ...]:
    return tuple(_clauses().values())


def is_clause(clause_id: str) -> bool:
    return clause_id in _clauses()


def clause(clause_id: str) -> Clause:
    return _entry(_clauses(), clause_id, "clause")


def area(key: str) -> tuple[Clause, ...]:
    """The clauses of one chapter, in order."""
    if all(known.id != key for known in areas()):
        raise UnknownEntry(f"the Book has no chapter {key}")
    return tuple(entry for entry in clauses() if entry.area == key)


def forms() -> tuple[Form, ...]:
    return tuple(_forms().values())


def form(form_id: str) -> Form:
    return _entry(_forms(), form_id, "form")


def role(role_id: str) -> Role:
    return _entry(roles(), role_id, "role")


def home(system: str) -> Home:
    return _entry(homes(), system, "line of work")


@cache
def enum(name: str) -> tuple[tuple[str, str, str], ...]:
    """The values of an enumeration as (id, zh, en); English falls back to the id in words."""
    values = _entry(vocabulary()["enums"], name, "enumeration")["values"]
    return tuple((row["id"], row["zh"], row.get("en") or str(row["id"]).replace("_", " ")) for row in values)


def sequence(name: str) -> tuple[str, ...]:
    return tuple(_entry(vocabulary()["sequences"], name, "sequence"))


def calendar_name(calendar_id: str) -> str:
    return {row["id"]: str(row["zh"]) for row in vocabulary()["calendars"]}[calendar_id]


def _entry(table: Mapping[str, Any], key: str, what: str) -> Any:
    try:
        return table[key]
    except KeyError:
        raise UnknownEntry(f"the Book has no {what} {key}") from None
