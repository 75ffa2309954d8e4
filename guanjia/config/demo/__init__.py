"""The demo community: two mirrored projects with different people, and weeks of history made by real operations.

`guanjia demo` makes it once in an empty database; `--describe` prints what was planted. Seeded: the same seed and day
make the same community. Everybody in it is invented.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
from datetime import datetime, timedelta

SEED = 20261122
DAYS = 14  # what the first page waits for
PROJECTS = (("north", "BY", "青禾北苑", "1390000", "1380000"), ("south", "NY", "青禾南苑", "1370000", "1360000"))


def main(argv: list[str]) -> int:
    """`guanjia demo [--days 14] [--describe]`."""
    parser = argparse.ArgumentParser(prog="guanjia demo", description="Make the demo community.")
    parser.add_argument(
        "--days", type=int, default=DAYS, metavar="N", help=f"days of history made at once (default {DAYS})"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another seed makes another community")
    parser.add_argument("--describe", action="store_true", help="print accounts and planted values as JSON")
    given = parser.parse_args(argv)
    from guanjia.places.models import Project

    from . import community, describe

    if not 0 <= given.days <= community.MONTHS.days:
        parser.error(f"--days is a number from 0 to {community.MONTHS.days}")
    projects = Project.objects.filter(is_demo=True).exclude(kind=Project.Kind.OFFICE)
    stands = bool(projects) and all(community.is_settled(project) for project in projects)
    if not stands and Project.objects.filter(is_demo=False).exists():
        print("guanjia: this database holds a company; the demo wants an empty one.", file=sys.stderr)
        return 1
    if not stands:
        make(given.seed, given.days, say=lambda words: print(words, file=sys.stderr, flush=True))
    if given.describe:
        json.dump(describe.described(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print(describe.told(), end="")
    return 0


def make(seed: int = SEED, days: int = DAYS, *, say: object = None, at: datetime | None = None) -> None:
    """Places, people, duty and some days of history; the months before are left to the worker."""
    from django.utils import timezone

    from . import community

    moment = at or timezone.now()
    tell = say if callable(say) else lambda words: None
    tell(f"Making the demo community, with {days} days of history …")
    projects = community.found(seed, moment)
    since = moment - timedelta(days=days)
    _side_by_side([project.code for project in projects], seed, since, moment)
    if days:
        community.leave_the_rest(projects, seed, since, moment)


def _side_by_side(codes: list[str], seed: int, since: datetime, at: datetime) -> None:
    """A process for each project, they share no row: forked, so that the program is loaded once."""
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    running = [fork.Process(target=_fill, args=(code, seed, since, at)) for code in codes]
    for process in running:
        process.start()
    for process in running:
        process.join()
    if any(process.exitcode for process in running):
        raise SystemExit("guanjia: the demo could not be made whole")


def _fill(code: str, seed: int, since: datetime, at: datetime) -> None:
    from guanjia.places.models import Project

    from . import community

    project = Project.objects.get(code=code)
    if community.is_settled(project):
        return
    community.settle(project, seed, at)
    if since < at:
        community.tell(project, seed, since, at, at)


def seeded(seed: int, *parts: str) -> random.Random:
    """A generator of its own for each part, so that a change in one does not shift the others."""
    return random.Random(":".join([str(seed), *parts]))  # noqa: S311  (invented people, not secrets)
