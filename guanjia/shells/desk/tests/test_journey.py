"""A call is taken in a real browser, by keyboard alone: search, card, words, Ctrl+Enter, case, note, lock."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.parts.casework.models import Case
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community
from guanjia.web.tests.chromium import until

from .conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.clause("RPR-01", "CASE-01")
def test_a_call_is_taken_by_keyboard_alone(north: Community, screen: Any) -> None:
    account = Account.objects.get(username="north.receptionist")
    account.set_password(PASSWORD)
    account.save()
    screen.goto("/login")
    screen.keyboard.type("north.receptionist")
    screen.keyboard.press("Tab")
    screen.keyboard.type(PASSWORD)
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/today")

    screen.keyboard.press("/")
    screen.keyboard.type(north.owner.phone[-4:])
    screen.wait_for_selector("#hits [role=option]")
    screen.keyboard.press("Tab")
    screen.wait_for_url(f"**/desk/resident/{north.owner.pk}?take=repair")

    screen.keyboard.type("厨房爆管，水喷出来了")
    assert until(lambda: screen.input_value("#id_sort-field") == "plumbing:burst")
    assert screen.is_checked("input[name=urgency][value=emergency]")
    assert until(lambda: screen.locator("#id_executor option").count() > 1)
    screen.keyboard.press("Control+Enter")
    screen.wait_for_url("**/p/north/desk")
    case = Case.objects.get()
    assert (case.urgency, case.state, case.executor_id) == ("emergency", "dispatched", north.staff["technician"].pk)
    assert case.number in screen.content()

    screen.goto(f"/p/north/case/{case.pk}")
    screen.fill("#id_words", "业主已关总阀")
    screen.keyboard.press("Control+Enter")
    screen.wait_for_selector(".moment blockquote >> text=业主已关总阀")

    screen.goto("/p/north/desk")
    screen.keyboard.press("Alt+l")
    screen.wait_for_selector("#lockscreen[open]")
    screen.keyboard.type(PASSWORD)
    screen.keyboard.press("Enter")
    screen.wait_for_selector("#lockscreen", state="hidden")
    assert screen.url.endswith("/p/north/desk")


def test_what_was_typed_survives_a_refusal_and_a_lock(north: Community, screen: Any) -> None:
    account = Account.objects.get(username="north.receptionist")
    account.set_password(PASSWORD)
    account.save()
    screen.goto("/login")
    screen.fill("#id_username", "north.receptionist")
    screen.fill("#id_password", PASSWORD)
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/today")
    screen.goto("/p/north/desk/stranger")
    screen.fill("#id_content", "单元门打不开")
    screen.keyboard.press("Control+s")
    screen.wait_for_selector(".refusal")
    assert screen.input_value("#id_content") == "单元门打不开" and not Case.objects.exists()
