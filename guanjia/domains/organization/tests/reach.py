"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "organization:call": "site_call",
}
# Their words name no thing of a project.
NO_THING = {"organization:post"}


MAKERS: dict[str, Callable[[Community], Any]] = {
    "site_call": lambda community: filled(subjects.model_of("site_call"), community, house=community.house),
}
