"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guanjia.domains.left_items.models import LeftItem
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "left_items:page": "left_item",
}


def _left_item(community: Community) -> Any:
    return filled(LeftItem, community, due_at=timezone.now() + timedelta(days=1))


MAKERS: dict[str, Callable[[Community], Any]] = {
    "left_item": _left_item,
}
