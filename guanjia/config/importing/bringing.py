"""Rows into cases: taken down by the intake at their own moment, answered or closed at theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guanjia.domains.cases import operations as cases
from guanjia.domains.repairs import operations as repairs
from guanjia.kernel.actors import SYSTEM, Actor
from guanjia.kernel.outcomes import Outcome, Refused
from guanjia.parts.casework import categories
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.places.models import Project, Spot

from .tables import MappingOf, WrongRow, value

CONTENT, NOTE, REPLY, OUTSIDE = 500, 500, 500, 1000
MOST_NOTES = 20
Row = Mapping[str, str]


@dataclass
class Tally:
    """What became of the rows."""

    rows: int = 0
    made: int = 0
    closed: int = 0
    known: int = 0
    errors: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)


def bring(
    project: Project, mapping: MappingOf, rows: list[tuple[int, dict[str, str]]], *,
    told: Callable[[int, int], None] | None = None, limit: int = 0,
) -> Tally:  # fmt: skip
    """All rows, each for itself: a wrong one stops nobody."""
    tally, bringer = Tally(), Bringer(project, mapping)
    for number, row in rows[: limit or None]:
        tally.rows += 1
        try:
            case = bringer.take(row)
            if case is None:
                tally.known += 1
                continue
            tally.made += 1
            tally.closed += bringer.finish(case, row)
        except WrongRow as error:
            tally.errors.append((number, str(error), dict(row)))
        except Outcome as outcome:
            sentence = outcome.sentence if isinstance(outcome, Refused) else type(outcome).__name__
            tally.errors.append((number, sentence, dict(row)))
        if told and tally.rows % 50 == 0:
            told(tally.rows, len(rows))
    return tally


class Bringer:
    """Knows the project and the mapping."""

    def __init__(self, project: Project, mapping: MappingOf) -> None:
        self.project, self.mapping = project, mapping
        self.spot = Spot.objects.filter(project=project).order_by("id").first()

    def by(self, at: datetime) -> Actor:
        return Actor(SYSTEM, at=at, is_late_entry=True, channel="import")

    def take(self, row: Row) -> Case | None:
        """The case of a row; None when its number is on record already. Raises WrongRow, Outcome."""
        mapping = self.mapping
        for column, words in mapping.only.items():
            if value(row, column) not in words:
                raise WrongRow(f"{column}: “{value(row, column)[:40]}” is not brought in by this mapping")
        at, number = mapping.moment(mapping.at, row), mapping.said(mapping.number, row)[:40]
        if at is None or not number:
            raise WrongRow(f"{mapping.at if at is None else mapping.number}: is missing")
        channel = str(mapping.word(mapping.channel, row, Case.Channel.HOTLINE))
        if casework.of_outside(self.project, channel, number).exists():
            return None
        content = mapping.said(mapping.content, row)
        if not content:
            raise WrongRow("the content is empty")
        pieces = cut(content, CONTENT, NOTE)
        given = {
            "content": pieces[0], "channel": channel, "outside_number": number, "outside_due_at": self._due(row),
            "location": mapping.said(mapping.location, row)[:60], "caller_name": mapping.said(mapping.caller, row)[:30],
            "apart": True,
        }  # fmt: skip
        case = self._record(at, row, given)
        for piece in pieces[1 : MOST_NOTES + 1]:
            cases.note(case, by=self.by(at), words=piece)
        return case

    def _record(self, at: datetime, row: Row, given: dict[str, Any]) -> Case:
        """A repair where the mapping says so and the work is still to be done; an enquiry otherwise."""
        problem = self.mapping.word(self.mapping.repairs, row) if self.mapping.repairs else None
        found = categories.problem(*problem) if problem else None
        if found is None or self.spot is None or self._closing(row) is not None or "common" not in found.places:
            made: Case = cases.record_enquiry(self.project, by=self.by(at), place="none", **given)
            return made
        repair: Case = repairs.record(
            self.project, by=self.by(at), place="common", spot=self.spot, category=found.category, problem=found.id,
            urgency=found.urgency, **given,
        )  # fmt: skip
        return repair

    def _closed_at(self, row: Row) -> datetime | None:
        column = str(self.mapping.closed.get("at", ""))
        return self.mapping.moment(column, row) if column else None

    def _is_marked(self, row: Row) -> bool:
        marks: Mapping[str, list[Any]] = self.mapping.closed.get("marks", {})
        return any(value(row, column) in map(str, words) for column, words in marks.items())

    def _closing(self, row: Row) -> datetime | None:
        """When the other system closed it; where it only says that it is closed, the last moment that it knows, which
        is the report's. Never now: what was over long ago is nobody's work of today.
        """
        return self._closed_at(row) or (self.mapping.moment(self.mapping.at, row) if self._is_marked(row) else None)

    def _due(self, row: Row) -> datetime | None:
        """The deadline outside, where it can be told whether it was kept."""
        if not self.mapping.due or (self._is_marked(row) and self._closed_at(row) is None):
            return None
        return self.mapping.moment(self.mapping.due, row)

    def finish(self, case: Case, row: Row) -> bool:
        """What was replied, and the closing. A closing before the opening happens with the opening."""
        at = self._closing(row)
        if at is None:
            return False
        at = max(at, case.reported_at)
        text = self.mapping.said(str(self.mapping.closed.get("text", "")), row) or "—"
        pieces = cut(text, OUTSIDE, NOTE)
        cases.reply_outside(case, by=self.by(at), outside_reply=pieces[0])
        for piece in pieces[1 : MOST_NOTES + 1]:
            cases.note(case, by=self.by(at), words=piece)
        cases.answer(case, by=self.by(at), reply=cut(text, REPLY, REPLY)[0])
        return True


def cut(text: str, first: int, others: int) -> list[str]:
    """A long text in pieces that fit; what goes on ends in …"""
    pieces, size = [], first
    while len(text) > size:
        pieces.append(text[: size - 1] + "…")
        text, size = text[size - 1 :], others
    return [*pieces, text]
