"""Puts the demo together: head office, two projects, their people, duty, and their history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from guanjia.kernel.models import Event
from guanjia.parts.compliance import following as compliance
from guanjia.parts.obligations import keeping as obligations
from guanjia.parts.runsheets.models import RunSheet
from guanjia.places.models import House, Project
from guanjia.places.queries import head_office

from . import (
    PROJECTS,
    bulletins,
    care,
    counter,
    hand,
    history,
    households,
    keys,
    places,
    rosters,
    seeded,
    shifts,
    staff,
    teaching,
)
from .names import People

MONTHS, DAY = timedelta(days=91), timedelta(days=1)
# While somebody waits for the first page only the last days have their handovers: each day of them costs a second.
LATELY = timedelta(days=2)
# Acts that only the telling of a span brings into it: what follows from them may happen days later.
BEGINNINGS = ("repairs.record", "cases.record_enquiry", "shifts.begin")


def found(seed: int, at: datetime) -> list[Project]:
    """The head office with its people, and the two projects, still empty; what stands already is returned."""
    with transaction.atomic():
        stand = {one.code: one for one in Project.objects.filter(is_demo=True)}
        if not stand:
            office = Project.objects.create(
                code="office", short_code="QH", name="青禾物业", kind=Project.Kind.OFFICE, city="杭州", is_demo=True
            )
            stand = {code: _project(code, short_code, name) for code, short_code, name, *_ in PROJECTS}
            people = People(seeded(seed, "office", "staff"), "1350000")
            crew = staff.staff_office(office, list(stand.values()), seeded(seed, "office"), people)
            rosters.plan(office, crew, at)
        return [stand[code] for code, *_ in PROJECTS]


def _project(code: str, short_code: str, name: str) -> Project:
    return Project.objects.create(
        code=code,
        short_code=short_code,
        name=name,
        city="杭州",
        level=Project.Level.ENHANCED,
        stars=4,
        hotline="0571-8000 8000" if code == "north" else "0571-8100 8000",
        is_demo=True,
    )


def settle(project: Project, seed: int, at: datetime) -> None:
    """Places and people of one project, all or nothing: the same plan as its mirror, other people."""
    code = project.code
    phones, staff_phones = next(rest for one, _short, _name, *rest in PROJECTS if one == code)
    office = head_office()
    assert office is not None
    with transaction.atomic():
        grounds = places.build(project, seeded(seed, "places"))
        workers = People(seeded(seed, code, "staff"), staff_phones)
        crew = staff.staff_project(project, office, grounds.districts, seeded(seed, code, "crew"), workers)
        rosters.plan(project, crew, at)
        residents = People(seeded(seed, code, "names"), phones)
        settled = households.populate(project, grounds.houses, seeded(seed, code, "homes"), residents, at)
        staff.resident_logins(project, settled.homes, households.FIRST)
        keys.stock(project, crew, at)
        care.look_after(project, crew, at)
        teaching.teach(project, crew, at)
        bulletins.tell(project, crew, at)


def is_settled(project: Project) -> bool:
    """Whether its places and people were made."""
    return House.objects.filter(project=project).exists()


def build(seed: int, at: datetime) -> list[Project]:
    """Both projects, without history."""
    projects = found(seed, at)
    for project in projects:
        settle(project, seed, at)
    return projects


def tell(project: Project, seed: int, from_at: datetime, to_at: datetime, now: datetime) -> int:
    """A span of history by the real operations. Nobody waits for the disk: a crash loses a demo's last second."""
    with transaction.atomic():  # it appears whole: nobody is told of clocks in the middle of a story
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        rng = seeded(seed, project.code, from_at.date().isoformat())
        told = history.make(project, from_at, to_at, rng, now=now, beside=partial(_beside, since=from_at, until=to_at))
        if to_at == now:
            counter.make(project, seeded(seed, project.code, "counter"), now)
        return told


def _beside(teller: history.Teller, since: datetime, until: datetime) -> Iterator[tuple[datetime, history.Life]]:
    """What goes on beside the cases of a span: shifts are handed over; at the very end, what is in hand now."""
    is_first = until == teller.now
    yield from shifts.lives(teller, max(since, until - LATELY) if is_first else since, until)
    if is_first:
        yield from hand.lives(teller)


def tell_by_days(project: Project, seed: int, from_at: datetime, to_at: datetime, now: datetime) -> int:
    """A span while the centre is in use, newest day first, each a transaction of its own: a handover that is told keeps
    whoever hands the same post over waiting until it is written. A day that has been told is not told again."""
    return sum(tell(project, seed, *day, now) for day in days(from_at, to_at) if not is_told(project, *day))


def days(from_at: datetime, to_at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The days of a span, newest first; the oldest may be a part of one."""
    while to_at > from_at:
        yield max(from_at, to_at - DAY), to_at
        to_at -= DAY


def is_told(project: Project, from_at: datetime, to_at: datetime) -> bool:
    """Whether something of the demo began in a span."""
    known = Event.objects.filter(project=project, at__gte=from_at, at__lt=to_at, channel="demo")
    return known.filter(name__in=BEGINNINGS).exists()


def close_shifts(project: Project, since: datetime, until: datetime, now: datetime) -> None:
    """How the shifts of a span began and were closed; run again it tells nothing twice."""
    known = RunSheet.objects.filter(project=project, clause_id__in=shifts.BOTH)
    if not known.filter(started_at__gte=since, started_at__lt=until).exists():
        shifts.tell_sheets(history.Teller(project, seeded(0, project.code), now), since, until)


def keep_books(project: Project, from_at: datetime, to_at: datetime, now: datetime) -> None:
    """What was owed in a span and whether it was kept, and the sums of compliance: read from the journal."""
    obligations.make(project, to_at, since=from_at)
    compliance.rebuild(project, now)


def leave_the_rest(projects: list[Project], seed: int, until: datetime, now: datetime) -> None:
    """Books of what was told, then the weeks before, newest first, one job each: the worker's, while the centre is in
    use."""
    from guanjia.kernel.jobs import defer

    for project in projects:
        defer("config.demo_books", project_id=project.pk, from_at=until.isoformat(), now=now.isoformat())
    span = timedelta(weeks=1)
    while until - span >= now - MONTHS:
        for project in projects:
            defer(
                "config.demo_week",
                project_id=project.pk,
                seed=seed,
                from_at=(until - span).isoformat(),
                to_at=until.isoformat(),
                now=now.isoformat(),
            )
        until -= span
