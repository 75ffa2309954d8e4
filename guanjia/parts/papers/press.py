"""What draws a sheet of a record: who prints it, its heading, number and seal, and the code that leads back to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from . import printing
from .records import heading, seal_of


@dataclass(frozen=True)
class Press:
    """Who prints, when, and where the site stands (`https://…`, without a slash at its end): codes lead there."""

    by: Actor
    site: str = ""

    def form(
        self, form_id: str, thing: Any, values: Mapping[str, Any], *, signed: Mapping[str, Any] | None = None,
        number: str | None = None, over: str = "",
    ) -> bytes:  # fmt: skip
        """A form filled in from one thing, with its number, its seal and a code that leads to it; `over` stands on top
        where it is not the service centre."""
        address = subjects.address_of(thing)
        return printing.render(
            form_id, values, printed_by=self.by.name, at=self.by.at, heading=over or heading(thing.project),
            number=_number(thing) if number is None else number, seal=seal_of(thing),
            address=f"{self.site}{address}" if address else "", signed=signed, zone=thing.project.zone,
        )  # fmt: skip

    def table(
        self, form_id: str, of: Any, rows: Iterable[Mapping[str, Any]], *, period: str = "", empty_rows: int = 0,
        signed: Mapping[str, Any] | None = None,
    ) -> bytes:  # fmt: skip
        """A register: the rows of a project in a `period`, or those of one thing with its number and seal."""
        is_one, project = not isinstance(of, Project), of if isinstance(of, Project) else of.project
        return printing.register(
            form_id, rows, printed_by=self.by.name, at=self.by.at, heading=heading(project), period=period,
            empty_rows=empty_rows, number=_number(of) if is_one else "", seal=seal_of(of) if is_one else "",
            signed=signed, zone=project.zone,
        )  # fmt: skip

    def blank(self, form_id: str, thing: Any, values: Mapping[str, Any]) -> bytes:
        """A form that is about somebody and not yet given: no number, no seal, lines for the pen."""
        return printing.render(
            form_id, values, printed_by=self.by.name, at=self.by.at, heading=heading(thing.project),
            zone=thing.project.zone,
        )  # fmt: skip


def _number(thing: Any) -> str:
    return str(getattr(thing, "number", ""))
