"""A manager changes a limit in the browser; the quality department signs it on the phone; the change stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.parts.approvals.models import Approval
from guanjia.parts.standards.models import Edition
from guanjia.people.models import Account, Employee
from guanjia.people.tests.cast import Community

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD, PIN = "a-long-password-for-tests", "271828"


@pytest.fixture
def opened(windows: Any) -> Callable[[Employee, int], Any]:
    """Opens a page for somebody, on a screen or on a phone."""

    def open_for(employee: Employee, width: int) -> Any:
        account = Account.objects.get(pk=employee.account_id)
        account.set_password(PASSWORD)
        account.set_pin(PIN)
        account.save()
        page = windows(width)
        page.goto("/login")
        page.fill("[name=username]", account.username)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    return open_for


@pytest.mark.clause("QLT-01")
def test_a_limit_is_changed_by_two_people_and_keeps_its_history(
    north: Community, quality: Employee, opened: Any
) -> None:
    desk = opened(north.staff["manager"], 1440)
    desk.goto("/p/north/standards/clause/RPR-03/change")
    desk.fill("[name=amount]", "1")
    desk.fill("[name=effective_from]", (timezone.localdate() + timedelta(days=1)).isoformat())
    desk.fill("[name=reason]", "夜班加到两人")
    desk.click("main form button[type=submit].btn-primary")
    desk.wait_for_url("**/approvals/*")
    assert quality.name in desk.content() and not Edition.objects.exists()

    phone = opened(quality, 390)
    phone.goto("/p/office/approvals/phone")
    assert "夜班加到两人" in phone.content()
    phone.click(".task h2 a")
    phone.wait_for_selector("#pin_agree")
    assert "2 时" in phone.content() and "1 时" in phone.content()
    phone.click(".phone-foot .btn-primary")
    phone.wait_for_selector(".refusal")
    assert Approval.objects.get().state == "waiting"
    phone.fill("#pin_agree", PIN)
    phone.click(".phone-foot .btn-primary")
    phone.wait_for_url("**/approvals/phone")

    desk.goto("/p/north/standards/clause/RPR-03")
    assert Edition.objects.get().values == {"within": "PT1H"} and "夜班加到两人" in desk.content()
    names = list(Event.objects.filter(name__startswith="approvals.").order_by("id").values_list("name", flat=True))
    assert names == ["approvals.ask", "approvals.agree", "approvals.carry_out"]
