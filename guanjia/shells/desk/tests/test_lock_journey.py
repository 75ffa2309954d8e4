"""The lock in a real browser: the warning, the page kept with what was written, the PIN, a colleague who takes over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.utils import timezone

from guanjia.people.models import Account
from guanjia.people.tests.cast import Community
from guanjia.web.tests.chromium import until

from .conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIN = "402917"
SHOTS = os.environ.get("GUANJIA_SHOTS", "")


def shot(page: Any, name: str) -> None:
    """Pictures to look at, when asked for."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def ready(community: Community, *who: str) -> None:
    for one in who:
        account = Account.objects.get(username=f"{community.project.code}.{one}")
        account.set_password(PASSWORD)
        account.set_pin(PIN)
        account.save()


def sit_down(page: Any, who: str) -> None:
    page.goto("/login")
    shot(page, f"login-{who}")
    page.fill("#id_username", f"north.{who}")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")


def test_an_idle_counter_warns_locks_and_keeps_what_was_written(north: Community, screen: Any) -> None:
    ready(north, "receptionist", "officer")
    screen.clock.install()
    sit_down(screen, "receptionist")
    screen.wait_for_url("**/today")
    screen.goto("/p/north/desk/stranger")
    screen.fill("#id_content", "单元门打不开")
    screen.clock.fast_forward(245_000)
    screen.wait_for_selector("#lockwarn[open]")
    shot(screen, "lock-warning")
    screen.mouse.move(200, 200)
    screen.wait_for_selector("#lockwarn", state="hidden")
    screen.clock.fast_forward(301_000)
    screen.wait_for_selector("#lockscreen[open]")
    assert not screen.is_visible("#id_content")
    shot(screen, "lock-screen")

    screen.fill("#lock-pin", "402918")
    screen.keyboard.press("Enter")
    screen.wait_for_selector("#lockscreen [data-refusal]:not([hidden])")
    screen.fill("#lock-pin", PIN)
    screen.keyboard.press("Enter")
    screen.wait_for_selector("#lockscreen", state="hidden")
    assert screen.input_value("#id_content") == "单元门打不开"

    screen.keyboard.press("Alt+l")
    screen.wait_for_selector("#lockscreen[open]")
    screen.click("#lockscreen summary")
    screen.fill("#lock-who", "north.officer")
    screen.fill("#lock-their-pin", PIN)
    shot(screen, "lock-colleague")
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/today")
    assert until(lambda: north.staff["officer"].name in screen.content())


def test_the_second_factor_is_set_up_and_asked_for(north: Community, screen: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    ready(north, "supervisor")
    sit_down(screen, "supervisor")
    screen.wait_for_url("**/account/second**")
    assert screen.locator("svg.qr path").count() == 1
    shot(screen, "second-set-up")
    screen.click("details.more summary")
    secret = screen.inner_text(".secret-text").replace(" ", "")
    screen.set_viewport_size({"width": 390, "height": 844})
    shot(screen, "second-set-up-390")
    screen.fill("#id_code", pyotp.TOTP(secret).at(timezone.now().timestamp() - 30))
    screen.fill("#id_password", PASSWORD)
    screen.keyboard.press("Enter")
    screen.wait_for_selector(".codes li")
    assert screen.locator(".codes li").count() == 10
    shot(screen, "second-codes-390")
    screen.goto("/account")
    shot(screen, "account-390")
    screen.context.clear_cookies()
    sit_down(screen, "supervisor")
    screen.wait_for_url("**/login/code")
    shot(screen, "second-step-390")
    screen.set_viewport_size({"width": 1440, "height": 900})
    shot(screen, "second-step")
    screen.fill("#id_code", pyotp.TOTP(secret).now())
    screen.keyboard.press("Enter")
    screen.wait_for_url(lambda url: "/login" not in url)
