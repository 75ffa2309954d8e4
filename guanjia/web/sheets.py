"""A paper of a thing, declared once: printing it is an operation that changes nothing and answers with the sheet.

    @paper(Gift, label=…, clauses=["GFT-03"])
    def print_record(gift: Gift, press: Press) -> bytes:
        '''What stands on record; what has not happened yet stays open for the pen.'''
        return press.form("F-GFT", gift, values(gift), signed=_signed(gift))

It stands in the room's `papers.py`, has a right like any operation, one address (`address_of`), and is `offered` on the
page of its thing. One with a form (the days of a register) asks first; `proposed` fills that form in, `back` is the
page it is asked for from. A sheet is Simplified Chinese whoever prints it: so are the words for states and posts on it.
What draws it (`press`) is the part of papers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from guanjia.kernel import operations, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import NoInput, OperationForm
from guanjia.kernel.operations import Operation
from guanjia.places.models import Project

Make = Callable[..., Any]


@dataclass(frozen=True)
class Paper:
    """What is printed: the verb that puts it on record, and what makes the sheet."""

    operation: Operation
    make: Make
    back: str
    proposed: Callable[[Project, Actor], Mapping[str, Any]] | None

    @property
    def asks(self) -> bool:
        return self.operation.form is not NoInput or bool(self.back)


declared: dict[str, Paper] = {}


def paper(
    model: Any, *, label: Any, clauses: Iterable[str] = (), form: type[OperationForm] = NoInput,
    when: Callable[[Any], bool] | None = None, whose: Callable[[Any, Actor], bool] | None = None, icon: str = "printer",
    back: str = "",
    proposed: Callable[[Project, Actor], Mapping[str, Any]] | None = None,
) -> Callable[[Make], Operation]:  # fmt: skip
    """Make a function `(thing, press, …what the form asks) -> bytes` a paper of a kind of thing. Returns its verb."""

    def bind(make: Make) -> Operation:
        @functools.wraps(make)
        def put_on_record(thing: Any, *, by: Actor, **asked: Any) -> None: ...

        declare = operations.operation(
            model, label=label, form=form, clauses=clauses, when=when, whose=whose, icon=icon
        )  # fmt: skip
        verb = declare(put_on_record)
        declared[verb.name] = Paper(verb, make, back, proposed)
        return verb

    return bind


def is_paper(verb: Operation) -> bool:
    """Puts a printing on record: offered as a sheet, never as a step."""
    return verb.name in declared


def made(verb: Operation, thing: Any, press: Any, **asked: Any) -> Any:
    """The sheet alone, as PDF; that it was printed is not put on record here."""
    with override("zh-hans"):
        return declared[verb.name].make(thing, press, **asked)


def address_of(verb: Operation, thing: Any) -> str:
    """Where a paper of a thing is printed: a post, or for one that asks first the page that asks."""
    code = thing.code if isinstance(thing, Project) else thing.project.code
    return reverse("papers:sheet", args=[code, subjects.label_of(thing), thing.pk, *verb.name.split(".")])


def offered(thing: Any, by: Actor) -> list[dict[str, Any]]:
    """The papers of a thing that this person may print now, each a button that posts."""
    return [
        {"label": one.operation.label, "url": address_of(one.operation, thing)}
        for one in operations.offers(thing, by)
        if is_paper(one.operation)
    ]


def links(project: Project, by: Actor, *verbs: Operation) -> list[dict[str, Any]]:
    """To the pages of registers that ask first, for those who may print them."""
    return [
        {"label": verb.label, "url": address_of(verb, project), "icon": verb.icon}
        for verb in verbs
        if by.may(verb.name, project.pk)
    ]


def of_page(project: Project, by: Actor, page: str) -> list[dict[str, Any]]:
    """The papers that are asked for from a page: a list shows them without being told."""
    return links(project, by, *(one.operation for one in declared.values() if page and one.back == page))


def name_of(verb: Operation, thing: Any) -> str:
    """What the file is called: the paper and the thing's id (a project's code), never a person's name or number."""
    which = thing.code if isinstance(thing, Project) else thing.pk
    return f"{verb.name.replace('.print_', '-').replace('_', '-')}-{which}"
