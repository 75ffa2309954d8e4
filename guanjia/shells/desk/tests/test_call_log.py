"""A call that becomes a case at the desk stands in the call log, pointing to it, and says nothing twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guanjia.domains.reception.models import Call
from guanjia.kernel.actors import system
from guanjia.parts.casework.models import Case
from guanjia.parts.telephone.models import PhoneCall
from guanjia.parts.telephone.operations import answer, connect, ring, take_seat
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def taken(north: Community, who: str = "receptionist") -> PhoneCall:
    """A call of the owner, answered at the extension of one of the cast."""
    line = connect(north.project, by=north.by("administrator"), name="总机")
    take_seat(north.project, by=north.by(who), extension="801")
    call = ring(north.project, by=system(), line=line, reference="c-1", number=north.owner.phone, extension="801")
    answer(call, by=system(), extension="801")
    return call


def at_desk(north: Community, call: PhoneCall) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username="north.receptionist"))
    session = client.session
    session["generation"] = 0
    session["opened_call"] = call.pk
    session.save()
    return client


def record(north: Community, client: Client, **more: Any) -> Case:
    said = {
        "take": "repair", "place": "home", "house": north.house.pk, "content": "厨房水管漏水", "channel": "phone",
        "urgency": "ordinary", "sort": "plumbing:leak", "then": "record", "apart": "on", **more,
    }  # fmt: skip
    answer_ = client.post(reverse("desk:resident", args=["north", north.owner.pk]), said)
    assert answer_.status_code == 302, answer_.content.decode()
    return Case.objects.latest("id")


@pytest.mark.clause("DESK-06")
def test_the_case_that_came_of_a_call_is_pointed_to(north: Community) -> None:
    call = taken(north)
    client = at_desk(north, call)
    case = record(north, client)
    logged = Call.objects.get()
    assert (logged.phone_call, logged.case, logged.content) == (call, case, "")
    record(north, client, content="阳台也漏水")
    assert Call.objects.count() == 1


def test_a_call_that_somebody_else_took_is_not_mine_to_point(north: Community) -> None:
    call = taken(north, "officer")
    record(north, at_desk(north, call))
    assert not Call.objects.exists()
