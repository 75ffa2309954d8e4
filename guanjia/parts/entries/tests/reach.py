"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.parts.entries.models import Entry
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "entries:page": "entry",
}
# Their words name no thing of a project.
NO_THING = {"entries:new"}


def _entry(community: Community) -> Any:
    return filled(Entry, community, form_id="F-PAT", content="{}")


MAKERS: dict[str, Callable[[Community], Any]] = {
    "entry": _entry,
}
