"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.parts.inspections.models import Inspection
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "inspections:page": "inspection",
}
# Their words name no thing of a project.
NO_THING = {"inspections:one_list"}


def _inspection(community: Community) -> Any:
    return filled(Inspection, community, employee=community.staff["technician"], checklist="appearance")


MAKERS: dict[str, Callable[[Community], Any]] = {
    "inspection": _inspection,
}
