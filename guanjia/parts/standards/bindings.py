"""What executes a clause, said once in code beside the thing that does it.

Operations bind themselves (`clauses=`, `needs`), clock rules too. A room adds the rest in its `standards.py`:

    bind_record("DESK-06", form="F-CALL", label="call", evidence="reception:calls")
    bind_capability("CASE-02", page="desk:intake")
    bind_gauge("RPR-11", figure=queries.on_time_share, evidence="standards:clause")

`page` and `evidence` are names of addresses; the trace test refuses a name that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from guanjia import book

registry: list[Binding] = []


@dataclass(frozen=True)
class Binding:
    """One clause, how it is executed (`record`, `capability`, `gauge` …), by what, and where its evidence
    is seen."""

    clause: str
    way: str
    by: str
    page: str = ""
    operation: str = ""
    form: str = ""
    label: str = ""
    evidence: str = ""
    work: Callable[..., Any] | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.way} {self.by}"


def bind_clock(clause: str, *, rule: str, evidence: str = "clocks:board") -> Binding:
    """A clock rule; called by `parts.clocks` when a rule is declared."""
    return _bind(Binding(clause, "clock", rule, evidence=evidence))


def bind_record(clause: str, *, form: str, label: str, evidence: str = "") -> Binding:
    """The fields of a form, kept by the things of this label."""
    book.form(form)
    return _bind(Binding(clause, "record", f"{form} {label}", form=form, label=label, evidence=evidence))


def bind_capability(clause: str, *, page: str = "", operation: str = "", words: str = "") -> Binding:
    """A page or an operation that exists."""
    if not page and not operation:
        raise ValueError(f"{clause}: a capability is a page or an operation")
    return _bind(
        Binding(clause, "capability", words or page or operation, page=page, operation=operation, evidence=page)
    )


def bind_gauge(clause: str, *, figure: Callable[..., Any], evidence: str = "") -> Binding:
    """A ratio over a period: `figure(project, since, until)` answers with `counted` and `of`, both as rows, and their
    `numbers`. The period and the target are the clause's own."""
    return _bind(Binding(clause, "gauge", _name(figure), evidence=evidence, work=figure))


def bind_count(clause: str, *, subjects: Callable[..., Any], evidence: str = "") -> Binding:
    """Occurrences per period, owed by the subjects that a query of the room names."""
    return _bind(Binding(clause, "count", _name(subjects), evidence=evidence))


def bind_capacity(clause: str, *, check: Callable[..., Any], evidence: str = "") -> Binding:
    """A limit, checked where it would be exceeded."""
    return _bind(Binding(clause, "capacity", _name(check), evidence=evidence))


def bind_procedure(clause: str, *, steps: str, page: str = "") -> Binding:
    """A run sheet of steps that is ticked off."""
    return _bind(Binding(clause, "procedure", steps, page=page, evidence=page))


def bind_conduct(clause: str, *, checklist: str, page: str = "") -> Binding:
    """An item of an inspection checklist or a question of the exam bank."""
    return _bind(Binding(clause, "conduct", checklist, page=page, evidence=page))


def _bind(binding: Binding) -> Binding:
    book.clause(binding.clause)  # a clause that does not exist is refused where it is written
    if binding not in registry:
        registry.append(binding)
    return binding


def _name(work: Callable[..., Any]) -> str:
    return f"{work.__module__.removeprefix('guanjia.')}.{work.__name__}"
