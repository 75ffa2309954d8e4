"""The sums follow the journal, and made anew they are the same; what happened last month stays what it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guanjia import book
from guanjia.domains.cases.operations import cancel, note
from guanjia.domains.repairs.operations import dispatch
from guanjia.kernel.models import Event
from guanjia.parts.clocks.models import Clock
from guanjia.parts.clocks.operations import give_reason
from guanjia.parts.compliance import following, queries
from guanjia.parts.compliance.models import Day, Followed
from guanjia.parts.compliance.queries import Tally
from guanjia.parts.inspections.tests.test_inspections import inspected
from guanjia.parts.obligations import keeping
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.obligations.tests.conftest import day_at, repair, told
from guanjia.parts.runsheets.operations import abandon, start
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def sums(north: Community) -> set[tuple[Any, ...]]:
    return set(Day.objects.filter(project=north.project).values_list("clause_id", "day", "met", "missed", "exempted"))


def busy(north: Community) -> None:
    """Two days of a centre: repairs late and in time, words given and not given, an inspection, a broken-off sheet."""
    late, early = repair(north, day_at(-3, 8)), repair(north, day_at(-2, 8), "卧室灯不亮")
    keeping.make(north.project, day_at(-2, 1))
    note(late, by=told(north, "officer", day_at(-2, 15)), words="电话沟通", contact="both")
    dispatch(early, by=told(north, "receptionist", day_at(-2, 9)), executor=north.staff["technician"])
    cancel(late, by=told(north, "supervisor", day_at(-1, 12)), reason="误报")
    inspected(north, faults=("ETQ-01.1",))
    abandon(start(north.project, by=north.by("officer"), clause="CMP-03"), by=north.by("supervisor"), ending="误开")
    keeping.make(north.project, day_at(0, 1))


def test_made_step_by_step_and_made_anew_the_sums_are_the_same(north: Community, monkeypatch: Any) -> None:
    monkeypatch.setattr(following, "LATE", 0)
    following.follow(north.project, day_at(-3, 1))
    busy(north)
    for hour in (2, 9, 23):
        following.follow(north.project, day_at(0, hour))
    step_by_step = sums(north)
    following.rebuild(north.project, day_at(0, 23))
    assert sums(north) == step_by_step and len(step_by_step) > 6
    assert {"RPR-07", "ETQ-01", "CMP-03"} <= {row[0] for row in step_by_step}


def test_an_exemption_moves_one_rate_and_not_the_other(north: Community) -> None:
    repair(north, day_at(-3, 8))
    following.follow(north.project, day_at(0))
    clock = Clock.objects.get(clause_id="RPR-04")
    give_reason(clock, by=north.by("technician"), cause="staffing", breach_reason="人手不足", corrective="加一名夜班")
    Clock.objects.filter(pk=clock.pk).update(exempted_at=day_at(0), exempt_reason="暴雨")
    following.follow(north.project, day_at(0, 12))
    found = queries.month([north.project], clock.due_at.date())[north.project.pk]["RPR-04"]
    assert (found.met, found.missed, found.exempted) == (0, 1, 1)
    assert found.share() == "—" and found.share(strict=True) == "0"


@pytest.mark.parametrize(
    ("tally", "target", "keeps"),
    [
        (Tally(95, 5), ">=0.95", True),
        (Tally(94, 6), ">=0.95", False),
        (Tally(19, 1, 1), ">=1.00", True),
        (Tally(0, 0), ">=0.95", None),
        (Tally(9, 1), "=0", None),
        (Tally(1, 2), "<=0.5", True),
    ],
)
def test_a_target_is_kept_or_not_in_whole_numbers(tally: Tally, target: str, keeps: bool | None) -> None:
    assert tally.keeps(target) is keeps


def test_every_number_is_as_large_as_the_rows_behind_it(north: Community) -> None:
    busy(north)
    following.rebuild(north.project, day_at(0, 23))
    for first in {day_at(0).date().replace(day=1), day_at(-3).date().replace(day=1)}:
        for clause_id, tally in queries.month([north.project], first)[north.project.pk].items():
            clause = book.clause(clause_id)
            for which, expected in (("all", tally.due), ("missed", tally.missed), ("exempted", tally.exempted)):
                rows = queries.evidence(north.project, clause, first, which, day_at(0, 23))
                assert rows is not None and rows.count() == expected, (clause_id, which)


def test_nothing_of_another_project_is_counted(north: Community, south: Community) -> None:
    busy(north)
    following.rebuild(south.project, day_at(0, 23))
    following.rebuild(north.project, day_at(0, 23))
    assert sums(north) and not Day.objects.filter(project=south.project, missed__gt=0).exists()


def test_looking_again_costs_the_same_however_long_the_history(north: Community) -> None:
    busy(north)
    following.rebuild(north.project, day_at(0, 22))

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            following.follow(north.project, day_at(0, 23))
        return len(seen)

    cost()
    before = cost()
    for number in range(6):
        repair(north, day_at(-1, 8) + timedelta(minutes=number), f"第 {number} 件")
    cost()
    assert cost() <= before + 14 and Followed.objects.get(project=north.project).event_id


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    session = client.session
    session["generation"] = 0
    session.save()
    return client


def test_the_board_opens_to_its_rows_and_to_the_workbook(north: Community) -> None:
    busy(north)
    following.rebuild(north.project, day_at(0, 23))
    client = signed_in("north.manager")
    month = f"{day_at(-2):%Y-%m}"
    board = client.get(reverse("compliance:board", args=["north"]), {"month": month, "area": "RPR"})
    assert board.status_code == 200 and "RPR-07" in board.content.decode()
    assert client.get(reverse("compliance:board", args=["north"]), {"by": "wing", "strict": "1"}).status_code == 200
    rows = client.get(reverse("compliance:rows", args=["north", "RPR-07"]), {"month": month, "which": "missed"})
    assert "卧室灯不亮" in rows.content.decode()
    taken = client.post(reverse("compliance:export", args=["north"]), {"month": month})
    assert taken["Content-Type"].endswith("sheet") and Event.objects.filter(name="compliance.export").count() == 1


def test_who_answers_for_nobody_reads_no_board(north: Community, south: Community) -> None:
    for who in ("north.receptionist", "north.technician", "north.owner"):
        assert signed_in(who).get(reverse("compliance:board", args=["north"])).status_code == 404
    assert signed_in("south.manager").get(reverse("compliance:rows", args=["north", "RPR-07"])).status_code == 404
    page = signed_in("south.manager").get(reverse("compliance:board", args=["south"])).content.decode()
    assert south.project.name in page and north.project.name not in page


def test_forged_choices_change_nothing(north: Community) -> None:
    client = signed_in("north.manager")
    asked = {"month": "2026-13", "area": "<x>", "at": "south", "by": "no", "strict": "9"}
    assert client.get(reverse("compliance:board", args=["north"]), asked).status_code == 200
    assert client.get(reverse("compliance:rows", args=["north", "NO-1"])).status_code == 404
    assert client.get(reverse("compliance:rows", args=["north", "RPR-08"])).status_code == 404
    odd = {"after": "9" * 30, "which": "x"}
    assert client.get(reverse("compliance:rows", args=["north", "RPR-07"]), odd).status_code == 200
    assert Obligation.objects.count() == 0
