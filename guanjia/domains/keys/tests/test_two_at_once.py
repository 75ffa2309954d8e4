"""Many hands on one key, two keys for one slot: the database lets one through."""

from __future__ import annotations

import pytest

from guanjia.domains.keys.models import Key
from guanjia.domains.keys.operations import lend, place
from guanjia.kernel.outcomes import Conflict, Outcome
from guanjia.kernel.tests.together import at_once
from guanjia.parts.custody.models import Handout
from guanjia.people.tests.cast import Community

from .made import a_cabinet, a_key, loan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("hands", [24, pytest.param(200, marks=pytest.mark.drill)])
def test_of_all_who_ask_for_one_key_exactly_one_gets_it(north: Community, hands: int) -> None:
    key, by = a_key(north), north.by("receptionist")
    given = loan(north)
    results = at_once(*(lambda: lend(Key.objects.get(pk=key.pk), by=by, **given) for _n in range(hands)))
    won = [r for r in results if isinstance(r, Key)]
    assert len(won) == 1 and sum(isinstance(r, Conflict) for r in results) == hands - 1, results
    assert all(str(r) for r in results if isinstance(r, Conflict))
    assert Handout.objects.filter(subject_label="key").count() == 1


@pytest.mark.clause("KEY-03")
def test_two_keys_never_share_a_slot(north: Community) -> None:
    cabinet, by = a_cabinet(north), north.by("receptionist")
    two = [a_key(north), a_key(north)]
    results = at_once(*(lambda k=k: place(k, by=by, cabinet=cabinet, row=1, slot=1) for k in two))
    assert sum(isinstance(r, Key) for r in results) == 1
    assert sum(isinstance(r, Outcome) for r in results) == 1, results
    assert Key.objects.filter(cabinet=cabinet).count() == 1
