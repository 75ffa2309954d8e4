"""A screen on the wall and a manager at a desk, with the system's Chromium: paired, silent, revoked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guanjia.people.tests.cast import Community
from guanjia.shells.board.models import Display
from guanjia.shells.board.operations import revoke_display

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_screen_is_paired_says_when_its_figures_stand_still_and_is_revoked(
    windows: Any, north: Community, client: Client
) -> None:
    from guanjia.parts.compliance.tests.test_sums import signed_in

    page = windows(viewport={"width": 1920, "height": 1080})
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
