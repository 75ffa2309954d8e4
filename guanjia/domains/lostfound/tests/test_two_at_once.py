"""Eight hands give one find back, security takes it over meanwhile: one of them has it."""

from __future__ import annotations

import pytest

from guanjia.domains.lostfound.models import Find, State
from guanjia.domains.lostfound.operations import hand_to_security
from guanjia.kernel.outcomes import Outcome
from guanjia.kernel.tests.together import at_once
from guanjia.parts.custody.models import Handout
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

from .test_finds import claimed, found

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_who_give_it_back_one_does(north: Community) -> None:
    find = found(north)
    results = at_once(*[lambda: claimed(north, Find.objects.get(pk=find.pk))] * 8)
    assert sum(isinstance(r, Find) for r in results) == 1, results
    assert sum(isinstance(r, Outcome) and bool(str(r)) for r in results) == 7, results
    assert Find.objects.get().state == State.CLAIMED and Handout.objects.count() == 1


def test_what_security_takes_over_twice_is_received_once(north: Community) -> None:
    find, by = found(north), beside(north.by("guard"), north.staff["steward"])
    results = at_once(*[lambda: hand_to_security(Find.objects.get(pk=find.pk), by=by)] * 8)
    assert sum(isinstance(r, Find) for r in results) == 1, results
    assert Find.objects.get().state == State.SECURED
