"""The system's Chromium for the tests: it is started once for all of a worker's tests, and each has windows of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

PROGRAM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--password-store=basic",
    "--disable-backgrounding-occluded-windows", "--force-color-profile=srgb",
]  # fmt: skip
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


class Windows:
    """`windows(390)` opens one more; what its console says against the page's policy, or any error, fails the test."""

    def __init__(self, base_url: str, player: Any, address: str) -> None:
        self._base_url, self._player = base_url, player
        self._chromium = player.chromium.connect_over_cdp(address)
        self._own: list[Any] = []
        self.complaints: list[str] = []

    def __call__(
        self, width: int = 1440, *, client: Client | None = None, film: Path | None = None, **more: Any
    ) -> Any:
        """A page of that many px, as wide as a phone with a phone's touch; signed in as the client, where one is
        given; `film` is what its camera sees."""
        phone = width < 500
        context = self._seeing(film).new_context(
            **{"viewport": {"width": width, "height": 844 if phone else 900}, "is_mobile": phone, "has_touch": phone,
               "locale": "zh-CN", "base_url": self._base_url, **more}
        )  # fmt: skip
        self._own.append(context)
        context.set_default_timeout(60000)
        if client is not None:
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self._base_url}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if "Content Security" in line.text else None)
        return page

    def close(self) -> None:
        for one in reversed(self._own):
            one.close()
        self._chromium.close()

    def _seeing(self, film: Path | None) -> Any:
        """A camera is given to a browser when it starts."""
        if film is None:
            return self._chromium
        flags = [*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={film}"]
        self._own.append(self._player.chromium.launch(executable_path=PROGRAM, args=flags))
        return self._own[-1]


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """Where the running browser is spoken to."""
    with tempfile.TemporaryDirectory(prefix="guanjia-chromium-", ignore_cleanup_errors=True) as folder:
        options = ["--headless", *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
        process = subprocess.Popen([PROGRAM, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        said = Path(folder) / "DevToolsActivePort"
        try:
            assert until(lambda: said.exists() and len(said.read_text().split()) == 2), "Chromium does not start"
            yield "http://127.0.0.1:" + said.read_text().split()[0]
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def windows(live_server: Any, chromium: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """Windows onto the running product."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as player:
        opened = Windows(live_server.url, player, chromium)
        yield opened
        opened.close()
        connections.close_all()  # the loop of Playwright gave this test a connection of its own
    until(lambda: _other_sessions() == 0, 10)  # a request under way would keep the tables from being emptied
    assert not opened.complaints, opened.complaints


def _other_sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def until(question: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it comes true in time; by asking, since a page's policy forbids the script that would wait there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.1)
    return False
