"""A community to measure on: 1,000 homes, the staff of a centre, and as many cases as are asked for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Model
from django.utils import timezone

from guanjia.domains.repairs.models import RepairOrder
from guanjia.kernel import search
from guanjia.kernel.models import Event, SearchWords
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.parts.clocks.timing import frozen_calendar
from guanjia.parts.standards.queries import rule_in_force
from guanjia.people import posts
from guanjia.people.models import Account, ApiToken, Duty, Employee, Posting, Resident, Skill
from guanjia.places.models import Building, House, Project, Unit
from guanjia.shells.api import tokens

MATTERS = (
    "厨房水管漏水",
    "卧室灯不亮",
    "单元门关不上",
    "阳台地漏堵塞",
    "对讲机没有声音",
    "楼道有异味",
    "客厅插座没电",
    "水表走得太快",
)
RARE = "信报箱钥匙断在锁里"
STATES = ("closed",) * 48 + ("open", "confirmed")


@dataclass
class Place:
    """What the measured requests name."""

    project: Project
    token: str
    account: Account
    technician: Employee
    houses: list[int]
    residents: list[int]


def build() -> Place:
    """The project, its places and people."""
    office = Project.objects.create(code="office", short_code="HQ", name="Bench", kind=Project.Kind.OFFICE)
    project = Project.objects.create(code="bench", short_code="BE", name="Bench", opens_at="00:00", closes_at="23:59")
    desk, technician = (_staff(office, project, post) for post in (posts.RECEPTIONIST, posts.TECHNICIAN))
    Skill.objects.create(project=project, employee=technician, repair_type="plumbing", level=2)
    account = Account.objects.get(pk=desk.account_id)
    token = secrets.token_urlsafe(32)
    ends = timezone.now() + tokens.LIFE
    ApiToken.objects.create(account_id=account.pk, digest=tokens.digest(token), expires_at=ends)
    houses = _houses(project)
    residents = [Resident(project=project, name=f"住户{n}", phone=f"139{n:08d}") for n in range(len(houses))]
    made = Resident.objects.bulk_create(residents, batch_size=500)
    return Place(project, token, account, technician, houses, [r.pk for r in made])


def _staff(office: Project, project: Project, post: str) -> Employee:
    account = Account.objects.create(username=f"bench.{post}")
    employee = Employee.objects.create(
        project=office, number=post, name=post, account_id=account.pk, nda_signed_on="2024-01-01"
    )
    Posting.objects.create(project=project, employee=employee, post=post, from_on="2024-01-01")
    now, month = timezone.now(), timedelta(days=30)
    Duty.objects.create(project=project, employee=employee, post=post, from_at=now - month, to_at=now + month)
    return employee


def _houses(project: Project) -> list[int]:
    rows = []
    for number in range(1, 11):
        building = Building.objects.create(project=project, code=str(number), name=f"{number} 幢", floors=25)
        unit = Unit.objects.create(project=project, building=building, code="1")
        for floor in range(1, 26):
            for door in range(1, 5):
                room = f"{floor}{door:02d}"
                code = f"{number}-1-{room}"
                rows.append(House(project=project, building=building, unit=unit, floor=floor, room=room, code=code))
    return [house.pk for house in House.objects.bulk_create(rows, batch_size=500)]


def _hashed(project_id: int, text: str) -> list[str]:
    """The words of a text as the index keeps them."""
    return sorted(search._hashed(project_id, word) for word in search.text_words(text))


def grow(place: Place, have: int, want: int) -> None:
    """Cases `have`+1 … `want` of the last two years, each with its order, journal, clock and search words."""
    project = place.project.pk
    given: dict[str, Any] = {
        "first": have + 1, "last": want, "houses": place.houses, "residents": place.residents,
        "matters": list(MATTERS), "rare": RARE, "states": list(STATES),
    }  # fmt: skip
    who = place.technician.pk
    case = Case(project_id=project, kind="repair", owner_id=who, executor_id=who)
    _fill(case, "numbered", given, **_CASE)
    _fill(RepairOrder(project_id=project, category="plumbing", problem="leak"), _MADE, given, case_id="c.id")
    event = Event(project_id=project, actor_kind="staff", actor_id=who, actor_name="x", subject_label="case")
    acts = f"{_MADE} CROSS JOIN unnest(ARRAY['repairs.record', 'repairs.dispatch', 'repairs.finish']) AS act"
    _fill(event, acts, given, name="act", subject_id="c.id", at="c.reported_at", request_id="gen_random_uuid()")
    rule = {
        "rule_key": "repairs.respond_ordinary",
        "clause_id": "RPR-04",
        "subject_label": "case",
        "snapshot": _frozen(place),
    }
    clock = Clock(project_id=project, state="met", limit_seconds=86400, used_seconds=7200, started_by=0, **rule)
    _fill(clock, _MADE, given, **_CLOCK)
    words = SearchWords(project_id=project, label="case")
    for matter in (*MATTERS, RARE):
        told = {**given, "matter": matter, "hashed": _hashed(project, matter)}
        of_matter = f"{_MADE} WHERE c.content = %(matter)s"
        _fill(words, of_matter, told, subject_id="c.id", words="array_to_tsvector(%(hashed)s::text[])")


def _frozen(place: Place) -> dict[str, Any]:
    """What a clock of an ordinary repair keeps of its rule."""
    rule = rule_in_force("RPR-04", place.project, timezone.localdate())
    return {**rule.frozen(), "calendar": frozen_calendar(place.project, rule["calendar"])}


def _fill(like: Model, source: str, given: dict[str, Any], **columns: str) -> None:
    """INSERT … SELECT: rows like an example, but for the columns that are written as SQL over the source."""
    values = dict(given)
    chosen: dict[str, str] = {}
    for field in like._meta.concrete_fields:
        name = str(field.column)
        if name in columns:
            chosen[name] = columns[name]
        elif not field.primary_key and field.db_default is NOT_PROVIDED:
            chosen[name] = f"%(like_{name})s"
            values[f"like_{name}"] = field.get_db_prep_save(getattr(like, field.attname), connection)
    names = ", ".join(connection.ops.quote_name(name) for name in chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_WITH} INSERT INTO {like._meta.db_table} ({names}) SELECT {', '.join(chosen.values())} FROM {source}",
            values,
        )


_WITH = """WITH numbered AS (
  SELECT n, now() - interval '730 days' * (1 - (n - %(first)s)::float / (%(last)s - %(first)s + 1)) AS at
  FROM generate_series(%(first)s, %(last)s) AS n)"""
_MADE = "(SELECT * FROM casework_case WHERE number = ANY(SELECT 'BE-BX2024-' || n FROM numbered)) AS c"
_CASE = {
    "number": "'BE-BX2024-' || n",
    "content": "CASE WHEN n %% 4000 = 7 THEN %(rare)s ELSE (%(matters)s::text[])[1 + n %% 8] END",
    "state": "(%(states)s::text[])[1 + n %% 50]",
    "house_id": "(%(houses)s::bigint[])[1 + n %% 1000]",
    "resident_id": "(%(residents)s::bigint[])[1 + n %% 1000]",
    "reported_at": "at",
    "recorded_at": "at",
    "moved_at": "at",
}
_CLOCK = {
    "subject_id": "c.id",
    "started_at": "c.reported_at",
    "due_at": "c.reported_at + interval '1 day'",
    "warn_at": "c.reported_at + interval '18 hours'",
    "stopped_at": "c.reported_at + interval '2 hours'",
}
