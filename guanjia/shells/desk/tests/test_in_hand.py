"""What the counter has of a household stands on the card of whoever calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.keys.operations import take_over
from guanjia.domains.left_items.operations import take_in
from guanjia.domains.visitors.operations import issue
from guanjia.parts.approvals.tests.signing import approved
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_the_card_shows_what_the_counter_has_of_the_household_and_nothing_else(
    north: Community, south: Community, seat: Any
) -> None:
    card = f"/p/north/desk/resident/{north.owner.pk}"
    client = seat(north, "receptionist")
    words = ("托管钥匙", "寄存物品", "预约访客")
    assert not any(word in client.get(card).content.decode() for word in words)
    take_over(
        north.project, by=north.by("receptionist"), category="owner_key", house=north.house, kind="security_door",
        seal_no="FQ-1", handed_by="业主",
    )  # fmt: skip
    issue(
        north.project, by=north.by("receptionist"), house=north.house.code, visitor="秦雨桐", purpose="聚会", kind="once",
        asked_by=north.owner.name,
    )  # fmt: skip
    approved(
        lambda: take_in(
            north.project, by=north.by("receptionist"), house=north.house, depositor="沈住客", description="纸箱",
            depositor_phone="13912345678", pieces=1, due_at=timezone.now() + timedelta(hours=3), position="柜下",
            reason="下午来取",
        )
    )  # fmt: skip
    assert all(word in client.get(card).content.decode() for word in words)
    assert not any(word in seat(south, "receptionist").get(card).content.decode() for word in words)
