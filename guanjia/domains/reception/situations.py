"""The cards of what to do when something fails, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from guanjia import book
from guanjia.kernel import written
from guanjia.kernel.languages import said

SOURCE = Path(__file__).with_name("situations.yaml")


@lru_cache(maxsize=1)
def _cards() -> list[dict[str, Any]]:
    return list(written.read(SOURCE))


def cards() -> list[dict[str, Any]]:
    """The cards in the reader's language, each with the blank forms it asks for."""
    return [
        {
            "id": card["id"],
            "icon": card["icon"],
            "title": said(card["zh"], card["en"]),
            "steps": [said(step["zh"], step["en"]) for step in card["steps"]],
            "forms": [book.form(one) for one in card["forms"]],
        }
        for card in _cards()
    ]
