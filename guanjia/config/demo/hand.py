"""What is in hand at this very hour, day or night: nobody opens the demo on an empty Today.

A few matters of the last hours, each brought as far as its stage and left there: waiting for somebody, under way, on
site, paused, waiting for the resident's word, waiting for the revisit; after hours an emergency, and what the night
leaves for the morning.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from guanjia.domains.repairs import operations as repairs
from guanjia.parts.casework.intake import is_after_hours

from . import pictures, words
from .history import Life, Teller
from .households import first_of

# How long ago it was reported (minutes), how far it has come, whether it is an emergency.
STAGES = (
    (9, "taken", False),
    (26, "sent", False),
    (41, "arrived", True),
    (58, "accepted", False),
    (145, "arrived", False),
    (210, "paused", False),
    (265, "finished", False),
    (390, "confirmed", False),
)
# What comes in after hours and waits for the counter to open.
NIGHT = ((95, "taken", False), (170, "taken", False))


def lives(teller: Teller) -> Iterator[tuple[datetime, Life]]:
    """Each matter with the moment of its first step."""
    stages = STAGES + (NIGHT if is_after_hours(teller.project, teller.now) else ())
    for ago, stage, is_urgent in stages:
        at = teller.now - timedelta(minutes=ago, seconds=teller.rng.randint(0, 59))
        yield at, _brought(teller, at, stage, is_urgent)


def _brought(teller: Teller, at: datetime, stage: str, is_urgent: bool) -> Life:
    """The steps of one matter up to its stage, close after one another."""
    yield at
    case, order = teller.taken(at, is_urgent=is_urgent, home=first_of(teller.homes) if stage == "accepted" else None)
    if stage == "taken":
        return
    yield (at := at + timedelta(minutes=6))
    technician = teller.sent(case, order, at)
    if technician is None or stage == "sent":
        return
    yield (at := at + timedelta(minutes=4))
    repairs.accept(case, by=teller.staff(technician, at))
    if stage == "accepted":
        return
    if not is_urgent:
        yield (at := at + timedelta(minutes=5))
        visit = at + timedelta(minutes=20)
        repairs.agree_visit(case, by=teller.staff(technician, at), appointment_from=visit)
    yield (at := at + timedelta(minutes=22))
    before = [pictures.photo(teller.rng, order["category"])]
    repairs.arrive(case, by=teller.staff(technician, at), photos=before)
    if stage == "arrived":
        return
    yield (at := at + timedelta(minutes=25))
    if stage == "paused":
        reason = teller.rng.choice(list(words.PAUSES))
        text = teller.rng.choice(words.PAUSES[reason])
        repairs.pause(case, by=teller.staff(technician, at), reason=reason, words=text)
        return
    teller.finish(case, order, technician, at)
    if stage == "finished":
        return
    yield (at := at + timedelta(minutes=40))
    by = teller.resident(order["home"], at)
    repairs.confirm(case, by=by, rating="satisfied", words=teller.rng.choice(words.THANKS), mode="online")
