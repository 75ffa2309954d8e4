"""Eight counters hand out one thing at the same moment: it goes once, and its pieces balance."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from guanjia.domains.left_items.models import LeftItem, State
from guanjia.domains.left_items.operations import collect, collect_part
from guanjia.domains.parcels.tests.taking import picture
from guanjia.kernel.outcomes import Outcome
from guanjia.kernel.tests.together import at_once
from guanjia.parts.approvals.tests.signing import approved
from guanjia.parts.custody.models import Handout
from guanjia.people.tests.cast import Community

from .test_keeping import asked

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_who_hand_it_out_one_does(north: Community) -> None:
    item, by = approved(lambda: asked(north)), north.by("receptionist")
    one = lambda: collect(LeftItem.objects.get(pk=item.pk), by=by, proof="document", signature=picture())  # noqa: E731 - eight times the same
    results = at_once(*[one] * 8)
    assert sum(isinstance(r, LeftItem) for r in results) == 1, results
    assert sum(isinstance(r, Outcome) and bool(str(r)) for r in results) == 7, results
    assert LeftItem.objects.get().state == State.COLLECTED and Handout.objects.count() == 1


def test_parts_taken_at_once_never_sum_to_more_than_came(north: Community) -> None:
    """Three pieces, eight hands that want two each: one gets them."""
    item, by = approved(lambda: asked(north)), north.by("receptionist")
    one = lambda: collect_part(  # noqa: E731 - eight times the same
        LeftItem.objects.get(pk=item.pk), by=by, pieces=2, proof="document", signature=picture()
    )
    results = at_once(*[one] * 8)
    assert sum(isinstance(r, LeftItem) for r in results) == 1, results
    assert LeftItem.objects.get().quantity == 1 and Handout.objects.aggregate(all=Sum("quantity"))["all"] == 2
