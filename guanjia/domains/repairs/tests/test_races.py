"""Two hands on one thing: exactly one wins, nobody gets a server error."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.domains.repairs import operations as repairs
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.kernel.tests.together import at_once
from guanjia.parts.casework.models import Case
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db(transaction=True)


def take(north: Community, **more: Any) -> Case:
    case: Case = repairs.record(
        north.project, by=north.by("receptionist"), place="home", house=north.house, content="水管漏水",
        resident=north.owner, channel="phone", urgency="ordinary", category="plumbing", problem="leak", apart=True, **more,
    )  # fmt: skip
    return case


def test_of_eight_who_grab_one_repair_exactly_one_gets_it(north: Community) -> None:
    case = take(north)
    hands = [north.by("technician") if i % 2 else north.by("electrician") for i in range(8)]
    results = at_once(*(lambda by=by: repairs.grab(Case.objects.get(pk=case.pk), by=by) for by in hands))
    won = [r for r in results if isinstance(r, Case)]
    assert len(won) == 1 and all(isinstance(r, Conflict) for r in results if r is not won[0])
    assert Event.objects.filter(name="repairs.grab").count() == 1


def test_without_the_guard_both_would_have_won(north: Community) -> None:
    """The control: check-then-act on stale objects lets everybody through."""
    case = take(north)
    seen = [Case.objects.get(pk=case.pk) for _ in range(2)]
    assert all(c.state == "open" for c in seen)
    for copy, who in zip(seen, ("technician", "electrician"), strict=True):
        assert Case.objects.filter(pk=copy.pk).update(state="working", executor=north.staff[who]) == 1


def test_a_request_sent_five_times_at_once_has_one_effect(north: Community) -> None:
    by = north.by("receptionist")

    def send() -> Case:
        made: Case = repairs.record(
            north.project, by=by, key="same", place="home", house=north.house, content="灯不亮", resident=north.owner,
            channel="phone", urgency="ordinary", category="electrical", problem="light", apart=True,
        )  # fmt: skip
        return made

    results = at_once(*[send] * 5)
    assert Case.objects.count() == 1
    assert {r.pk for r in results if isinstance(r, Case)} == {Case.objects.get().pk}
    assert all(isinstance(r, Case | Refused) for r in results)


def test_numbers_of_a_day_are_each_given_once(north: Community) -> None:
    cases = at_once(*[lambda: take(north)] * 8)
    assert len({c.number for c in cases}) == 8
