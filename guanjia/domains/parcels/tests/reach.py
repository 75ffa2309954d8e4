"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.parcels.tests.taking import taken
from guanjia.people.tests.cast import Community
from guanjia.people.tests.reach import a_consent

# Address → the kind its number names.
ROWS = {
    "parcels:page": "parcel",
}


def _parcel(community: Community) -> Any:
    a_consent(community)
    return taken(community)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "parcel": _parcel,
}
