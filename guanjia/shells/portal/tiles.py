"""What can be wrong, as residents say it: eight tiles, behind each the problems of the category tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.casework import categories, guess


@dataclass(frozen=True)
class Tile:
    id: str
    icon: str
    label: Any
    leaves: tuple[tuple[str, str], ...]


TILES = (
    Tile("water", "droplet", _("Water, drains"), (
        ("plumbing", "leak"), ("plumbing", "blocked"), ("plumbing", "tap"), ("plumbing", "burst"),
        ("plumbing", "no_water"),
    )),
    Tile("power", "bolt", _("Power, lights"), (
        ("electrical", "light"), ("electrical", "socket"), ("electrical", "no_power"), ("electrical", "sparks"),
    )),
    Tile("door", "door", _("Doors, windows, locks"), (("civil", "door_window"), ("intercom", "locked_out"))),
    Tile("gate", "shield-lock", _("Entrance, intercom"), (
        ("intercom", "intercom"), ("intercom", "door_lock"), ("intercom", "camera"),
    )),
    Tile("air", "wash", _("Air con"), (("hvac", "cooling"), ("hvac", "drip"))),
    Tile("wall", "building-community", _("Walls, ceiling, damp"), (
        ("civil", "roof_leak"), ("civil", "wall"), ("civil", "falling"),
    )),
    Tile("lift", "elevator", _("Lift"), (("elevator", "stopped"), ("elevator", "noise"), ("elevator", "trapped"))),
    Tile("other", "dots", _("Something else"), (("other", "other"), ("other", "gas"), ("other", "fire"))),
)  # fmt: skip


def tiles(chosen: str) -> list[dict[str, Any]]:
    """The tiles with their problems; `chosen` is "category:problem" as the form carries it."""
    shown = []
    for tile in TILES:
        leaves = [leaf for key in tile.leaves if (leaf := categories.problem(*key)) is not None]
        options = [
            {
                "value": f"{leaf.category}:{leaf.id}", "label": leaf.label, "places": " ".join(leaf.places),
                "danger": leaf.danger, "checked": f"{leaf.category}:{leaf.id}" == chosen,
            }
            for leaf in leaves
        ]  # fmt: skip
        places = sorted({place for leaf in leaves for place in leaf.places})
        shown.append(
            {
                "id": tile.id, "icon": tile.icon, "label": tile.label, "leaves": options, "places": " ".join(places),
                "checked": any(o["checked"] for o in options),
            }
        )  # fmt: skip
    return shown


def alarm_words() -> list[dict[str, Any]]:
    """The words that mean danger to life, by danger: the page listens for them while it is written."""
    found: dict[str, list[str]] = {}
    for key, said in guess.SAID.items():
        leaf = categories.problem(*key)
        if leaf is not None and leaf.danger:
            found.setdefault(leaf.danger, []).extend(said)
    return [{"danger": danger, "words": "|".join(words)} for danger, words in found.items()]
