"""A thing's own page: what will need an approval says so before the click; what waits or was refused stands there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from guanjia.domains.gifts.models import Gift
from guanjia.domains.gifts.operations import dispose, hand_over, receive
from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.kernel.outcomes import Stored
from guanjia.parts.approvals.operations import refuse
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
RULE = {"id": "gift", "operation": "gifts.dispose", "steps": [{"posts": ["project_manager"]}]}


@pytest.fixture
def gift(north: Community, laid: Callable[..., None]) -> Gift:
    laid(RULE)
    said: dict[str, Any] = {"giver": "沈住客", "description": "茶叶一盒", "declined": True}
    made = receive(north.project, by=north.by("steward"), **said)
    hand_over(made, by=beside(north.by("supervisor"), north.staff["steward"]))
    return made


def page(north: Community, who: str, gift: Gift) -> str:
    return str(signed_in(north, who).get(reverse("gifts:page", args=["north", gift.pk])).content.decode())


def test_the_button_says_whose_approval_it_needs_and_the_page_what_waits_and_was_refused(
    north: Community, gift: Gift
) -> None:
    assert "要项目经理批准" in page(north, "supervisor", gift)
    with pytest.raises(Stored) as kept:
        dispose(gift, by=north.by("supervisor"), disposal="退还")
    waiting = kept.value.thing
    shown = page(north, "supervisor", gift)
    assert reverse("approvals:page", args=["north", waiting.pk]) in shown and "项目经理" in shown
    other = page(north, "steward", gift)  # sees the gift, not the request
    assert reverse("approvals:page", args=["north", waiting.pk]) not in other and waiting.requester.name in other
    refuse(waiting, by=north.by("manager"), words="请先退还给住客本人再说")
    assert "请先退还给住客本人再说" in page(north, "supervisor", gift)
    assert "请先退还给住客本人再说" not in page(north, "steward", gift)


def test_a_thing_that_no_rule_speaks_of_costs_no_statement(north: Community, gift: Gift) -> None:
    from guanjia.parts.approvals import beside as panel

    assert panel.asked(north.house, north.by("supervisor")) is None


def test_the_page_of_a_changed_limit_says_it_too(north: Community) -> None:
    shown = signed_in(north, "manager").get(reverse("standards:change", args=["north", "RPR-03"])).content.decode()
    assert "批准" in shown
