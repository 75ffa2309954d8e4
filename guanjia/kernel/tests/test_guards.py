"""What stands between the checks and the body: a guard that stores or refuses a call, and the second person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django import forms

from guanjia.kernel import operations
from guanjia.kernel.actors import Actor, Present, system
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.models import Event
from guanjia.kernel.operations import Call, guards
from guanjia.kernel.outcomes import Conflict, Refused, Stored
from guanjia.kernel.tests.models import Ticket
from guanjia.kernel.tests.room import close, note_phone, open_ticket, take, unseal
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Call]]:
    """A guard that stores every taking as a ticket of its own, and remembers what it was asked."""
    seen: list[Call] = []
    monkeypatch.setattr(guards, "_guards", [])

    @operations.guard
    def put_forward(call: Call) -> Stored | None:
        seen.append(call)
        if call.operation is not take:
            return None
        kept = Ticket.objects.create(project=call.subject.project, words="kept", moved_at=call.by.at)
        return Stored(kept, "Put forward.")

    yield seen


def test_a_stored_call_changes_nothing_but_what_the_guard_wrote(north: Community, calls: list[Call]) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    with pytest.raises(Stored) as stored:
        take(ticket, by=north.by("steward"))
    assert stored.value.sentence == "Put forward." and Ticket.objects.filter(pk=stored.value.thing.pk).exists()
    ticket.refresh_from_db()
    assert ticket.state == "open" and not Event.objects.filter(name="tests.take").exists()


def test_a_retried_stored_call_is_stored_once(north: Community, calls: list[Call]) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    by = north.by("steward")
    things: list[Any] = []
    for _ in range(2):
        with pytest.raises(Stored) as stored:
            take(ticket, by=by, key="k1")
        things.append(stored.value.thing.pk)
    assert things[0] == things[1] and Ticket.objects.filter(words="kept").count() == 1


def test_a_guard_is_asked_only_for_what_would_be_done(north: Community, calls: list[Call]) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    calls.clear()
    with pytest.raises(Conflict):
        close(ticket, by=north.by("steward"))
    with pytest.raises(Refused):
        note_phone(ticket, by=north.by("receptionist"), phone="")
    assert calls == []
    note_phone(ticket, by=north.by("receptionist"), phone="13900009999")
    assert calls[0].given == {"phone": "13900009999"} and calls[0].subject.pk == ticket.pk


def test_the_system_is_not_asked(north: Community, calls: list[Call]) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    take(ticket, by=system())
    assert ticket.state == "taken"


def test_a_guard_that_refuses_holds_the_thing(north: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = open_ticket(north.project, by=north.by("receptionist"), words="灯")
    monkeypatch.setattr(guards, "_guards", [])

    @operations.guard
    def hold(call: Call) -> None:
        raise Conflict("", "It waits for approval.")

    with pytest.raises(Conflict):
        take(ticket, by=north.by("steward"))
    ticket.refresh_from_db()
    assert ticket.state == "open"


def beside(north: Community, by: Actor, post: str) -> Actor:
    other = north.by(post)
    return replace(by, present=(Present(other.id, other.name, other.posts, "pin"),))


def test_a_countersigned_act_needs_another_person_of_the_right_post(north: Community) -> None:
    by = north.by("receptionist")
    ticket = open_ticket(north.project, by=by, words="灯")
    for alone in (by, beside(north, by, "guard"), beside(north, by, "receptionist")):
        with pytest.raises(Refused) as refusal:
            unseal(ticket, by=alone)
        assert set(refusal.value.errors) == {"present"} and ticket.words == "灯"
    unseal(ticket, by=beside(north, by, "steward"))
    told = Event.objects.get(name="tests.unseal").given["$present"]
    assert ticket.words == "unsealed" and told[0]["id"] == north.by("steward").id and told[0]["how"] == "pin"


@pytest.mark.parametrize("name", ["key", "by", "at", "idempotency_key"])
def test_a_field_that_a_call_uses_itself_is_refused_at_start(name: str) -> None:
    form = type("Clashing", (OperationForm,), {name: forms.CharField(max_length=5)})
    with pytest.raises(ValueError, match=name):

        @operations.operation(Project, label="x", form=form)
        def clash(project: Project, *, by: Actor) -> None:
            """Never bound."""

    assert "tests.clash" not in operations.registry
