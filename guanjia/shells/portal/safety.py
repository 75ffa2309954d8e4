"""The life-safety sentence to a resident: what to do now, whom to ring. No colleague's name, no private line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from guanjia.parts.casework import categories, danger, guess
from guanjia.parts.casework.models import UNFINISHED, Case
from guanjia.places.models import Project

# So long after the report the sentence stands on top of the matter.
FRESH = timedelta(hours=2)


@dataclass(frozen=True)
class Alarm:
    danger: str
    title: str
    say: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    words: str = ""


def alarm(kind: str, project: Project, at: datetime, words: str = "") -> Alarm | None:
    """The card of a danger as a resident needs it; None where there is none."""
    card = danger.card(kind, project, at)
    if card is None:
        return None
    public = dict.fromkeys(call.number for call in card.calls if call.number.isdigit() and len(call.number) == 3)
    numbers = [(_("Service centre, day and night"), project.hotline)] if project.hotline else []
    numbers += [(n, n) for n in public]
    # "I stay on the line" is said by somebody on the telephone, not by a page.
    return Alarm(kind, card.title, tuple(card.say), tuple(numbers), words)


def of_case(case: Case, problem: categories.Problem | None, at: datetime) -> Alarm | None:
    """For a fresh report of a danger that nobody has ended yet."""
    if case.state not in UNFINISHED or at - case.reported_at > FRESH:
        return None
    heard = guess.danger_in(case.content, problem)
    return alarm(heard, case.project, at) if heard else None
