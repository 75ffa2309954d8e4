"""Twenty-four hands on one parcel: one has it, the others get a sentence."""

from __future__ import annotations

import pytest

from guanjia.domains.parcels.models import Parcel
from guanjia.domains.parcels.operations import hand_over
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.kernel.tests.together import at_once
from guanjia.parts.custody.models import Handout
from guanjia.people.tests.cast import Community

from .taking import agreed, picture, taken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("hands", [24, pytest.param(200, marks=pytest.mark.drill)])
def test_of_all_who_sign_at_once_exactly_one_takes_it(north: Community, hands: int) -> None:
    agreed(north)
    parcel, by = taken(north), north.by("receptionist")
    given = [{"proof": "known", "signature": picture(), "collector": f"来人{n}"} for n in range(hands)]
    results = at_once(*(lambda one=one: hand_over(Parcel.objects.get(pk=parcel.pk), by=by, **one) for one in given))
    won = [r for r in results if isinstance(r, Parcel)]
    assert len(won) == 1 and sum(isinstance(r, Conflict) for r in results) == hands - 1, results
    assert Handout.objects.count() == 1


def test_parcels_that_come_at_once_get_codes_of_their_own(north: Community) -> None:
    agreed(north)
    photos = [picture() for _n in range(8)]
    results = at_once(*(lambda one=one: taken(north, photos=[one]) for one in photos))
    assert not [r for r in results if isinstance(r, Refused)], results
    assert len(set(Parcel.objects.values_list("code", flat=True))) == 8
