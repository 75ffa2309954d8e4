"""Two hundred hands on one umbrella: one has it, the others get a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia.domains.goods.models import Borrowable
from guanjia.domains.goods.operations import lend, register_good
from guanjia.kernel.outcomes import Conflict
from guanjia.kernel.tests.together import at_once
from guanjia.parts.custody.models import Handout
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("hands", [24, pytest.param(200, marks=pytest.mark.drill)])
def test_of_all_who_ask_at_once_exactly_one_gets_it(north: Community, hands: int) -> None:
    good = register_good(north.project, by=north.by("receptionist"), name="雨伞", position="前台")
    due, by = timezone.now() + timedelta(hours=1), north.by("receptionist")
    results = at_once(
        *(
            lambda n=n: lend(Borrowable.objects.get(pk=good.pk), by=by, outsider=f"访客{n}", due_at=due)
            for n in range(hands)
        )
    )
    won = [r for r in results if isinstance(r, Borrowable)]
    assert len(won) == 1 and sum(isinstance(r, Conflict) for r in results) == hands - 1, results
    assert Handout.objects.count() == 1
