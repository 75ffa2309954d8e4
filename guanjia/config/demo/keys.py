"""Two cabinets of keys, some of them out, one of them late: by the real operations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guanjia.domains.keys import operations as keys
from guanjia.domains.keys.models import Key
from guanjia.kernel.actors import Actor
from guanjia.people import posts
from guanjia.people.login import staff_actor
from guanjia.people.models import Employee
from guanjia.people.presence import beside
from guanjia.places.models import House, Project

DOORS = ("天台门", "水井", "电井", "风井", "弱电井")
PUBLIC = (*(f"{n} 幢{door}" for n in range(1, 7) for door in DOORS), "地下车库卷帘门", "会所")
OFFICE = ("会议室", "档案室", "备品间")


def stock(project: Project, crew: dict[str, list[Employee]], at: datetime) -> None:
    """Brought in two months ago from the register that was kept before; a few lent today."""
    head, counter = crew[posts.SERVICE_SUPERVISOR][0], crew[posts.RECEPTIONIST][0]
    lead = _as(head, at - timedelta(days=60))
    dual = keys.add_cabinet(project, by=lead, name="A 柜", place="前台", rows=5, slots=8, is_dual=True)
    single = keys.add_cabinet(project, by=lead, name="B 柜", place="前台", rows=3, slots=8)
    rows: list[dict[str, Any]] = [{"category": "public_key", "name": name, "cabinet": dual} for name in PUBLIC]
    rows += [{"category": "office_key", "name": name, "cabinet": single} for name in OFFICE]
    rows += [
        {"category": "owner_key", "house": house, "kind": "security_door", "seal_no": f"FQ-{n:04d}", "cabinet": single}
        for n, house in enumerate(House.objects.filter(project=project).order_by("id")[:3], 1)
    ]
    said = {"handed_by": "前期移交组", "keeper": counter}
    bring_in: Any = keys.bring_in_keys  # a verb on rows
    made = bring_in(project, [{"number": f"K-{n:03d}", **row, **said} for n, row in enumerate(rows, 1)], by=lead)
    public, office = made[: len(PUBLIC)], made[len(PUBLIC) : len(PUBLIC) + len(OFFICE)]
    _lent(public, office, crew, at, head, counter)


def _lent(
    public: list[Key],
    office: list[Key],
    crew: dict[str, list[Employee]],
    at: datetime,
    head: Employee,
    counter: Employee,
) -> None:
    then = at - timedelta(hours=3)
    given: dict[str, Any] = {"employee": crew[posts.TECHNICIAN][0], "work": "repair"}
    guard = {"employee": crew[posts.SECURITY_GUARD][0], "work": "inspection"}
    out: tuple[tuple[Key, str, int, dict[str, Any]], ...] = (
        (public[16], "装航空灯", -25, given),
        (public[8], "查风机", 95, given),
        (public[-2], "夜间巡查", 60 * 26, guard),
    )
    for key, purpose, minutes, said in out:
        keys.lend_in_two(
            key, by=beside(_as(counter, then), head), purpose=purpose, due_at=at + timedelta(minutes=minutes), **said
        )
    keys.lend(office[0], by=_as(counter, then), purpose="换投影仪灯泡", due_at=at + timedelta(hours=2), **given)


def _as(employee: Employee, at: datetime) -> Actor:
    return staff_actor(employee, at, channel="demo", recorded_at=at)
