"""Rules as data: conditions, sequence, all of several, the superior; what a project decides otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.approvals import operations, rules, seats
from guanjia.parts.approvals.models import Approval, RuleChange, Signature
from guanjia.parts.approvals.tests.signing import agree, approved, stored
from guanjia.people.models import Employee
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
State = Approval.State
Call = Callable[..., Any]
LINE: dict[str, Any] = {"id": "one", "operation": "standards.change_limit"}


def test_a_rule_that_nobody_could_mean_is_refused() -> None:
    for wrong in (
        {**LINE, "steps": []},
        {**LINE, "steps": [{"posts": ["no_such_post"]}]},
        {**LINE, "steps": [{"posts": ["steward"], "need": 0}]},
        {**LINE, "steps": [{"posts": ["steward"], "who": "superior"}]},
        {**LINE, "steps": [{"posts": ["steward"], "within": "soon"}]},
        {**LINE, "steps": [{"posts": ["steward"]}], "order": "at random"},
    ):
        with pytest.raises(ValueError):
            rules.parsed([wrong])


def test_a_condition_that_does_not_hold_lets_the_act_pass(change: Call, laid: Call) -> None:
    laid({**LINE, "when": [{"more_than": {"amount": 3}}], "steps": [{"posts": ["service_manager"]}]})
    change(amount=3)
    assert not Approval.objects.exists()
    assert stored(lambda: change(clause="RPR-04", amount=5)).state == State.WAITING


def test_steps_in_sequence_wait_for_one_another(north: Community, change: Call, laid: Call) -> None:
    laid({**LINE, "steps": [{"posts": ["service_supervisor"]}, {"posts": ["service_manager"]}]})
    approval = stored(change)
    with pytest.raises(Unknown):
        agree(approval, north.staff["service_manager"])
    approval = agree(approval, north.staff["supervisor"])
    assert approval.state == State.WAITING and approval.step == 1
    assert agree(approval, north.staff["service_manager"]).state == State.DONE


def test_parallel_steps_are_signed_in_any_order(north: Community, change: Call, laid: Call) -> None:
    steps = [{"posts": ["service_supervisor"]}, {"posts": ["service_manager"]}]
    laid({**LINE, "order": "parallel", "steps": steps})
    approval = agree(stored(change), north.staff["service_manager"])
    assert approval.state == State.WAITING
    assert agree(approval, north.staff["supervisor"]).state == State.DONE
    assert sorted(Signature.objects.values_list("step", flat=True)) == [0, 1]


def test_one_person_does_not_sign_two_steps(north: Community, change: Call, laid: Call) -> None:
    laid({**LINE, "steps": [{"posts": ["technician"]}, {"posts": ["technician", "service_manager"]}]})
    approval = agree(stored(change), north.staff["technician"])
    with pytest.raises(Refused, match=r"signed it already|已经签过"):
        agree(approval, north.staff["technician"])
    assert agree(approval, north.staff["electrician"]).state == State.DONE


def test_two_of_several_and_all_of_them(north: Community, change: Call, laid: Call) -> None:
    posts = ["technician", "service_manager"]
    laid({**LINE, "steps": [{"posts": posts, "need": 2}]})
    approval = agree(stored(change), north.staff["technician"])
    assert approval.state == State.WAITING
    assert agree(approval, north.staff["electrician"]).state == State.DONE
    laid({**LINE, "steps": [{"posts": posts, "need": "all"}]})
    approval = stored(lambda: change(clause="RPR-04", amount=9))
    for who in ("technician", "electrician"):
        approval = agree(approval, north.staff[who])
        assert approval.state == State.WAITING
    assert agree(approval, north.staff["service_manager"]).state == State.DONE


def test_the_superior_of_whoever_asks(north: Community, change: Call, laid: Call) -> None:
    laid({**LINE, "steps": [{"who": "superior"}]})
    approval = stored(lambda: change(who="supervisor"))
    assert [one.employee for one in seats.people(approval, timezone.now())] == [north.staff["service_manager"]]


def test_a_rule_of_secrets_is_refused_at_the_start(laid: Call) -> None:
    laid({"id": "pin", "operation": "people.set_pin", "steps": [{"who": "superior"}]})
    with pytest.raises(ValueError, match="secrets"):
        rules.check_operations()


def test_a_project_adjusts_a_rule_with_a_second_person(north: Community, change: Call, quality: Employee) -> None:
    given: dict[str, Any] = {"rule": "clause-of-project", "is_on": "on", "posts": ["service_manager"], "hours": 4}
    call = lambda: operations.adjust_rule(north.project, by=north.by("manager"), reason="品质部同意下放", **given)  # noqa: E731
    before = stored(change)
    made = approved(call)
    assert isinstance(made, RuleChange) and made.posts == ["service_manager"]
    after = stored(lambda: change(amount=3))
    assert [one.employee for one in seats.people(after, timezone.now())] == [north.staff["service_manager"]]
    assert (after.due_at - after.asked_at).total_seconds() == 4 * 3600
    # What waits keeps the rule it was asked under.
    assert seats.people(before, timezone.now())[0].employee == quality


def test_that_rules_take_two_is_not_switched_off(north: Community) -> None:
    with pytest.raises(Refused):
        operations.adjust_rule(
            north.project, by=north.by("manager"), rule=rules.OWN, is_on="off", posts=[], hours=None, reason="省事"
        )
    with pytest.raises(Refused):
        operations.adjust_rule(
            north.project, by=north.by("manager"), rule="no-such", is_on="on", posts=[], hours=None, reason="试试"
        )


def test_a_rule_switched_off_lets_the_act_pass(north: Community, change: Call, quality: Employee) -> None:
    approved(
        lambda: operations.adjust_rule(
            north.project, by=north.by("manager"), rule="clause-of-project", is_on="off", posts=[], hours=None,
            reason="试运行期间",
        )
    )  # fmt: skip
    assert change().pk


def test_who_may_not_adjust_does_not(north: Community) -> None:
    with pytest.raises(Forbidden):
        operations.adjust_rule(
            north.project, by=north.by("steward"), rule="clause-of-project", is_on="off", posts=[], hours=None,
            reason="试试",
        )  # fmt: skip
