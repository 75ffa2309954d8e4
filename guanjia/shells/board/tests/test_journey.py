"""A screen on the wall and a manager at a desk, with the system's Chromium: paired, silent, revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from guanjia.people.tests.cast import Community
from guanjia.shells.board.models import Display
from guanjia.shells.board.operations import revoke_display
from guanjia.shells.field.tests.conftest import FLAGS, _other_sessions, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wall(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """`wall()` is a screen of 1920 × 1080 that nobody is signed in on."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)

        def hang() -> Any:
            context = chromium.new_context(
                viewport={"width": 1920, "height": 1080}, locale="zh-CN", base_url=live_server.url
            )
            context.set_default_timeout(60000)
            return context.new_page()

        yield hang
        chromium.close()
        connections.close_all()
    until(lambda: _other_sessions() == 0, 10)


def test_a_screen_is_paired_says_when_its_figures_stand_still_and_is_revoked(
    wall: Any, north: Community, client: Client
) -> None:
    from guanjia.parts.compliance.tests.test_sums import signed_in

    page = wall()
    page.clock.install()
    page.goto("/board")
    digits = page.inner_text(".pairing-code")
    url = f"/p/north/office/do/project/{north.project.pk}/board/pair_display"
    assert signed_in("north.manager").post(url, {"code": digits, "name": "大厅"}).status_code == 302
    page.clock.run_for(4000)
    page.wait_for_selector(".wall-in")
    assert page.inner_text("h1") == "青禾北苑客户服务中心"
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= 1080, height

    page.context.set_offline(True)
    page.clock.run_for(60_000)
    assert "更新" in page.inner_text("[data-fresh]")
    page.clock.run_for(90_000)
    assert "数据停在" in page.inner_text("[data-fresh].stale")

    page.context.set_offline(False)
    revoke_display(Display.objects.get(), by=north.by("manager"))
    page.clock.run_for(25_000)
    page.wait_for_selector(".pairing-code, form[action='/board/code']")
    assert page.locator(".wall-in").count() == 0
