"""The life-safety card of a matter: what to say to the caller, what to ask, whom to ring, with who is on duty now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.kernel import written as files
from guanjia.kernel.languages import said
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.places.models import Project

# Firms outside that the cards ring: each project has its own, in its directory of departments.
PARTNERS = {"elevator_vendor": gettext_lazy("Lift firm"), "gas_company": gettext_lazy("Gas company")}


@dataclass(frozen=True)
class Call:
    """One call, in its order. Names of colleagues on duty, never their private numbers; `number` is a public one or
    the department's."""

    words: str
    number: str = ""
    post: str = ""
    names: tuple[str, ...] = ()
    is_on_duty: bool = True
    department: str = ""

    @property
    def lacks_number(self) -> bool:
        """A firm is to be rung whose number nobody has entered: said on the card, found before it is needed."""
        return bool(self.department) and not self.number

    @property
    def who(self) -> str:
        """What to do and with whom: 监控室：…（沈同事）."""
        if self.lacks_number:
            return _("%(words)s (no number on file; the manager enters it as department “%(key)s”)") % {
                "words": self.words,
                "key": self.department,
            }
        if not self.post:
            return self.words
        if not self.names:
            return _("%(words)s (nobody holds this post)") % {"words": self.words}
        names = said("、", ", ").join(self.names)
        if self.is_on_duty:
            return _("%(words)s (%(names)s)") % {"words": self.words, "names": names}
        return _("%(words)s (off duty: %(names)s)") % {"words": self.words, "names": names}


@dataclass(frozen=True)
class Card:
    """Everything of one danger in the reader's language."""

    id: str
    title: str
    say: tuple[str, ...]
    ask: tuple[str, ...]
    never: tuple[str, ...]
    calls: tuple[Call, ...]
    clauses: tuple[str, ...]

    @property
    def ring(self) -> tuple[tuple[str, str], ...]:
        """The calls as pairs of who and number."""
        return tuple((call.who, call.number) for call in self.calls)


@lru_cache(maxsize=1)
def written() -> dict[str, dict[str, Any]]:
    """The cards as they stand in danger.yaml, by id."""
    rows = files.read(Path(__file__).parent / "danger.yaml")
    return {row["id"]: row for row in rows}


def card(danger: str, project: Project, at: datetime) -> Card | None:
    """The card of a danger (`Problem.danger`) at a project now; None where there is none."""
    row = written().get(danger)
    if row is None:
        return None
    phones = {one.key: one.phone for one in people.departments(project)}
    return Card(
        id=danger,
        title=_words(row),
        say=tuple(map(_words, row["say"])),
        ask=tuple(map(_words, row["ask"])),
        never=tuple(map(_words, row["never"])),
        calls=tuple(_call(line, project, at, phones) for line in row["calls"]),
        clauses=tuple(row["clauses"]),
    )


def without_number(project: Project) -> list[tuple[str, str]]:
    """Firms (key and name) that a card tells to ring and whose number nobody has entered."""
    phones = {one.key: one.phone for one in people.departments(project)}
    return [(key, str(name)) for key, name in PARTNERS.items() if not phones.get(key)]


def _words(line: dict[str, str]) -> str:
    return said(line["zh"], line["en"])


def _call(line: dict[str, str], project: Project, at: datetime, phones: dict[str, str]) -> Call:
    post = line.get("post", "")
    if not post:
        department = line.get("department", "")
        return Call(_words(line), line.get("number") or phones.get(department, ""), department=department)
    on = people.on_duty(project, post, at)
    found = on or list(people.holders(project, post, at)[:2])
    number = phones.get(posts.CONTROL_ROOM, "") if post == posts.CONTROL_ROOM else ""
    return Call(_words(line), number, post, tuple(one.name for one in found), bool(on))
