"""A screen on a wall: a browser that nobody is signed in on, with a code, paired."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guanjia.people.tests.cast import Community
from guanjia.shells.board.models import Display
from guanjia.shells.board.operations import pair_display


def code_on(screen: Client) -> str:
    """The six digits that the screen shows."""
    page = screen.post("/board/code").content.decode()
    found = re.search(r">(\d{3}) (\d{3})<", page)
    assert found, page
    return found[1] + found[2]


@pytest.fixture
def hang() -> Callable[..., tuple[Client, Display]]:
    """`hang(north)` gives a screen that is paired with the project, and the display as the office knows it."""

    def pair(community: Community, who: str = "manager", **more: Any) -> tuple[Client, Display]:
        screen = Client(**more)
        display = pair_display(community.project, by=community.by(who), code=code_on(screen), name="前台上方")
        return screen, display

    return pair
