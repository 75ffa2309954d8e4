"""Two at once: it runs once; approve against withdraw: one wins."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Outcome
from guanjia.parts.approvals import operations
from guanjia.parts.approvals.models import Approval
from guanjia.parts.approvals.tests.signing import agree, stored
from guanjia.parts.standards.models import Edition
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db(transaction=True)
Call = Callable[..., Any]


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Every act in a thread of its own, all begun together; "done" or the name of the refusal."""
    results, start = [], threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> None:
        try:
            start.wait()
            act()
            results.append("done")
        except Outcome as outcome:
            results.append(type(outcome).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_many_approvers_at_once_one_signature_counts_and_it_runs_once(
    office: Project, change: Call, quality: Employee
) -> None:
    others = [hire(office, office, f"quality{n}", "品质同事", posts.COMPANY_SERVICE) for n in range(4)]
    approval = stored(change)
    results = at_once(*[lambda e=e: agree(approval, e, timezone.now()) for e in (quality, *others)])
    assert results.count("done") == 1
    assert Edition.objects.count() == 1 and Event.objects.filter(name="standards.change_limit").count() == 1


def test_approve_against_withdraw_has_one_winner(north: Community, change: Call, quality: Employee) -> None:
    for amount in (3, 4, 5, 6):
        approval = stored(lambda amount=amount: change(amount=amount, clause="RPR-04"))
        results = at_once(
            lambda approval=approval: agree(approval, quality, timezone.now()),
            lambda approval=approval: operations.withdraw(approval, by=north.by("manager"), words=""),
        )
        state = Approval.objects.get(pk=approval.pk).state
        assert results.count("done") == 1
        assert state in ("done", "failed", "withdrawn")
        if state == "done":
            break
    withdrawn = Approval.objects.filter(state="withdrawn").count()
    assert Event.objects.filter(name="approvals.withdraw").count() == withdrawn
    assert Edition.objects.count() == Approval.objects.filter(state="done").count()


def test_two_requests_for_one_held_thing_leave_one_waiting(north: Community, office: Project, late_clock: Any) -> None:
    from guanjia.kernel.outcomes import Stored
    from guanjia.parts.clocks import operations as clocks

    kept = []

    def ask(who: str) -> None:
        try:
            clocks.exempt(late_clock(), by=north.by(who), exempt_reason="全市停水")
        except Stored as waits:
            kept.append(waits.thing.pk)

    at_once(*[lambda who=who: ask(who) for who in ("supervisor", "steward", "officer")])
    assert len(kept) == 1 and Approval.objects.filter(state="waiting").count() == 1
