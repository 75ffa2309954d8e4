"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.people.tests.cast import Community

MAKERS: dict[str, Callable[[Community], Any]] = {
    "house": lambda community: community.house,
    "project": lambda community: community.project,
}
