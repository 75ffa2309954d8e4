"""Inbox, page, phone, batch, rules: what they show, whom they let in, what a refusal keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bench.counting import statements
from guanjia.parts.approvals.models import Approval
from guanjia.parts.approvals.tests.signing import stored
from guanjia.parts.standards.models import Edition
from guanjia.people.models import Account, Employee
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]
PIN = "271828"


def browser(employee: Employee) -> Client:
    """Somebody who is logged in and has a PIN."""
    account = Account.objects.get(pk=employee.account_id)
    account.set_pin(PIN)
    account.language = "en"
    account.save()
    client = Client()
    client.force_login(account)
    session = client.session
    session["generation"] = account.generation
    session.save()
    return client


def test_the_quality_department_signs_from_the_head_office(change: Call, quality: Employee) -> None:
    approval, client = stored(change), browser(quality)
    page = client.get("/p/office/approvals").content.decode()
    assert f"/p/office/approvals/{approval.pk}" in page
    shown = client.get(f"/p/office/approvals/{approval.pk}").content.decode()
    assert "2 h" in shown and "1 h" in shown and "夜班两人" in shown
    answer = client.post(f"/p/office/approvals/{approval.pk}", {"verb": "agree", "words": "", "pin": PIN})
    assert answer.status_code == 302 and Edition.objects.count() == 1


def test_the_clause_says_what_was_asked_of_it_and_waits(change: Call, north: Community, quality: Employee) -> None:
    approval, manager = stored(change), browser(north.staff["manager"])
    page = manager.get("/p/north/standards/clause/RPR-03").content.decode()
    assert f"/p/north/approvals/{approval.pk}" in page and "Waiting for approval" in page
    elsewhere = manager.get("/p/north/standards/clause/RPR-04").content.decode()
    assert "Waiting for approval" not in elsewhere
    no_seat = browser(north.staff["steward"]).get("/p/north/standards/clause/RPR-03").content.decode()
    assert "Waiting for approval" in no_seat and f"/p/north/approvals/{approval.pk}" not in no_seat


def test_a_wrong_pin_is_refused_beside_its_field_and_keeps_the_words(change: Call, quality: Employee) -> None:
    approval, client = stored(change), browser(quality)
    url = f"/p/office/approvals/{approval.pk}"
    answer = client.post(url, {"verb": "agree", "words": "同意试行", "pin": "000001"})
    assert answer.status_code == 422 and "同意试行" in answer.content.decode()
    assert not Edition.objects.exists()
    for _n in range(10):
        client.post(url, {"verb": "agree", "pin": "000001"})
    blocked = client.post(url, {"verb": "agree", "pin": PIN})
    assert blocked.status_code == 422 and not Edition.objects.exists()


def test_a_stranger_and_another_project_meet_a_404(north: Community, south: Community, change: Call) -> None:
    approval = stored(change)
    for employee, place in ((north.staff["steward"], "north"), (south.staff["manager"], "south")):
        client = browser(employee)
        for page in (f"approvals/{approval.pk}", f"approvals/phone/{approval.pk}", f"approvals/{approval.pk}/again"):
            assert client.get(f"/p/{place}/{page}").status_code == 404
        assert client.post(f"/p/{place}/approvals/{approval.pk}", {"verb": "agree", "pin": PIN}).status_code == 404
    assert browser(south.staff["manager"]).get("/p/north/approvals").status_code == 404


def test_a_no_on_the_phone_needs_its_reason_and_keeps_what_was_typed(change: Call, quality: Employee) -> None:
    approval, client = stored(change), browser(quality)
    url = f"/p/office/approvals/phone/{approval.pk}/refuse"
    short = client.post(url, {"words": "不行"})
    assert short.status_code == 422 and "不行" in short.content.decode() and "At least 6" in short.content.decode()
    assert client.post(url, {"words": "夜班仍是一人，先补人"}).status_code == 302
    assert Approval.objects.get().state == Approval.State.REFUSED


def test_several_are_signed_with_one_pin_and_each_for_itself(change: Call, quality: Employee) -> None:
    first, doomed = stored(change), stored(lambda: change(amount=3))
    other = stored(lambda: change(clause="RPR-04", amount=9))
    client = browser(quality)
    nothing = client.post("/p/office/approvals/phone/batch", {"pin": PIN})
    assert nothing.status_code == 422 and not Edition.objects.exists()
    wrong = client.post("/p/office/approvals/phone/batch", {"pick": [first.pk], "pin": "000001"})
    assert wrong.status_code == 422 and not Edition.objects.exists()
    picked = {"pick": [first.pk, doomed.pk, other.pk], "pin": PIN, "idempotency_key": "b"}
    assert client.post("/p/office/approvals/phone/batch", picked).status_code == 302
    states = [Approval.objects.get(pk=a.pk).state for a in (first, doomed, other)]
    assert states == ["done", "failed", "done"] and Edition.objects.count() == 2


def test_a_person_who_asks_in_the_browser_is_told_whom_it_waits_for(north: Community, quality: Employee) -> None:
    from datetime import timedelta

    from django.utils import timezone

    client = browser(north.staff["manager"])
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    given = {"clause": "RPR-03", "amount": 1, "unit": "hours", "effective_from": day, "reason": "夜班两人"}
    answer = client.post("/p/north/standards/clause/RPR-03/change", given, follow=True)
    approval = Approval.objects.get()
    assert answer.redirect_chain[-1][0] == f"/p/north/approvals/{approval.pk}"
    assert quality.name in answer.content.decode() and not Edition.objects.exists()
    withdrawn = client.post(f"/p/north/approvals/{approval.pk}", {"verb": "withdraw", "words": ""})
    assert withdrawn.status_code == 302 and Approval.objects.get().state == "withdrawn"
    again = client.get(f"/p/north/approvals/{approval.pk}/again")
    assert "夜班两人" in again.content.decode()


def test_the_rules_say_who_approves_and_only_some_may_adjust(north: Community) -> None:
    page = browser(north.staff["manager"]).get("/p/north/approvals/rules").content.decode()
    assert "/p/north/approvals/rules/breach-exemption" in page
    steward = browser(north.staff["steward"])
    assert "/rules/breach-exemption" not in steward.get("/p/north/approvals/rules").content.decode()
    assert steward.get("/p/north/approvals/rules/breach-exemption").status_code == 403
    assert steward.get("/p/north/approvals/rules/no-such").status_code == 404


def test_a_longer_inbox_asks_no_more_statements(change: Call, quality: Employee) -> None:
    client = browser(quality)
    stored(change)
    client.get("/p/office/approvals")
    with statements() as few:
        client.get("/p/office/approvals")
    for amount in (3, 4, 5, 6, 7):
        stored(lambda amount=amount: change(amount=amount))
    with statements() as many:
        client.get("/p/office/approvals")
    assert len(many) <= len(few) + 1
