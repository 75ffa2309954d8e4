"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.parts.outreach.models import Notice
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "outreach:go": "notice",
}


def _notice(community: Community) -> Any:
    return filled(Notice, community, employee=community.staff["technician"], subject_label="gift", subject_id=1)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "notice": _notice,
}
