"""Signing by a program: the signer's own PIN comes with the call, wrong ones count, nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Stored
from guanjia.parts.approvals import rules
from guanjia.parts.approvals.models import Approval
from guanjia.people import posts
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project
from guanjia.shells.api import schema
from guanjia.shells.api.tests.caller import Caller

pytestmark = pytest.mark.django_db
PIN = "402917"


@pytest.fixture
def waiting(north: Community, office: Project, change: Callable[..., Any]) -> Approval:
    hire(office, north.project, "north.quality", "品质同事", posts.COMPANY_SERVICE)
    account = Account.objects.get(username="north.quality")
    account.set_pin(PIN)
    account.save(update_fields=["pin"])
    with pytest.raises(Stored) as kept:
        change()
    made: Approval = kept.value.thing
    return made


def test_a_rule_that_wants_the_pin_gets_it_with_the_call(north: Community, waiting: Approval) -> None:
    caller, agree = Caller(north, "quality"), f"/approvals/{waiting.pk}/agree"
    for wrong in ({}, {"pin": "000000"}, {"pin": PIN[::-1]}):
        assert caller.post(agree, wrong).status_code == 422
    assert caller.post(agree, {"pin": PIN, "words": "同意"}).status_code == 200
    waiting.refresh_from_db()
    assert waiting.state == Approval.State.DONE
    assert PIN not in str(list(Event.objects.values_list("given", flat=True)))


def test_the_tenth_wrong_pin_is_the_last_although_each_was_refused(north: Community, waiting: Approval) -> None:
    caller, agree = Caller(north, "quality"), f"/approvals/{waiting.pk}/agree"
    for number in range(10):
        assert caller.post(agree, {"pin": f"00000{number}"}).status_code == 422
    assert caller.post(agree, {"pin": PIN}).status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == Approval.State.WAITING


def test_who_has_no_seat_does_not_see_it_whatever_they_type(north: Community, waiting: Approval) -> None:
    assert Caller(north, "guard").post(f"/approvals/{waiting.pk}/agree", {"pin": PIN}).status_code == 404


def test_the_description_says_so() -> None:
    paths = schema.document()["paths"]
    asking = {name for name, said in paths.items() if "'pin'" in str(said)}
    assert {name.rsplit("/", 1)[1] for name in asking} >= {"agree", "refuse", "withdraw"}
    assert all("/approvals/" in name for name in asking)


def test_an_act_of_two_cannot_be_kept_for_approval(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever was beside is not there when it runs: such a rule does not start."""
    line = {"id": "two", "operation": "gifts.hand_over", "steps": [{"posts": ["project_manager"]}]}
    found = rules.parsed([line])
    monkeypatch.setattr(rules, "book_rules", lambda: found)
    with pytest.raises(ValueError, match="two people"):
        rules.check_operations()
