"""The first calls that need approval: exemption of a breach, rights of a post, limits; each with its refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.privacy import operations as privacy
from guanjia.kernel import operations as kernel
from guanjia.kernel.outcomes import Conflict, Refused, Unknown
from guanjia.parts.approvals import operations, queries, seats
from guanjia.parts.approvals.models import Approval
from guanjia.parts.approvals.tests.signing import agree, signer, stored
from guanjia.parts.clocks import operations as clocks
from guanjia.parts.standards.models import Edition
from guanjia.people import posts
from guanjia.people.models import Employee, RightOverride
from guanjia.people.tests.cast import Community
from guanjia.shells.api.tests.caller import Caller

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


# -- a breach is exempted --------------------------------------------------------------------------------------------


def exemption(north: Community, clock: Any, who: str = "officer") -> Approval:
    return stored(lambda: clocks.exempt(clock, by=north.by(who), exempt_reason="全市停水"))


def test_an_exemption_waits_for_a_manager_and_bears_their_name(north: Community, late_clock: Call) -> None:
    approval = exemption(north, late_clock())
    assert late_clock().exempted_at is None
    assert agree(approval, north.staff["manager"]).state == "done"
    assert late_clock().exempted_by_name == north.staff["manager"].name


def test_the_one_concerned_never_exempts(north: Community, late_clock: Call) -> None:
    concerned = north.staff["steward"]
    clock = late_clock()
    approval = exemption(north, clock)
    assert concerned.pk in approval.barred
    from guanjia.people.models import Posting

    Posting.objects.create(project=north.project, employee=concerned, post=posts.PROJECT_MANAGER, from_on="2024-01-01")
    by = signer(concerned, timezone.now())
    assert approval.pk not in [a.pk for a in queries.to_sign(by)]
    with pytest.raises((Refused, Unknown)):
        agree(approval, concerned)


def test_while_it_waits_nothing_else_moves_the_clock(north: Community, late_clock: Call) -> None:
    approval = exemption(north, late_clock())
    with pytest.raises(Conflict) as held:
        clocks.give_reason(late_clock(), by=north.by("steward"), cause="parts", breach_reason="缺配件")
    assert north.staff["manager"].name in held.value.sentence
    offers = {o.operation.name: o for o in kernel.offers(late_clock(), north.by("steward"))}
    assert offers["clocks.give_reason"].is_locked
    operations.withdraw(approval, by=north.by("officer"), words="")
    clocks.give_reason(late_clock(), by=north.by("steward"), cause="parts", breach_reason="缺配件")


def test_the_bar_says_whose_approval_a_verb_needs(north: Community, late_clock: Call) -> None:
    offers = {o.operation.name: o for o in kernel.offers(late_clock(), north.by("officer"))}
    assert str(posts.NAMES[posts.PROJECT_MANAGER]) in str(offers["clocks.exempt"].note)
    assert not offers["clocks.give_reason"].note


# -- rights ----------------------------------------------------------------------------------------------------------


def give(north: Community, **more: Any) -> Any:
    given = {"post": posts.CASHIER, "right": "cases.chase", "is_allowed": "give", "reason": "收费代催办"}
    return privacy.override_right(north.project, by=north.by("administrator"), **(given | more))


@pytest.mark.clause("PRIV-02")
def test_a_right_is_given_with_a_second_person(north: Community) -> None:
    approval = stored(lambda: give(north))
    assert not RightOverride.objects.exists() and not north.by("cashier").may("cases.chase", north.project.pk)
    with pytest.raises(Refused, match=r"yourself|自己"):
        agree(approval, north.staff["administrator"])
    assert agree(approval, north.staff["manager"]).state == "done"
    assert north.by("cashier").may("cases.chase", north.project.pk)


def test_whoever_holds_the_post_does_not_widen_it_by_signing(north: Community, quality: Employee) -> None:
    approval = stored(lambda: give(north, post=posts.PROJECT_MANAGER, right="residents.register_spot"))
    assert north.staff["manager"].pk in approval.barred
    assert [p.employee for p in seats.people(approval, timezone.now())] == [quality]


def test_what_the_body_refuses_is_said_before_anybody_is_asked(north: Community) -> None:
    for wrong in ({"right": "privacy.override_right"}, {"right": "no.such"}, {"post": posts.ADMINISTRATOR}):
        with pytest.raises(Refused):
            give(north, **wrong)
    assert not Approval.objects.exists() and not RightOverride.objects.exists()


# -- by the API ------------------------------------------------------------------------------------------------------


def test_a_kept_call_answers_202_once_for_its_key(north: Community, quality: Employee) -> None:
    from datetime import timedelta

    caller = Caller(north, "manager")
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    given = {"clause": "RPR-03", "amount": 1, "unit": "hours", "effective_from": day, "reason": "夜班两人"}
    answer = caller.post("/editions/change_limit", given, key="k-1")
    assert answer.status_code == 202, answer.content
    told = answer.json()
    assert told["state"] == "waiting" and quality.name in told["detail"] and "given" not in told
    assert answer.headers["Location"].endswith(f"/approvals/{told['id']}")
    again = caller.post("/editions/change_limit", given, key="k-1")
    assert again.status_code == 202 and again.json()["id"] == told["id"] and Approval.objects.count() == 1
    other = caller.post("/editions/change_limit", {**given, "amount": 3}, key="k-1")
    assert other.status_code == 422 and not Edition.objects.exists()


def test_the_description_names_the_202() -> None:
    from guanjia.shells.api import schema

    paths = schema.document()["paths"]
    posts_ = {p: v["post"]["responses"] for p, v in paths.items() if "post" in v}
    assert "202" in posts_["/p/{project}/editions/change_limit"] and "202" in posts_["/p/{project}/clocks/{id}/exempt"]
    assert "202" not in posts_["/p/{project}/cases/record"]
