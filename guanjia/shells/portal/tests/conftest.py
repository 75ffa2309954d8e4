"""Somebody of the cast at home with a phone, and matters in the states that residents meet."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from guanjia.domains.repairs import operations as repairs
from guanjia.parts.casework.models import Case
from guanjia.parts.outreach.models import Channel, Kind
from guanjia.people import sessions
from guanjia.people.login import actor_of
from guanjia.people.tests.cast import Community

BACKEND = "guanjia.people.login.AccountBackend"
AGENT = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0"}


@pytest.fixture
def codes_go_out(north: Community) -> None:
    """The company has a gateway for short messages."""
    Channel.objects.create(project=north.project, kind=Kind.SMS, provider=Channel.Provider.ALIYUN)


@pytest.fixture
def at_home() -> Any:
    """`at_home(north, "owner")` gives the client of that resident's phone."""

    def take(community: Community, who: str) -> Client:
        account = community.accounts[who]
        client = Client(headers=AGENT)
        client.force_login(account, backend=BACKEND)
        session, by = client.session, actor_of(account)
        assert by is not None
        sessions.begin(session, account, by, by.at, is_phone=True)
        session.save()
        return client

    return take


def picture(name: str = "p.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def reported(community: Community, who: str = "owner", **more: Any) -> Case:
    """A leak that a resident reported themself."""
    given = {
        "place": "home", "house": community.house if who != "stranger" else community.neighbour_house,
        "content": "厨房水槽下方软管滴水", "category": "plumbing", "problem": "leak", **more,
    }  # fmt: skip
    case: Case = repairs.record(community.project, by=community.by(who), **given)
    return case


def working(community: Community, **more: Any) -> Case:
    """The technician is there."""
    case = reported(community, **more)
    technician = community.by("technician")
    repairs.dispatch(case, by=community.by("officer"), executor=community.staff["technician"])
    repairs.accept(case, by=technician)
    start = technician.at.replace(microsecond=0)
    repairs.agree_visit(case, by=technician, appointment_from=start)
    repairs.arrive(case, by=community.by("technician"))
    return case


def done(community: Community) -> Case:
    """It waits for the resident's word."""
    case = working(community)
    repairs.finish(
        case,
        by=community.by("technician"),
        work_done="更换软管，闭水二十分钟无渗点",
        finding="fixed",
        photos=[picture()],
    )
    return case


def url(community: Community, name: str = "", base: str = "home") -> str:
    return f"/p/{community.project.code}/{base}/{name}"
