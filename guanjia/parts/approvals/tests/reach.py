"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.parts.approvals.models import Approval
from guanjia.parts.approvals.rules import book_rules
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "approvals:again": "approval",
    "approvals:page": "approval",
    "approvals:phone-page": "approval",
    "approvals:phone-refuse": "approval",
}
# Their words name no thing of a project.
NO_THING = {"approvals:rule"}
# Open in one state of the thing only, or to its one reader: this room's own tests try them.
ONE_STATE = {"approvals:again"}


def _approval(community: Community) -> Any:
    rule = next(iter(book_rules().values())).frozen()
    return filled(Approval, community, state=list(Approval.State)[1], rule=rule)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "approval": _approval,
}
