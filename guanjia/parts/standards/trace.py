"""`guanjia book trace`: every clause with what executes it, the tests that prove it and where its evidence is
seen.

Reads the registries and the source of the tests; no database. A clause bound to nothing is open and named,
never hidden.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from guanjia import book

ROOT = Path(__file__).resolve().parents[3]
FLOOR = Path(__file__).with_name("bound.txt")
# What counts as executing a clause of each kind. An operation that merely cites a rate or a limit touches it: the
# clause stays open until the rate is computed, the clock runs, the record is kept.
WAYS = {
    "clock": {"clock"},
    "gauge": {"gauge"},
    "count": {"count"},
    "gate": {"operation"},
    "record": {"record"},
    "capacity": {"capacity", "operation"},
    "procedure": {"procedure", "operation"},
    "conduct": {"conduct"},
    "capability": {"capability", "operation"},
}


@dataclass
class Line:
    """One clause in the trace."""

    id: str
    kind: str
    area: str
    title: str
    title_en: str
    system: str
    home: str
    place: str
    stands: bool
    bound_by: list[str] = field(default_factory=list)
    touched_by: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return not self.bound_by


def trace(area: str = "") -> list[Line]:
    """The lines of the whole Book, or of one chapter."""
    load()
    lines = bound(area)
    for line in lines:
        line.tests = list(dict.fromkeys(proofs().get(line.id, ())))
    return lines


def bound(area: str = "") -> list[Line]:
    """The lines without the tests: what a page needs, from the registries alone."""
    lines = {
        c.id: Line(
            c.id, c.kind, c.area, c.title, c.title_en, c.system, (own := book.home(c.system)).zh, own.place, own.stands
        )
        for c in (book.area(area) if area else book.clauses())
    }
    for clause_id, by, evidence in (*_operations(), *_bindings()):
        if clause_id in lines:
            line = lines[clause_id]
            _add(line.bound_by if by.partition(" ")[0] in WAYS[line.kind] else line.touched_by, by)
            _add(lines[clause_id].evidence, evidence)
    return list(lines.values())


def executed() -> dict[str, list[str]]:
    """What executes each clause that anything executes."""
    return {line.id: line.bound_by for line in bound() if line.bound_by}


@cache
def proofs() -> dict[str, list[str]]:
    """The tests that prove each clause, read once a process; empty where the tests are not installed."""
    found: dict[str, list[str]] = {}
    for clause_id, test in marked_tests():
        found.setdefault(clause_id, []).append(test)
    return found


def load() -> None:
    """Fill the registries: every room's operations and standards."""
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("operations", "standards")


def unknown_references() -> list[str]:
    """Everything that cites a clause which the Book does not have, or points at a page or operation that is
    not there."""
    from guanjia.kernel import operations, subjects

    from . import addresses, bindings

    load()
    wrong = [f"{who} cites {c}" for c, who, _ in _operations() if not book.is_clause(c)]
    wrong += [f"{test} proves {c}" for c, tests in proofs().items() if not book.is_clause(c) for test in tests]
    pages = addresses.names()
    for binding in bindings.registry:
        if binding.operation and binding.operation not in operations.registry:
            wrong.append(f"{binding.clause}: no operation {binding.operation}")
        if binding.label and binding.label not in subjects.labels():
            wrong.append(f"{binding.clause}: no thing called {binding.label}")
        wrong += [f"{binding.clause}: no page {p}" for p in {binding.page, binding.evidence} if p and p not in pages]
    return wrong


def marked_tests(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """(clause, test) of every `pytest.mark.clause("ID", …)` in the tests, read without importing them."""
    for path in sorted(root.glob("guanjia/**/tests/**/test_*.py")) + sorted(root.glob("tests/**/test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(root).as_posix()
        for node in ast.walk(tree):
            for name, marks in _marks(node):
                yield from ((clause, f"{place}::{name}" if name else place) for clause in marks)


def _marks(node: ast.AST) -> Iterator[tuple[str, list[str]]]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        for decorator in node.decorator_list:
            yield node.name, _cited(decorator)
    elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets):
        marks = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
        for mark in marks:
            yield "", _cited(mark)


def _cited(mark: ast.expr) -> list[str]:
    """The ids in `pytest.mark.clause("A-1", "B-2")`; nothing for any other mark."""
    if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "clause":
        return [a.value for a in mark.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return []


def _operations() -> Iterator[tuple[str, str, str]]:
    from guanjia.kernel import operations

    for operation in operations.registry.values():
        for clause in operation.clauses:
            needs = [need.name for need in operation.needs if need.clause == clause]
            yield (
                clause,
                f"operation {operation.name}" + (f" needs {', '.join(needs)}" if needs else ""),
                operation.name,
            )


def _bindings() -> Iterator[tuple[str, str, str]]:
    from . import bindings

    for binding in bindings.registry:
        yield binding.clause, str(binding), binding.evidence


def _add(found: list[str], what: str) -> None:
    if what and what not in found:
        found.append(what)


def floor() -> int:
    """How many clauses were bound when it was last recorded: the number never falls."""
    return int(FLOOR.read_text()) if FLOOR.exists() else 0


def main(argv: list[str] | None = None) -> int:
    """Print the trace. `--record` raises the floor to what is bound now."""
    parser = argparse.ArgumentParser(prog="guanjia book trace", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    parser.add_argument("--area", default="", help="one chapter of the Book, e.g. RPR")
    parser.add_argument("--open", action="store_true", help="only clauses that nothing executes yet")
    parser.add_argument("--record", action="store_true", help="raise the recorded number of bound clauses")
    options = parser.parse_args(argv)
    _set_up()
    try:
        lines = trace(options.area)
    except book.UnknownEntry as error:
        print(error.args[0], file=sys.stderr)
        return 2
    if options.json:
        json.dump([asdict(line) for line in lines], sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _print(line for line in lines if line.is_open or not options.open)
        _summary(lines)
    if options.record and not options.area:
        FLOOR.write_text(f"{max(floor(), sum(not line.is_open for line in lines))}\n")
    return 1 if unknown_references() else 0


def _print(lines: Iterable[Line]) -> None:
    for line in lines:
        print(f"{line.id:9} {line.kind:10} {line.title}")
        if line.is_open:
            built = "stands" if line.stands else "not built yet"
            print(f"{'':9} open       home: {line.place} {line.home}, {built}")
        for label, items in (
            ("executed", line.bound_by),
            ("touched", line.touched_by),
            ("proved", line.tests),
            ("seen", line.evidence),
        ):
            for item in items:
                print(f"{'':9} {label:10} {item}")


def _summary(lines: list[Line]) -> None:
    bound, proved = sum(not line.is_open for line in lines), sum(bool(line.tests) for line in lines)
    left = sum(line.is_open and line.stands for line in lines)
    print(
        f"\n{bound} of {len(lines)} clauses executed, {proved} proved by tests, {len(lines) - bound} open\n"
        f"{left} of the open ones have a home that stands"
    )
    for wrong in unknown_references():
        print(f"wrong: {wrong}", file=sys.stderr)


def _set_up() -> None:
    import os

    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanjia.config.settings")
    if not apps.ready:
        django.setup()
