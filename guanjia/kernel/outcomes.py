"""How an operation can end other than well. Each carries a sentence for the person who asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


class Outcome(Exception):
    """Base of everything that an operation may answer instead of doing it."""

    status = 400


class Refused(Outcome):
    """A rule says no: nothing has changed. `errors` maps a field (or "") to sentences."""

    status = 422

    def __init__(self, field: str, message: Any, clause: str = "") -> None:
        self.errors: dict[str, list[Any]] = {field: [message]}
        self.clause = clause
        super().__init__(field)

    @classmethod
    def many(cls, errors: Mapping[str, list[Any]]) -> Refused:
        """One refusal with several sentences, as a form reports them."""
        refusal = cls("", "")
        refusal.errors = dict(errors)
        return refusal

    @property
    def sentence(self) -> str:
        """All reasons in one line, for places that have no fields."""
        return " ".join(str(line) for lines in self.errors.values() for line in lines)

    def __str__(self) -> str:
        return "; ".join(f"{field}: {line}" for field, lines in self.errors.items() for line in lines)


class RefusedRows(Refused):
    """Rows of a batch say no; nothing of the batch was written. `rows`: number of the row → field → sentences.

    Code counts rows from 0 (`indexed`), people from `first` (2 under a heading).
    """

    SHOWN = 20

    def __init__(
        self, indexed: Mapping[int, Mapping[str, list[Any]]], *, first: int = 1, labels: Mapping[str, Any] | None = None
    ) -> None:
        self.indexed = {n: {field: list(lines) for field, lines in indexed[n].items()} for n in sorted(indexed)}
        self.rows = {first + n: told for n, told in self.indexed.items()}
        super().__init__("rows", "")
        self.errors = {"rows": list(self._lines(labels or {}))}

    def counted(self, first: int, labels: Mapping[str, Any]) -> RefusedRows:
        """The same as people count rows and call fields."""
        return RefusedRows(self.indexed, first=first, labels=labels)

    def _lines(self, labels: Mapping[str, Any]) -> Iterator[Any]:
        for number in list(self.rows)[: self.SHOWN]:
            for name, lines in self.rows[number].items():
                told = {"row": number, "field": labels.get(name) or name, "what": " ".join(map(str, lines))}
                yield (_("Row %(row)d, %(field)s: %(what)s") if name else _("Row %(row)d: %(what)s")) % told
        if len(self.rows) > self.SHOWN:
            yield _("%(n)d more rows are refused.") % {"n": len(self.rows) - self.SHOWN}


class Conflict(Refused):
    """The thing has moved on since the page was opened; nothing has changed."""

    status = 409


class Forbidden(Outcome):
    """The thing may be seen but this post may not do this to it."""

    status = 403

    def __init__(self, right: str) -> None:
        self.right = right
        super().__init__(right)

    @property
    def sentence(self) -> str:
        return str(_("Your post does not include this act. Ask your supervisor if you need it."))


class Stored(Outcome):
    """Not done yet: a guard keeps the call as `thing` (an approval); it is performed when others have agreed."""

    status = 202

    def __init__(self, thing: Any, sentence: Any = "") -> None:
        self.thing = thing
        self._sentence = sentence
        super().__init__(str(thing))

    @property
    def sentence(self) -> str:
        return str(self._sentence or _("It has been put forward and waits for approval."))


class Unknown(Outcome):
    """The thing does not exist, or is not yours: both answer the same."""

    status = 404
