"""Each hour: who has had a day to read a pass-on and has not is reminded, once a day."""

from __future__ import annotations

from datetime import timedelta

from guanjia.kernel import jobs
from guanjia.kernel.actors import system
from guanjia.kernel.outcomes import Refused

from . import queries
from .operations import remind

AGAIN = timedelta(days=1)


@jobs.every("17 * * * *", "shifts.remind")
def remind_readers() -> None:
    by = system()
    for note in queries.unread_since(by.at - AGAIN)[:200]:
        try:
            remind(note, by=by)
        except Refused:  # read, or taken back, at the same moment
            continue
