"""What a house asked for is read at the moment its key would leave."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guanjia.domains.keys.models import State
from guanjia.domains.keys.operations import lend
from guanjia.kernel.outcomes import Refused
from guanjia.parts.instructions.operations import note
from guanjia.people.tests.cast import Community

from .made import SEAL, a_key, a_paper, loan

pytestmark = pytest.mark.django_db


def test_it_stands_on_the_form_and_must_be_heeded(north: Community) -> None:
    key, paper, by = a_key(north, "owner_key"), a_paper(north), north.by("receptionist")
    note(north.project, by=by, house=north.house.code, kind="ring_first", words="先打电话")
    page = north.signed_in("receptionist").get(reverse("acts:do", args=["north", "key", key.pk, "lend"]))
    assert "先打电话" in page.content.decode()
    given = loan(north, authorisation=paper, seal_no=SEAL)
    with pytest.raises(Refused) as refusal:
        lend(key, by=by, **given)
    assert "heeded" in refusal.value.errors
    lend(key, by=by, **given, heeded=True)
    assert key.state == State.LENT


@pytest.mark.clause("KEY-11")
def test_a_house_that_asked_for_no_keys_gets_none_handed_out(north: Community) -> None:
    key, paper, by = a_key(north, "owner_key"), a_paper(north), north.by("receptionist")
    note(north.project, by=by, house=north.house.code, kind="no_keys", words="出国期间")
    page = north.signed_in("receptionist").get(reverse("keys:page", args=["north", key.pk])).content.decode()
    assert "出国期间" in page
    assert (
        "出国期间"
        not in north.signed_in("technician").get(reverse("keys:page", args=["north", key.pk])).content.decode()
    )
    with pytest.raises(Refused):
        lend(key, by=by, **loan(north, authorisation=paper, seal_no=SEAL), heeded=True)
    key.refresh_from_db()
    assert key.state == State.IN_STORE and key.is_sealed
