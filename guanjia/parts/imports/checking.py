"""A file from its bytes to what is shown before anybody decides: maps, plan, findings, the list of wrong rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project
from guanjia.web import words

from . import keeping, queries
from .kinds import Finding, Kind, Line, Tick, registry
from .mapping import SheetMap, map_sheets, refuse_lacking
from .models import Import
from .opening import Sheet, Unreadable, open_file
from .reading import heading_of, lines_of, wrong_rows
from .values import text_of

SHOWN_ROWS, SHOWN_FINDINGS = 6, 200


@dataclass
class Result:
    """What a look at a file found."""

    kind: Kind
    sheets: list[Sheet]
    maps: list[SheetMap]
    lines: list[Line]
    plan: Any
    findings: list[Finding] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, Any]:
        """Totals for people; numbers only."""
        wrong = wrong_rows(self.findings)
        return {
            "rows": len(self.lines),
            "wrong": len(wrong),
            "notes": sum(1 for f in self.findings if not f.is_wrong),
            "totals": [list(total) for total in self.plan.counts],
            "new": sum(new for _label, new, _old in self.plan.counts),
        }


def look(one: Import, project: Project, by: Actor, tick: Tick) -> Result:
    """Open, map, read and judge. Raises Unreadable."""
    kind = registry[one.kind]
    tick(_("Opening the file"), 0, 1)
    try:
        content = keeping.content_of(one.stored)
    except (OSError, ValueError):
        raise Unreadable(_("The file is no longer kept. Send it again.")) from None
    sheets = open_file(content, one.name)
    maps = _maps(one, kind, sheets)
    findings: list[Finding] = []
    tick(_("Reading the rows"), 0, sum(len(s.rows) for s in sheets))
    lines = lines_of(kind, sheets, maps, findings.append, tick)
    if not lines:
        raise Unreadable(_("There are headings, but no row under them."))
    tick(_("Comparing with what is on record"), 0, len(lines))
    has = [frozenset(m.columns.values()) for m in maps]
    plan = kind.judge(project, lines, has, findings.append, by)
    return Result(kind, sheets, maps, lines, plan, sorted(findings, key=lambda f: (f.sheet, f.row)))


def _maps(one: Import, kind: Kind, sheets: list[Sheet]) -> list[SheetMap]:
    """As it was decided for this file; guessed where nobody decided yet."""
    decided = {data["name"]: SheetMap.of(data) for data in one.mapping}
    if decided and all(sheet.name in decided for sheet in sheets):
        maps = [decided[sheet.name] for sheet in sheets]
        refuse_lacking(kind, maps)
        return maps
    return map_sheets(kind, sheets, queries.kept_headings(kind.id))


def preview(result: Result) -> str:
    """What the page shows: first rows (numbers masked) and the first findings, as JSON that is kept sealed."""
    shown = []
    for index, how in enumerate(result.maps):
        if not how.row:
            shown.append({"name": how.name, "skipped": True})
            continue
        columns = [(at, c) for at, key in sorted(how.columns.items()) if (c := result.kind.column(key))]
        rows = result.sheets[index].rows[how.row : how.row + 40]
        filled = [(n, r) for n, r in enumerate(rows, start=how.row + 1) if any(text_of(c) for c in r)][:SHOWN_ROWS]
        shown.append(
            {
                "name": how.name,
                "heads": [str(c.label) for _at, c in columns],
                "rows": [[n, *(_shown(c, r[at] if at < len(r) else "") for at, c in columns)] for n, r in filled],
                "count": sum(1 for line in result.lines if line.sheet == index),
            }
        )
    worst = sorted(result.findings, key=lambda f: not f.is_wrong)[:SHOWN_FINDINGS]
    findings = [_told(result, f) for f in sorted(worst, key=lambda f: (not f.is_wrong, f.sheet, f.row))]
    often = Counter((f.column, f.sentence) for f in result.findings)
    frequent = [
        {"column": _label(result.kind, column), "sentence": sentence, "count": n}
        for (column, sentence), n in often.most_common(8)
        if n > 3
    ]
    return json.dumps({"sheets": shown, "findings": findings, "frequent": frequent}, ensure_ascii=False)


def _shown(column: Any, cell: Any) -> str:
    text = text_of(cell)[:40]
    return words.masked(text) if column.is_personal and text else text


def _label(kind: Kind, key: str) -> str:
    column = kind.column(key)
    return str(column.label) if column else ""


def _told(result: Result, finding: Finding) -> dict[str, Any]:
    return {
        "sheet": result.maps[finding.sheet].name if len(result.maps) > 1 else "",
        "row": finding.row,
        "column": heading_of(result.maps, finding.sheet, finding.column) or _label(result.kind, finding.column),
        "sentence": finding.sentence,
        "is_wrong": finding.is_wrong,
    }


__all__ = ["Callable", "Result", "look", "preview"]
