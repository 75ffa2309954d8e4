"""Charts that the server draws: the geometry of `<c-chart>`, from whole numbers.

Columns start at zero. A share near the whole is a line with its target and the zone that misses it, never a cut column.
Every column and point may open the rows that it counts; the same numbers stand as a table behind the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 480, 190
LEFT, RIGHT, TOP, FOOT = 34, 10, 24, 24
PLAIN = HEIGHT - TOP - FOOT
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Column:
    """One column: what it counts, and on top of that what was missed. `usual` is the pale one behind it."""

    label: str
    n: int = 0
    missed: int = 0
    usual: int = 0
    url: str = ""
    missed_url: str = ""
    name: str = ""  # in full, where the label under the axis is short or left out


@dataclass(frozen=True)
class Point:
    """One period of a share in permille; None where nothing was due. `missed`: below its target."""

    label: str
    permille: int | None = None
    missed: bool = False
    url: str = ""
    name: str = ""


def columns(
    bars: Sequence[Column], heads: Sequence[Any], *, limit: int | None = None, limit_label: str = "",
    numbers: bool = False, edges: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """`heads` name the columns of the table. `limit`: a dashed mark before the column of this index.

    `edges`: a label says where its column begins, not what it is.
    """
    top = max([1, *(bar.n + bar.missed for bar in bars), *(bar.usual for bar in bars)])
    step = _step(top, 4)
    ceiling = -(-top // step) * step
    wide = (WIDTH - LEFT - RIGHT) / max(1, len(bars))
    has_usual, has_missed = any(bar.usual for bar in bars), any(bar.missed for bar in bars)
    drawn = []
    for index, bar in enumerate(bars):
        x = LEFT + index * wide
        total = bar.n + bar.missed
        box = {"x": _round(x + wide * 0.12), "w": _round(wide * 0.76)}
        drawn.append({
            **box, "middle": _round(x + wide / 2), "label_x": _round(x if edges else x + wide / 2),
            "label": bar.label, "name": bar.name or bar.label, "n": bar.n,
            "missed": bar.missed, "usual": bar.usual, "url": bar.url, "missed_url": bar.missed_url,
            "kept_box": _box(0, bar.n, ceiling), "missed_box": _box(bar.n, bar.missed, ceiling),
            "usual_box": _box(0, bar.usual, ceiling),
            "number": total if numbers and total else "", "number_y": _round(_y(total, ceiling) - 4),
        })  # fmt: skip
    mark: dict[str, Any] | None = None
    if limit is not None:  # the words stand left of a mark that is far right
        x = _round(LEFT + limit * wide)
        mark = {"x": x, "label": limit_label, "start": x > WIDTH * 0.7}
    return {
        **_frame([(value, str(value), _y(value, ceiling)) for value in range(0, ceiling + 1, step)], heads),
        "kind": "columns", "bars": drawn, "mark": mark, "has_usual": has_usual, "has_missed": has_missed,
    }  # fmt: skip


def line(
    points: Sequence[Point], heads: Sequence[Any], *, target: int | None, target_label: str = ""
) -> dict[str, Any]:
    """Shares over time, the last and the lowest one with their number."""
    known = [one.permille for one in points if one.permille is not None]
    low = min([1000, *known, *([target] if target is not None else [])])
    step = next(s for s in (10, 20, 50, 100, 200, 250) if (1000 - low) // s < 5)
    floor = max(0, low - low % step - (step if low % step == 0 and low < 1000 else 0))
    floor = min(floor, 1000 - step)

    def y(permille: int) -> float:
        return _round(TOP + PLAIN * (1000 - min(1000, permille)) / (1000 - floor))

    wide = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    shown = [n for n, one in enumerate(points) if one.permille is not None]
    last, worst = max(shown, default=-1), min(shown, key=lambda n: points[n].permille or 0, default=-1)
    spoken = {last, *([worst] if known and min(known) < known[-1] else [])}
    dots, runs = [], [[]]  # type: ignore[var-annotated]  # filled below
    for index, one in enumerate(points):
        x = _round(LEFT + (index + 0.5) * wide)
        dot: dict[str, Any] = {"x": x, "label": one.label, "name": one.name or one.label, "share": "", "y": None}
        if one.permille is None:
            runs.append([])
        else:
            share = tenths(one.permille)
            dot |= {
                "y": y(one.permille), "share": share, "missed": one.missed, "url": one.url,
                "said": share if index in spoken else "", "said_y": y(one.permille) + (16 if one.missed else -8),
            }  # fmt: skip
            runs[-1].append(f"{x},{dot['y']}")
        dots.append(dot)
    goal = None if target is None else {"y": y(target), "label": target_label, "h": _round(HEIGHT - FOOT - y(target))}
    return {
        **_frame([(v, tenths(v), y(v)) for v in range(floor, 1001, step)], heads),
        "kind": "line", "points": dots, "lines": [" ".join(run) for run in runs if len(run) > 1], "target": goal,
    }  # fmt: skip


def tenths(permille: int) -> str:
    """96.8, or 100 without a dot."""
    return f"{permille // 10}" if permille % 10 == 0 else f"{permille // 10}.{permille % 10}"


def thinned(labels: Sequence[str], most: int = 8) -> list[str]:
    """Every so many of the labels, so that they do not touch; the others are empty."""
    every = max(1, -(-len(labels) // most))
    return [label if index % every == 0 else "" for index, label in enumerate(labels)]


def _frame(grid: list[tuple[int, str, float]], heads: Sequence[Any]) -> dict[str, Any]:
    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "base": HEIGHT - FOOT, "top": TOP,
        "foot": HEIGHT - 8, "plain_w": WIDTH - LEFT - RIGHT, "heads": heads,
        "grid": [{"label": label, "y": y, "text_y": y + 4} for _value, label, y in grid],
    }  # fmt: skip


def _step(top: int, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that needs no more lines than wanted."""
    factor = 1
    while True:
        for step in STEPS:
            if -(-top // (step * factor)) <= most:
                return step * factor
        factor *= 10


def _y(value: int, ceiling: int) -> float:
    return _round(TOP + PLAIN * (ceiling - value) / ceiling)


def _box(base: int, value: int, ceiling: int) -> dict[str, Any] | None:
    """Where a part of a column lies; at least a hair, so that one of a thousand is still seen."""
    if not value:
        return None
    high = max(1.5, _round(PLAIN * value / ceiling))
    return {"y": _round(_y(base, ceiling) - high), "h": high}


def _round(number: float) -> float:
    return round(number, 1)
