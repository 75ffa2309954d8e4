"""Each hour: who has had a day to read a pass-on is reminded, once a day. Each five minutes: who is expected."""

from __future__ import annotations

from datetime import timedelta

from guanjia.kernel import jobs
from guanjia.kernel.actors import system
from guanjia.kernel.outcomes import Refused

from . import attending, queries
from .operations import expect, lapse, remind

AGAIN = timedelta(days=1)


@jobs.every("17 * * * *", "shifts.remind")
def remind_readers() -> None:
    by = system()
    for note in queries.unread_since(by.at - AGAIN)[:200]:
        try:
            remind(note, by=by)
        except Refused:  # read, or taken back, at the same moment
            continue


@jobs.every("*/5 * * * *", "shifts.expect")
def expect_arrivals() -> None:
    """A shift that begins within the hour is expected: its clock of arriving runs, to its end at the latest."""
    by = system()
    for duty in attending.to_expect(by.at)[:500]:
        expect(duty, by=by)
    for duty in attending.to_lapse(by.at)[:500]:
        lapse(duty, by=by)
