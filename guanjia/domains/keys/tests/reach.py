"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.keys.models import Issue
from guanjia.domains.keys.operations import take_over
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "keys:authorisation": "key_authorisation",
    "keys:copy": "key",
    "keys:issue": "key_issue",
    "keys:issue_to": "house",
    "keys:page": "key",
}
# Their words name no thing of a project.
NO_THING = {"keys:tag"}


def _key(community: Community) -> Any:
    said = {"category": "office_key", "name": "会议室", "handed_by": "开发商"}
    return take_over(community.project, by=community.by("receptionist"), **said)


def _issued(community: Community) -> Any:
    return filled(Issue, community, house=community.house, resident=community.owner, mailbox=1)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "key": _key,
    "key_issue": _issued,
}
