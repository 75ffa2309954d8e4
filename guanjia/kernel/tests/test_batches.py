"""Many at once: all rows or none, refusals by row and field, one event with a manifest."""

from __future__ import annotations

from typing import Any

import pytest

from bench.counting import statements
from guanjia.kernel import events, operations, search
from guanjia.kernel.models import Event, IdempotencyKey, Made
from guanjia.kernel.operations import Call, guards
from guanjia.kernel.operations.batches import runs_of
from guanjia.kernel.outcomes import Forbidden, Refused, RefusedRows, Stored, Unknown
from guanjia.kernel.tests.models import Ticket
from guanjia.kernel.tests.room import bring_in, note_phone, open_ticket, take
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
WORDS = "灯门窗墙顶地"


def rows(*words: str, **more: Any) -> list[dict[str, Any]]:
    return [{"words": word, **more} for word in words]


def test_a_batch_leaves_one_event_with_its_manifest(north: Community) -> None:
    made = bring_in(north.project, rows(*WORDS), by=north.by("receptionist"), source={"file": "ab12", "name": "a.xlsx"})
    event = Event.objects.get(name="tests.bring_in")
    ids = [thing.pk for thing in made]
    assert (event.subject_label, event.subject_id) == ("project", north.project.pk)
    assert event.given["$batch"] == {
        "file": "ab12", "name": "a.xlsx", "made": 6, "kind": "ticket", "ids": [[min(ids), max(ids)]],
    }  # fmt: skip


def test_each_thing_of_a_batch_is_found_and_knows_where_it_comes_from(north: Community) -> None:
    made = bring_in(north.project, rows("屋面渗水", "卧室灯不亮"), by=north.by("receptionist"))
    assert search.found([north.project.pk], "ticket", "渗水") == [made[0].pk]
    take(made[0], by=north.by("steward"))
    assert [e.name for e in events.timeline(made[0])] == ["tests.take", "tests.bring_in"]
    assert [e.name for e in events.timeline(made[1])] == ["tests.bring_in"]


def test_every_refusal_names_row_and_field_and_nothing_is_written(north: Community, south: Community) -> None:
    given = [
        *rows("灯"),
        *rows(""),
        *rows("门", house=south.house.pk),
        *rows("窗", colour="红"),
        *rows("墙", house="x" * 40),
    ]
    with pytest.raises(RefusedRows) as refusal:
        bring_in(north.project, given, by=north.by("receptionist"), first=2)
    assert {n: sorted(fields) for n, fields in refusal.value.rows.items()} == {
        3: ["words"], 4: ["house"], 5: ["colour"], 6: ["house"],
    }  # fmt: skip
    assert "3" in str(refusal.value.errors["rows"][0]) and len(refusal.value.errors["rows"]) == 4
    assert not Ticket.objects.exists() and not Event.objects.exists() and not Made.objects.exists()


def test_what_the_body_refuses_is_counted_as_people_count(north: Community) -> None:
    with pytest.raises(RefusedRows) as refusal:
        bring_in(north.project, rows("灯", "门", "灯"), by=north.by("receptionist"), first=2)
    assert list(refusal.value.rows) == [4] and not Ticket.objects.exists()


def test_a_check_tells_what_would_be_refused_and_keeps_nothing(north: Community) -> None:
    by = north.by("receptionist")
    found = bring_in.check(north.project, rows("灯", "门", "灯"), by=by, first=2)
    assert found is not None and list(found.rows) == [4]
    assert bring_in.check(north.project, rows("灯", "门"), by=by) is None
    assert not Ticket.objects.exists() and not Event.objects.exists()


def test_the_same_batch_again_is_answered_not_made_again(north: Community) -> None:
    by = north.by("receptionist")
    first = bring_in(north.project, rows(*WORDS), by=by, key="k1")
    again = bring_in(north.project, rows(*WORDS), by=by, key="k1")
    assert [t.pk for t in first] == [t.pk for t in again] and Ticket.objects.count() == 6
    with pytest.raises(Refused):
        bring_in(north.project, rows("别的"), by=by, key="k1")


def test_who_may_not_or_sees_not_brings_in_nothing(north: Community, south: Community) -> None:
    with pytest.raises(Forbidden):
        bring_in(north.project, rows("灯"), by=north.by("guard"))
    with pytest.raises(Unknown):
        bring_in(north.project, rows("灯"), by=south.by("receptionist"))
    with pytest.raises(Refused):
        bring_in(north.project, [], by=north.by("receptionist"))
    assert not Ticket.objects.exists()


def test_the_statements_of_a_batch_do_not_grow_with_its_rows(north: Community) -> None:
    by = north.by("receptionist")
    counts = []
    for start in (0, 5):
        with statements() as seen:
            bring_in(
                north.project, rows(*(f"字{start}{n}" for n in range(5 + 40 * start)), house=north.house.pk), by=by
            )
        counts.append(len(seen))
    assert counts[1] <= counts[0] <= 8, counts  # the changed rights are read once for an actor


def test_a_stored_batch_waits_with_its_rows(north: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_guards", [])
    asked: list[Call] = []

    @operations.guard
    def put_forward(call: Call) -> Stored:
        asked.append(call)
        return Stored(north.project)

    with pytest.raises(Stored):
        bring_in(north.project, rows("灯", "门"), by=north.by("receptionist"))
    assert [r["words"] for r in asked[0].rows] == ["灯", "门"] and not Ticket.objects.exists()


# -- a verb on many things that exist --------------------------------------------------------------------------------


@pytest.fixture
def six(north: Community) -> list[Ticket]:
    return bring_in(north.project, rows(*WORDS), by=north.by("receptionist"))


def test_many_move_together_each_with_its_own_event(north: Community, six: list[Ticket]) -> None:
    done = take.many([(ticket, {}) for ticket in six], by=north.by("steward"))
    assert {t.state for t in done} == {"taken"} and Ticket.objects.filter(state="taken").count() == 6
    whole = Event.objects.get(name="tests.take", subject_label="project")
    each = Event.objects.filter(name="tests.take", subject_label="ticket")
    assert whole.given["$batch"]["done"] == 6 and set(each.values_list("cause_id", flat=True)) == {whole.pk}
    assert each.count() == 6 and each.first().changes["state"] == ["open", "taken"]


def test_one_that_cannot_be_done_holds_all_and_is_named(north: Community, six: list[Ticket]) -> None:
    take(six[2], by=north.by("steward"))
    with pytest.raises(RefusedRows) as refusal:
        take.many([(ticket, {}) for ticket in six], by=north.by("steward"))
    assert list(refusal.value.rows) == [3] and Ticket.objects.filter(state="taken").count() == 1


def test_many_ask_the_right_and_the_reach(north: Community, south: Community, six: list[Ticket]) -> None:
    with pytest.raises(Forbidden):
        take.many([(six[0], {})], by=north.by("guard"))
    with pytest.raises(Unknown):
        take.many([(six[0], {})], by=south.by("steward"))
    theirs = open_ticket(south.project, by=south.by("receptionist"), words="灯")
    with pytest.raises(Refused):
        take.many([(six[0], {}), (theirs, {})], by=north.by("steward"))
    with pytest.raises(Refused):
        take.many([(six[0], {}), (six[0], {})], by=north.by("steward"))
    assert not Ticket.objects.filter(state="taken").exists()


def test_many_again_with_the_same_key_are_answered(north: Community, six: list[Ticket]) -> None:
    by = north.by("steward")
    for _ in range(2):
        assert len(take.many([(ticket, {}) for ticket in six], by=by, key="m1")) == 6
    assert Event.objects.filter(name="tests.take").count() == 7 and IdempotencyKey.objects.count() == 1


def test_a_verb_that_is_not_declared_so_has_no_many(north: Community, six: list[Ticket]) -> None:
    with pytest.raises(TypeError):
        note_phone.many([(six[0], {"phone": "13900009999"})], by=north.by("receptionist"))


def test_runs_of_ids() -> None:
    assert runs_of([]) == [] and runs_of([5, 3, 4, 9]) == [(3, 5), (9, 9)]
