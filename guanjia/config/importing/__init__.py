"""`guanjia import cases FILE --mapping FILE`: another system's requests, row by row, through the real intake.

Each row is taken down at its own moment, so that it is marked as entered late; a reply or a closing follows at its own
moment too. Every row ends as a case, as one that was there already, or in the report of errors. Run it again after a
stop: what is on record is recognised by its number.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "mappings"


def main(argv: list[str]) -> int:
    """Bring in a table of requests; prints totals and where the errors are."""
    parser = _parser()
    given = parser.parse_args(argv)
    from guanjia.parts.imports.opening import Unreadable
    from guanjia.places.models import Project

    from . import bringing, tables

    project = Project.objects.filter(code=given.project).first() if given.project else _only()
    if project is None or project.is_office:
        sys.stderr.write("guanjia: say which project, with --project CODE" + "\n")
        return 1
    try:
        mapping = tables.mapping_of(_mapping_file(given.mapping))
        rows = tables.rows_of(given.file)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"guanjia: {error}" + "\n")
        return 1
    except Unreadable as refusal:
        sys.stderr.write(f"guanjia: {given.file.name}: {refusal.sentence}" + "\n")
        return 1
    tally = bringing.bring(project, mapping, rows, told=_told if sys.stderr.isatty() else None, limit=given.limit)
    errors = given.errors or Path(f"{given.file.stem}.errors.csv")
    if tally.errors:
        _write_errors(errors, tally.errors)
    sys.stdout.write(
        f"{given.file.name}: {tally.rows} rows, {tally.made} cases, {tally.closed} of them closed, "
        f"{tally.known} on record already, {len(tally.errors)} errors"
        + (f" (see {errors})" if tally.errors else "")
        + "\n"
    )
    return 0 if not tally.errors else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guanjia import", description="Bring in another system's data.")
    what = parser.add_subparsers(dest="what", required=True)
    cases = what.add_parser("cases", help="requests, through the real intake")
    cases.add_argument("file", type=Path, metavar="FILE", help="a table: .csv, .xlsx, .xls")
    known = ", ".join(sorted(path.stem for path in HERE.glob("*.yaml")))
    cases.add_argument("--mapping", required=True, metavar="FILE", help=f"how it is read: a file, or one of {known}")
    cases.add_argument("--project", metavar="CODE", help="the project (default: the only one)")
    cases.add_argument("--errors", type=Path, metavar="FILE", help="where rows with errors are written")
    cases.add_argument("--limit", type=int, default=0, metavar="N", help="only the first N rows")
    return parser


def _only() -> Any:
    from guanjia.places.queries import projects

    found = list(projects()[:2])
    return found[0] if len(found) == 1 else None


def _mapping_file(name: str) -> Path:
    shipped = HERE / f"{name}.yaml"
    return shipped if shipped.exists() else Path(name)


def _told(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done:,} of {total:,}")
    sys.stderr.flush()


def _write_errors(path: Path, errors: list[tuple[int, str, dict[str, str]]]) -> None:
    """The rows as they were, so that they can be corrected and brought in again. For its owner's eyes only."""
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        heads = list(errors[0][2])
        writer.writerow([*heads, "guanjia_row", "guanjia_error"])
        for number, sentence, row in errors:
            writer.writerow([*(row.get(head, "") for head in heads), number, sentence])
