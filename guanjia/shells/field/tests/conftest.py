"""Somebody of the cast with a phone: a client that is logged in, or a browser of 390 px with a camera."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from PIL import Image

from guanjia.domains.repairs import operations as repairs
from guanjia.parts.casework.models import Case
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

BACKEND = "guanjia.people.login.AccountBackend"


@pytest.fixture
def phone() -> Any:
    """`phone(north, "technician")` gives the client of that person's phone."""

    def take(community: Community, who: str) -> Client:
        account = Account.objects.get(username=f"{community.project.code}.{who}")
        client = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"})
        client.force_login(account, backend=BACKEND)
        session = client.session
        session["generation"] = account.generation
        session.save()
        return client

    return take


def picture(name: str = "p.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def taken(community: Community, at: Any = None, **more: Any) -> Case:
    """An ordinary repair in the first house, sent to the technician."""
    given: dict[str, Any] = {
        "place": "home", "house": community.house, "content": "厨房水槽下方软管滴水", "resident": community.owner,
        "channel": "phone", "urgency": "ordinary", "category": "plumbing", "problem": "leak",
        "executor": community.staff["technician"], **more,
    }  # fmt: skip
    case: Case = repairs.record(
        community.project, by=community.by("receptionist", at), **{k: v for k, v in given.items() if v is not None}
    )
    return case


def url(community: Community, case: Case, verb: str = "") -> str:
    """The page of a case, or of a verb on it."""
    base = f"/p/{community.project.code}/field/case/{case.pk}"
    return f"{base}/do/{verb}" if verb else base


FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def filmed(text: str, folder: Path) -> Path:
    """A film of one QR, as a camera would see it."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=10, border=6)
    drawn = Image.open(out).convert("L")
    frame = Image.new("L", (640, 480), 255)
    frame.paste(drawn, ((640 - drawn.width) // 2, (480 - drawn.height) // 2))
    film = folder / "code.y4m"
    one = b"FRAME\n" + frame.tobytes() + bytes([128]) * (640 * 480 // 2)
    film.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + one * 3)
    return film


@pytest.fixture
def hand(live_server: Any, phone: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """`hand(north, "technician")` opens the browser of that person's phone; `sees=` is the code before its camera."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browsers = [playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)]

        def open_for(community: Community, who: str, *, sees: str = "") -> Any:
            if sees:
                film = [f"--use-file-for-fake-video-capture={filmed(sees, tmp_path)}"]
                flags = [*FLAGS, *CAMERA, *film]
                browsers.append(playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags))
            client = phone(community, who)
            context = browsers[-1].new_context(
                viewport={"width": 390, "height": 844},
                is_mobile=True,
                has_touch=True,
                locale="zh-CN",
                base_url=live_server.url,
            )
            context.set_default_timeout(60000)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
            return context.new_page()

        yield open_for
        for browser in browsers:
            browser.close()
        connections.close_all()  # the loop of Playwright gave this test a connection of its own
    until(lambda: _other_sessions() == 0, 10)  # a request under way would keep the test database from being dropped


def _other_sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def until(question: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.2)
    return False
