"""Foreign things: every address with an id × every role. What is not yours is not there (docs/who-sees-what.md)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia.config.management.commands import permissions
from guanjia.kernel import operations, subjects
from guanjia.people.models import Account
from guanjia.people.tests.cast import STAFF, Community
from guanjia.shells.api import things
from guanjia.shells.api.tests.caller import Caller

from . import reach

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NOWHERE = re.compile(r"(?<=[a-z])/\d+")
# Whose work differs: counter, district, phone, money, engineering, rules, staff matters, security.
ROLES = (
    "receptionist", "steward", "technician", "supervisor", "manager", "cashier", "administrator", "hr", "guard",
    "control_room", "engineering_supervisor",
)  # fmt: skip
RESIDENTS = ("owner", "tenant", "stranger")


def with_number() -> dict[str, str]:
    """Every named address of a project that holds more than the project: name → its pattern."""
    found = {}
    for address, name, view in permissions.addresses():
        rest = re.sub(r"<slug:project>|\(\?P<project>[^)]*\)", "", address)
        if ("<" in rest) and permissions.opener(view) != permissions.ANYONE and not name.endswith(":"):
            found[name] = address
    return found


def seat(community: Community, who: str) -> Client:
    account, client = Account.objects.get(username=f"{community.project.code}.{who}"), Client()
    client.force_login(account, backend="guanjia.people.login.AccountBackend")
    session = client.session
    session["generation"] = account.generation
    session.save()
    return client


NOT_ASKED: set[tuple[str, str]] = set()  # address and method that answered 405: not to be had there by anybody


def tried(client: Client, url: str) -> list[int]:
    """What reading and writing answer; 405 is neither."""
    found, address = [], NOWHERE.sub("/0", url)
    for method in ("get", "post"):
        if (address, method) not in NOT_ASKED:
            status = getattr(client, method)(url).status_code
            found += [status] if status != 405 else []
            NOT_ASKED.update([(address, method)] if status == 405 else [])
    return found


def urls(community: Community, code: str) -> dict[str, str]:
    """Every address with a number, about the things of one project, under the address of another or its own."""
    made = things_of(community)
    return {
        name: reverse(name, kwargs={"project": code, _number(name): made[label].pk, **reach.WORDS.get(name, {})})
        for name, label in reach.ROWS.items()
        if name in with_number()
    }


def things_of(community: Community) -> dict[str, Any]:
    """One of each kind that an address is about."""
    kept = getattr(community, "things", None)
    if kept is None:
        kept = {label: reach.thing(label, community) for label in sorted({*reach.ROWS.values()})}
        community.things = kept
    return dict(kept)


def verbs(community: Community, code: str) -> dict[str, str]:
    """Every verb of those things, at the page of verbs and at the office's."""
    made, found = things_of(community), {}
    for operation in permissions.performed():
        label = subjects.label_of(operation.model)
        thing = made.get(label)
        if thing is None or operation.internal or operation.creates:
            continue
        words = {"project": code, "label": label, "pk": thing.pk, "verb": operation.verb}
        room = operation.name.split(".")[0]
        found[f"acts:do {operation.name}"] = reverse("acts:do", kwargs=words)
        found[f"office:do {operation.name}"] = reverse("office:do", kwargs={**words, "room": room})
    return found


def _number(name: str) -> str:
    """How the address calls its number."""
    found = re.search(r"<id:(\w+)>", with_number()[name])
    assert found, name
    return found[1]


def test_every_address_with_a_number_has_a_row() -> None:
    known = {*reach.ROWS, *reach.EVERY_VERB, *reach.NO_THING}
    assert not set(with_number()) - known, "say in the room's tests/reach.py what kind of thing the number names"


def test_every_row_is_an_address_that_stands_or_will() -> None:
    labels = set(subjects.labels())
    assert not {name: label for name, label in reach.ROWS.items() if name in with_number() and label not in labels}


def test_what_is_anothers_is_not_there_under_the_own_address(north: Community, south: Community, known: None) -> None:
    """Staff of South, at home in South, name a thing of North."""
    let_in = []
    pages, acts = urls(north, "south"), verbs(north, "south")
    for who in ROLES:
        client = seat(south, who)
        for name, url in {**pages, **(acts if who in ("supervisor", "receptionist") else {})}.items():
            if reach.ROWS.get(name) not in reach.COMPANY and "/employee/" not in url:
                found = tried(client, url) if name in pages else [client.post(url).status_code]
                nobody = NOWHERE.sub(
                    "/987654321", url
                )  # a whole room that is shut answers the same for what is not there
                if set(found) - {404} and found != (tried(client, nobody) if name in pages else None):
                    let_in.append((who, name, found))
    assert not let_in


def test_another_project_is_not_there_at_all(north: Community, south: Community, known: None) -> None:
    let_in = []
    foreign = urls(north, "north")
    for who in ("receptionist", "manager", "administrator", *RESIDENTS):
        client = seat(south, who)
        let_in += [(who, name) for name, url in foreign.items() if set(tried(client, url)) - {404}]
    assert not let_in


def test_a_neighbour_and_who_lost_the_right_meet_nothing(north: Community) -> None:
    """Another household of the same project; a posting that ended; a home that ended; nobody."""
    own = urls(north, "north")
    neighbour = seat(north, "stranger")
    opened = {name for name, url in own.items() if set(tried(neighbour, url)) - {404}}
    assert opened == reach.NEIGHBOURS
    former, moved = seat(north, "receptionist"), seat(north, "tenant")
    reach.end_posting(north, "receptionist")
    reach.move_out(north, "tenant", timezone.now())
    for client in (former, moved, Client()):
        for name, url in own.items():
            answer = client.get(url)
            assert answer.status_code in (302, 405), (name, answer.status_code)
            if answer.status_code == 302:
                assert answer["Location"].startswith(("/login", "/portal")), name


def test_every_row_opens_for_somebody_of_its_own_project(north: Community, known: None) -> None:
    """The control: a sample that nobody may see would prove nothing."""
    closed = {name: url for name, url in urls(north, "north").items() if name in reach.ROWS}
    for who in (*ROLES, "officer", "service_manager", "owner"):
        client = seat(north, who)
        closed = {name: url for name, url in closed.items() if not set(tried(client, url)) - {404, 403}}
    assert not set(closed) - reach.ONE_STATE


def test_the_api_shows_no_thing_of_another_project(north: Community, south: Community, known: None) -> None:
    made = {label: reach.thing(label, north) for label in {*reach.ROWS.values()} - reach.COMPANY}
    let_in = []
    for who in ("manager", "receptionist", "technician", "owner"):
        caller = Caller(south, who)
        for kind in things.all_things().values():
            answer = caller.get(f"/{kind.slug}", limit=100)
            if answer.status_code == 200 and kind.label in made:
                ids = {one["id"] for one in answer.json()["items"]}
                let_in += [(who, kind.slug, "list")] if str(made[kind.label].pk) in ids else []
            if kind.label in made:
                one = caller.get(f"/{kind.slug}/{made[kind.label].pk}")
                let_in += [(who, kind.slug, one.status_code)] if one.status_code != 404 else []
                for verb in kind.verbs:
                    done = caller.post(f"/{kind.slug}/{made[kind.label].pk}/{verb}")
                    let_in += [(who, kind.slug, verb, done.status_code)] if done.status_code != 404 else []
    assert not let_in


def test_no_program_enters_without_a_living_token(north: Community) -> None:
    caller = Caller(north, "receptionist")
    reach.end_posting(north, "receptionist")
    for kind in things.all_things().values():
        assert caller.get(f"/{kind.slug}").status_code == 401
        assert Client().get(f"/api/p/north/{kind.slug}").status_code == 401


def test_every_kind_can_be_asked_for_its_reach() -> None:
    assert not [label for label in subjects.labels() if not hasattr(subjects.model_of(label), "visible_to")]
    assert {*STAFF} and operations.registry
