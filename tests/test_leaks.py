"""Planted personal values (those that `guanjia demo --describe` prints) stand only where they belong.

Lists, pages, search, exports, the API, the log, the queue of jobs, answers kept for retries, the journal.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guanjia.config.demo import describe
from guanjia.config.management.commands import permissions
from guanjia.domains.residents.operations import add_care_tag
from guanjia.people.models import EmergencyContact
from guanjia.people.tests.cast import Community
from guanjia.shells.api import things
from guanjia.shells.api.tests.caller import Caller

from . import reach
from .test_reach import ROLES, seat, urls

pytestmark = [pytest.mark.django_db, pytest.mark.long]
CARDS = {"north": "33010619900307451X", "south": "330106198511235722"}
# Who may read the care note of the household (docs/who-sees-what.md); the technician because the case is theirs, the
# owner because it is about them.
READS_CARE = {"receptionist", "steward", "supervisor", "manager", "control_room", "technician", "owner"}


@pytest.fixture
def planted(north: Community, south: Community) -> dict[str, dict[str, set[str]]]:
    """Project → kind → values, put in and then read as the demo describes itself."""
    found: dict[str, dict[str, set[str]]] = {}
    for community in (north, south):
        code, owner = community.project.code, community.owner
        owner.set_id_number(CARDS[code])
        owner.save()
        add_care_tag(owner, by=community.by("steward"), kind="sick", note=f"心脏搭桥勿按门铃{code}")
        EmergencyContact.objects.create(
            project=community.project, resident=owner, name=f"紧急{owner.name}", phone=f"{owner.phone[:-3]}777"
        )
        reach.MAKERS["case"](community)
        found[code] = {}
        for household in describe._planted(community.project).values():
            for kind, values in household.items():
                found[code].setdefault(kind, set()).update(values)
    return found


def numbers(planted: dict[str, dict[str, set[str]]]) -> set[str]:
    """What stands in full nowhere, whoever looks."""
    return {v for kinds in planted.values() for kind in ("phones", "id_numbers") for v in kinds[kind]}


def pages(community: Community, client: Client) -> Iterator[tuple[str, str]]:
    """Every page that opens by reading: those of the project, and those of its things."""
    code = community.project.code
    own = urls(community, code)
    for address, name, view in permissions.addresses():
        plain = re.sub(r"<slug:project>", "", address)
        if (
            "<slug:project>" in address
            and "<" not in plain
            and permissions.opener(view) != permissions.ANYONE
            and name[-1] != ":"
        ):
            own.setdefault(name, reverse(name, args=[code]))
    for name, url in own.items():
        answer = client.get(url)
        if answer.status_code == 200 and not answer.streaming and "text/" in answer["Content-Type"]:
            yield name, answer.content.decode()


@pytest.mark.parametrize("who", [*ROLES, "owner", "stranger"])
def test_no_page_tells_what_is_not_this_roles(
    north: Community, south: Community, planted: dict[str, dict[str, set[str]]], known: None, who: str
) -> None:
    client, told = seat(south, who), []
    foreign = {value for values in planted["north"].values() for value in values}
    for name, text in pages(south, client):
        told += [(name, value) for value in numbers(planted) | foreign if value in text]
        if who not in READS_CARE:
            told += [(name, note) for note in planted["south"]["care_notes"] if note in text]
    assert not told


def test_who_may_read_the_care_note_finds_it(north: Community, south: Community, planted: Any) -> None:
    """The control: the search above would see it."""
    (note,) = planted["south"]["care_notes"]
    for who in ("receptionist", "steward"):
        assert any(note in text for _name, text in pages(south, seat(south, who))), who


def test_the_bar_finds_the_own_by_the_whole_number_and_shows_it_masked(
    north: Community, south: Community, planted: Any
) -> None:
    client, url = seat(south, "receptionist"), reverse("desk:bar", args=["south"])
    head = {"HX-Request": "true"}
    own = client.post(url, {"q": south.owner.phone}, headers=head).content.decode()
    assert south.owner.name in own and south.owner.phone not in own.replace(f'value="{south.owner.phone}"', "")
    for asked in (north.owner.phone, north.owner.name, CARDS["north"]):
        found = client.post(url, {"q": asked}, headers=head).content.decode()
        assert north.owner.name not in found.replace(asked, "") and "resident/" not in found
    ending = client.post(url, {"q": north.owner.phone[-4:]}, headers=head).content.decode()
    assert north.owner.name not in ending and north.owner.phone[:3] + "****" not in ending


@pytest.mark.parametrize("name", ["office:residents", "office:staff"])
def test_an_export_holds_no_number_in_full(north: Community, south: Community, planted: Any, name: str) -> None:
    answer = seat(north, "manager").post(reverse(name, args=["north"]), {"export": "1"})
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = "".join(book.read(one).decode("utf-8", "ignore") for one in book.namelist())
    assert not [v for v in numbers(planted) | planted["south"]["names"] | planted["north"]["care_notes"] if v in text]


@pytest.mark.parametrize("who", ["receptionist", "steward", "technician", "manager", "administrator", "owner"])
def test_the_api_tells_no_number_no_note_and_nothing_foreign(
    north: Community, south: Community, planted: Any, known: None, who: str
) -> None:
    caller, told = Caller(south, who), []
    hidden = numbers(planted) | planted["north"]["names"] | planted["south"]["care_notes"]
    for kind in things.all_things().values():
        text = caller.get(f"/{kind.slug}", limit=100).content.decode()
        told += [(kind.slug, value) for value in hidden if value in text]
    assert not told


def test_nothing_stands_open_in_the_journal_the_queue_the_answers_or_the_log(
    north: Community, south: Community, planted: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = seat(north, "receptionist")
    client.get(reverse("desk:bar", args=["north"]) + f"?q={north.owner.phone}")
    client.post(reverse("desk:bar", args=["north"]), {"q": north.owner.name})
    stored = reach.everything_stored() + caplog.text
    values = numbers(planted) | {v for kinds in planted.values() for k in ("names", "care_notes") for v in kinds[k]}
    assert len(stored) > 1000 and not [value for value in values if value in stored]
