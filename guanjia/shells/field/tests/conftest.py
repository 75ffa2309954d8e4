"""Somebody of the cast with a phone: a client that is logged in, or a browser of 390 px with a camera."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
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
def hand(windows: Any, phone: Any, tmp_path: Path) -> Callable[..., Any]:
    """`hand(north, "technician")` opens the browser of that person's phone; `sees=` is the code before its camera."""

    def open_for(community: Community, who: str, *, sees: str = "") -> Any:
        return windows(390, client=phone(community, who), film=filmed(sees, tmp_path) if sees else None)

    return open_for


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def arrived(north: Community) -> Case:
    case = taken(north)
    repairs.accept(case, by=north.by("technician"))
    repairs.agree_visit(case, by=north.by("technician"), appointment_from=timezone.now() + timedelta(hours=1))
    repairs.arrive(case, by=north.by("technician"))
    return case


def home(north: Community, tab: str = "") -> str:
    return f"/p/{north.project.code}/field/?tab={tab}"
