"""Weeks of a centre's life, made through the real operations: seeded, in the order of time.

Each case is a generator that yields the moment of its next step and performs it when its turn comes; a heap turns
all of them by the clock, so that dispatching sees the load of that very moment.
"""

from __future__ import annotations

import heapq
import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guanjia.domains.cases import operations as cases
from guanjia.domains.followups.operations import revisit
from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import candidates
from guanjia.kernel.actors import RESIDENT, Actor
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework import categories
from guanjia.parts.casework.models import Case
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.people.login import staff_actor
from guanjia.people.models import Employee, Occupancy
from guanjia.places.models import Project, Spot

from . import pictures, words

log = logging.getLogger("guanjia.demo")
Life = Iterator[datetime]
# Cases an hour, by the hour of the day.
RHYTHM = [0.05, 0.03, 0.02, 0.02, 0.03, 0.08, 0.2, 0.5, 1.0, 1.2, 1.0, 0.7,
          0.6, 0.7, 0.8, 0.8, 0.7, 0.8, 0.9, 0.9, 0.8, 0.5, 0.3, 0.1]  # fmt: skip


class Teller:
    """Tells one project's history from a moment to a moment; nothing happens after `now`."""

    def __init__(self, project: Project, rng: random.Random, now: datetime, since: datetime | None = None) -> None:
        self.project, self.rng, self.now, self.since = project, rng, now, (since or now) - timedelta(days=1)
        self.zone = ZoneInfo(project.zone)
        rows = Occupancy.objects.filter(project=project, ended_on__isnull=True, role__in=["owner", "tenant"])
        self.homes = list(rows.select_related("house__building", "resident").order_by("id"))
        self.spots = list(Spot.objects.filter(project=project).order_by("id"))
        self._actors: dict[int, Actor] = {}
        self._roster: people.Roster | None = None

    def staff(self, employee: Employee, at: datetime) -> Actor:
        """An employee at a moment, posts read once."""
        if employee.pk not in self._actors:
            self._actors[employee.pk] = staff_actor(employee, at, channel="demo")
        return replace(self._actors[employee.pk], at=at, recorded_at=at)

    def on(self, post: str, at: datetime) -> Actor | None:
        """Whoever is on duty at a post."""
        if self._roster is None:
            self._roster = people.Roster(self.project, self.since, self.now)
        found = self._roster.on(post, at)
        return self.staff(self.rng.choice(found), at) if found else None

    def counter(self, at: datetime) -> Actor:
        """Who takes calls at that hour: the counter, at night the control room."""
        by = self.on(posts.RECEPTIONIST, at) or self.on(posts.CONTROL_ROOM, at) or self.on(posts.SERVICE_SUPERVISOR, at)
        if by is None:
            raise LookupError("nobody is on duty")
        return by

    def resident(self, home: Occupancy, at: datetime) -> Actor:
        """The resident of a home, reporting from their phone."""
        scope = {self.project.pk: frozenset({posts.RESIDENT})}
        return Actor(
            RESIDENT, home.resident_id, home.resident.name, 0, scope, at, recorded_at=at, channel="demo",
            homes={self.project.pk: home.resident_id},
        )  # fmt: skip

    # -- one matter after the other --------------------------------------------------------------------------------

    def begin(self, at: datetime) -> Life:
        """One matter that comes up."""
        if self.rng.random() < 0.22:
            return self.enquiry(at)
        return self.repair(at)

    def enquiry(self, at: datetime) -> Life:
        """A question: mostly answered on the spot, else within the day."""
        yield at
        home = self.rng.choice(self.homes)
        question, reply = self.rng.choice(words.ENQUIRIES)
        at_once = self.rng.random() < 0.85
        case = cases.record_enquiry(
            self.project, by=self.counter(at), content=question, resident=home.resident, place="home", house=home.house,
            channel=self.rng.choice(["phone", "phone", "walk_in"]), reply=reply if at_once else "", apart=True,
        )  # fmt: skip
        if not at_once:
            yield (at := self.working_hour(self.later(at, 10, 60 * 8)))
            cases.answer(case, by=self.counter(at), reply=reply)

    def repair(self, at: datetime) -> Life:
        yield at
        case, order = self.taken(at)
        if self.rng.random() < 0.03:
            yield (at := self.later(at, 20, 90))
            cases.cancel(case, by=self.counter(at), reason=self.rng.choice(words.CANCELS))
            return
        yield from self.served(case, order, at)

    def taken(
        self, at: datetime, *, is_urgent: bool | None = None, home: Occupancy | None = None
    ) -> tuple[Case, dict[str, Any]]:
        """The call, the visit or the report from a phone; any matter and home unless said."""
        is_home = home is not None or self.rng.random() < 0.78 or not self.spots
        home = home or self.rng.choice(self.homes)
        matters = [(leaf, said) for leaf, said in (words.HOME if is_home else words.COMMON).items()]
        if is_urgent is not None:
            is_home, matters = _matters(is_home, is_urgent)
        (category, problem), said = self.rng.choice(matters)
        leaf = categories.problem(category, problem)
        assert leaf is not None
        place: dict[str, Any] = (
            {"place": "home", "house": home.house}
            if is_home
            else {"place": "common", "spot": self.rng.choice(self.spots)}
        )
        by_phone = self.rng.random() < 0.75
        by = self.counter(at) if by_phone else self.resident(home, at)
        photos = [pictures.photo(self.rng, category)] if not by_phone else []
        case: Case = repairs.record(
            self.project, by=by, content=self.rng.choice(said), resident=home.resident, urgency=leaf.urgency,
            category=category, problem=problem, channel=self.rng.choice(["phone", "phone", "walk_in"]), photos=photos,
            apart=True, **place,
        )  # fmt: skip
        return case, {"category": category, "urgent": leaf.urgency == "emergency", "home": home, "is_home": is_home}

    def served(self, case: Case, order: dict[str, Any], at: datetime) -> Life:
        """Dispatch, visit, work, confirmation, revisit; again when it was not fixed."""
        urgent = order["urgent"]
        yield (at := self.later(at, 2, 12) if urgent else self.later(at, 5, 150))
        technician = self.sent(case, order, at)
        while technician is None:
            yield (at := self.later(at, 60, 240))
            technician = self.sent(case, order, at)
        yield (at := self.later(at, 1, 10) if urgent else self.later(at, 4, 60))
        repairs.accept(case, by=self.staff(technician, at))
        if not urgent:
            yield (at := self.later(at, 5, 90))
            visit = self.working_hour(self.later(at, 45, 60 * 26))
            repairs.agree_visit(case, by=self.staff(technician, at), appointment_from=visit)
            yield (at := max(self.later(at, 20, 30), visit + timedelta(minutes=self.rng.randint(-10, 35))))
        else:
            late = self.rng.random() < 0.06
            yield (at := self.later(at, 110, 170) if late else self.later(at, 10, 65))
        before = [pictures.photo(self.rng, order["category"])]
        repairs.arrive(case, by=self.staff(technician, at), photos=before)
        yield from self.worked(case, order, technician, at)

    def sent(self, case: Case, order: dict[str, Any], at: datetime) -> Employee | None:
        """Somebody on duty who can do it."""
        found = candidates(self.project, order["category"], at)
        if not found:
            return None
        by = self.on(posts.ENGINEERING_SUPERVISOR, at) or self.counter(at)
        repairs.dispatch(case, by=by, executor=found[0].employee)
        return found[0].employee

    def worked(self, case: Case, order: dict[str, Any], technician: Employee, at: datetime) -> Life:
        """On site until done, paused for a reason now and then."""
        if self.rng.random() < 0.4:
            agreed = self.later(at, 60, 60 * 9)
            repairs.agree_completion(case, by=self.staff(technician, at), completion_agreed_at=agreed)
        if self.rng.random() < 0.12:
            yield (at := self.later(at, 15, 40))
            reason = self.rng.choice(list(words.PAUSES))
            text = self.rng.choice(words.PAUSES[reason])
            repairs.pause(case, by=self.staff(technician, at), reason=reason, words=text)
            yield (at := self.working_hour(self.later(at, 120, 60 * 30)))
            repairs.resume(case, by=self.staff(technician, at))
        yield (at := self.later(at, 12, 90))
        self.finish(case, order, technician, at)
        yield from self.judged(case, order, at)

    def finish(self, case: Case, order: dict[str, Any], technician: Employee, at: datetime) -> None:
        """What was done and found, a photo, and at home a signature."""
        repairs.finish(
            case, by=self.staff(technician, at), work_done=self.rng.choice(words.WORK[order["category"]]),
            finding="fixed" if self.rng.random() < 0.92 else "temporary", labour_minutes=self.rng.randint(10, 90),
            photos=[pictures.photo(self.rng, order["category"], after=True)],
            signature=pictures.signature(self.rng) if order["is_home"] else None,
        )  # fmt: skip

    def judged(self, case: Case, order: dict[str, Any], at: datetime) -> Life:
        """The resident's word on it, then the revisit."""
        yield (at := self.working_hour(self.later(at, 5, 60 * 7)))
        self_service = self.rng.random() < 0.3
        by = self.resident(order["home"], at) if self_service else self.counter(at)
        if self.rng.random() < 0.05 and case.round == 1:
            again = self.rng.choice(words.AGAIN)
            repairs.ask_rework(case, by=by, words=again, rating="unsatisfied")
            yield from self.served(case, {**order, "urgent": False}, at)
            return
        rating = self.rng.choices(["very_satisfied", "satisfied", "neutral"], [5, 4, 1])[0]
        text = self.rng.choice(words.THANKS)
        repairs.confirm(case, by=by, rating=rating, words=text, mode="online" if self_service else "phone")
        yield (at := self.working_hour(self.later(at, 60 * 6, 60 * 50)))
        caller = self.on(posts.SERVICE_OFFICER, at) or self.on(posts.STEWARD, at) or self.counter(at)
        mood, feedback = self.rng.choice(["calm", "pleased"]), self.rng.choice(words.THANKS)
        minutes = self.rng.randint(3, 9)
        revisit(
            case, by=caller, mode="phone", satisfaction=rating, mood=mood, feedback=feedback, minutes=minutes,
            why_length=words.SHORT if minutes < 5 else "",
        )  # fmt: skip

    # -- time ------------------------------------------------------------------------------------------------------

    def later(self, at: datetime, least: int, most: int) -> datetime:
        """Some minutes later, sooner more likely than late."""
        return at + timedelta(minutes=self.rng.triangular(least, most, least + (most - least) / 4) // 1)

    def working_hour(self, at: datetime) -> datetime:
        """The same moment, or the next morning after eight when it falls into the night."""
        local = at.astimezone(self.zone)
        if 8 <= local.hour < 19:
            return at
        day = local if local.hour < 8 else local + timedelta(days=1)
        return day.replace(hour=8, minute=self.rng.randint(5, 59)).astimezone(at.tzinfo)


def make(
    project: Project, from_at: datetime, to_at: datetime, rng: random.Random, *, now: datetime, per_day: float = 3.0,
    told: Callable[[datetime], None] | None = None,
    beside: Callable[[Teller], Iterator[tuple[datetime, Life]]] | None = None,
) -> int:  # fmt: skip
    """Everything that came up in a span, followed to its end or to `now`; returns the number of cases.

    `beside` brings matters of its own into the same stretch of time (what is in hand now).
    """
    teller = Teller(project, rng, now, from_at)
    if not teller.homes:
        return 0
    begun = [(at, teller.begin(at)) for at in _arrivals(teller, from_at, to_at, per_day)]
    begun += beside(teller) if beside else ()
    turns: list[tuple[datetime, int, Life]] = []
    for number, (at, life) in enumerate(begun):
        next(life)
        turns.append((at, number, life))
    heapq.heapify(turns)
    count = len(turns)
    while turns:
        at, number, life = heapq.heappop(turns)
        if told:
            told(at)
        following = step(life)
        if following is not None and following < now:
            heapq.heappush(turns, (following, number, life))
    return count


def _matters(is_home: bool, is_urgent: bool) -> tuple[bool, list[Any]]:
    """Matters of one urgency; where a place has none of it, those of the other."""
    for at_home in (is_home, not is_home):
        table = words.HOME if at_home else words.COMMON
        found = [
            (leaf, said)
            for leaf, said in table.items()
            if (known := categories.problem(*leaf)) and (known.urgency == "emergency") == is_urgent
        ]
        if found:
            return at_home, found
    raise LookupError("no such matter")


def step(life: Life) -> datetime | None:
    """Perform the step whose turn it is; a matter that the rules refuse stays where it is, and is told of."""
    try:
        return next(life, None)
    except Refused as refusal:
        log.warning("a matter of the demo stays where it is: %s", sorted(refusal.errors))
        return None


def _arrivals(teller: Teller, from_at: datetime, to_at: datetime, per_day: float) -> Iterator[datetime]:
    """Moments at which something comes up, by the rhythm of the day; rain and Mondays bring more."""
    whole = sum(RHYTHM)
    hour = from_at.replace(minute=0, second=0, microsecond=0)
    while hour < to_at:
        local = hour.astimezone(teller.zone)
        busy = 1.25 if local.weekday() == 0 else 1.0
        expected = per_day * busy * RHYTHM[local.hour] / whole
        number = int(expected) + (teller.rng.random() < expected % 1)
        for _ in range(number):
            at = hour + timedelta(minutes=teller.rng.randint(0, 59))
            if from_at <= at < to_at:
                yield at
        hour += timedelta(hours=1)
