"""`guanjia bench`: the main job at 10,000 and 200,000 cases, in milliseconds and in statements.

Runs in a scratch database beside the real one and drops it again. One caller, no network: what is measured is the
work of one request, through the whole stack. Compare ratios on one machine, not numbers between machines.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import warnings
from collections.abc import Callable, Collection
from typing import Any

from . import counting

Work = Callable[[int], Any]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="guanjia bench", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    parser.add_argument(
        "--sizes", default="10000,200000", metavar="N,M", help="numbers of cases (default: 10000,200000)"
    )
    parser.add_argument("--times", type=int, default=60, metavar="N", help="requests of each kind (default: 60)")
    parser.add_argument("--only", default="", metavar="A,B", help="these requests alone, by name")
    options = parser.parse_args(argv)
    try:
        sizes = sorted({int(text) for text in options.sizes.split(",")})
    except ValueError:
        sizes = []
    if not sizes or not 100 <= sizes[0] <= sizes[-1] <= 5_000_000 or not 5 <= options.times <= 10_000:
        parser.error("--sizes: numbers from 100 to 5000000 with commas; --times: 5 to 10000")
    from .scratch import NoScratch

    warnings.filterwarnings("ignore", message="No directory at")  # static files are not what is measured
    try:
        found = measure(sizes, options.times, {name for name in options.only.split(",") if name})
    except NoScratch as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        json.dump(found, sys.stdout, indent=1)
        print()
    else:
        _print(found)
    return 0


def measure(sizes: list[int], times: int, only: Collection[str] = ()) -> dict[str, Any]:
    """Figures by size and request, and how much dearer the largest size is than the smallest."""
    from . import community, scratch

    figures: dict[str, dict[str, Any]] = {}
    with scratch.scratch():
        place, have = community.build(), 0
        for size in sizes:
            scratch.analyse()
            _say(f"filling up to {size:,} cases …")
            community.grow(place, have, size)
            have = size
            scratch.analyse()
            scratch.as_application()
            _say(f"measuring at {size:,} cases …")
            wanted = {name: work for name, work in requests(place).items() if not only or name in only}
            figures[str(size)] = {name: counting.timed(work, times) for name, work in wanted.items()}
    small, large = figures[str(sizes[0])], figures[str(sizes[-1])]
    growth = {name: round(large[name]["p50_ms"] / max(small[name]["p50_ms"], 0.1), 2) for name in small}
    machine = {"cpus": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}
    return {"machine": machine, "times": times, "sizes": figures, "growth": growth}


def requests(place: Any) -> dict[str, Work]:
    """Each kind of request of the main job, and the worker's sweeps, by name. Every one must succeed."""
    from .asking import Asking
    from .sweeping import Sweeping

    asking, sweeping = Asking(place), Sweeping(place)
    return {
        "create": asking.create,
        "transition": asking.transition,
        "list": asking.list_newest,
        "list_open": asking.list_open,
        "search_common": asking.search_common,
        "search_rare": asking.search_rare,
        "open": asking.open_one,
        "page_list": asking.page_list,
        "page_open": asking.page_open,
        "sweep_idle": sweeping.clocks_idle,
        "sweep_20_due": sweeping.clocks_due,
        "duties_idle": sweeping.duties_made,
        "sweep_50k": sweeping.standing_idle,
        "sweep_50k_due": sweeping.standing_due,
        "sums_idle": sweeping.sums_idle,
        "sums_two": sweeping.sums_after,
    }


def _print(found: dict[str, Any]) -> None:
    sizes = list(found["sizes"])
    print(f"{'request':14} " + " ".join(f"{int(s):>9,} p50   p95   cpu  sql" for s in sizes) + "   growth")
    for name, growth in found["growth"].items():
        cells = [found["sizes"][size][name] for size in sizes]
        shown = " ".join(
            f"{c['p50_ms']:>13.1f} {c['p95_ms']:>5.1f} {c['cpu_ms']:>5.1f} {c['statements']:>4}" for c in cells
        )
        print(f"{name:14} {shown}   × {growth}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
