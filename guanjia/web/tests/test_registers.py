"""A register says what is its own; the rest is read from the fields of the model and from the pages beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q

from guanjia.people import posts
from guanjia.people.models import Duty, Employee, Occupancy, Resident
from guanjia.places.models import House
from guanjia.web.columns import choice, told
from guanjia.web.registers import Column, Filter, Register, dated, grow, minor, only, person, tag


@pytest.mark.parametrize(
    ("model", "name", "value", "kind"),
    [
        (Occupancy, "resident", "resident.name", "person"),
        (Occupancy, "house", "house.code", "text"),
        (Occupancy, "house.building", "house.building.name", "text"),
        (Occupancy, "role", "get_role_display", "text"),
        (Employee, "state", "get_state_display", "tag"),
        (Duty, "from_at", "from_at", "day"),
        (House, "floor", "floor", "num"),
        (House, "code", "code", "text"),
    ],
)
def test_a_name_is_read_as_what_the_field_is(model: Any, name: str, value: str, kind: str) -> None:
    column = told(name, model)
    field = model
    for step in name.split("."):
        field = getattr(field, "related_model", field)._meta.get_field(step)
    assert (column.value, column.kind, column.title) == (value, kind, field.verbose_name)


def test_a_word_says_what_differs_and_the_field_the_rest() -> None:
    assert told(minor(tag("role")), Occupancy) == Column("role", "get_role_display", "tag", is_minor=True)
    assert told(grow("name"), Resident).kind == "grow" and told(person("name"), Resident).kind == "person"
    assert told(Column("Who", "resident", is_minor=True), Occupancy) == Column("Who", "resident.name", "person", True)
    assert told(Column("Own", str), Occupancy) == Column("Own", str, "text")


def test_a_column_that_is_told_stays_as_it_is() -> None:
    once = told(minor("role"), Occupancy)
    assert told(once, Occupancy) == once


@pytest.mark.parametrize("name", ["nothing", "resident.nothing", "role.name"])
def test_a_name_that_is_no_field_is_refused_where_it_is_written(name: str) -> None:
    with pytest.raises(LookupError, match=name):
        told(name, Occupancy)


def test_values_are_written_as_their_kind_is() -> None:
    row = SimpleNamespace(paid=0, none=None, on=date(2026, 3, 12), at=datetime(2026, 3, 12, 20, tzinfo=UTC), phone="")
    shown = {c: Column("", c, k).of(row) for c, k in (("paid", "money"), ("none", "money"), ("phone", "phone"))}
    assert shown == {"paid": "¥ 0.00", "none": "", "phone": ""}
    assert [Column("", name, "date").of(row) for name in ("on", "at", "none")] == ["2026-03-12", "2026-03-13", ""]
    assert (Column("", "paid", "money").look, dated(Column("", "on")).look, Column("", "on").look) == (
        "num", "text", "text",
    )  # fmt: skip


def test_a_choice_by_name_offers_what_the_field_offers() -> None:
    found = choice("role", Occupancy)
    assert list(found.choices(None)) == list(Occupancy.Role.choices)
    assert found.where("owner") == Q(role="owner")
    renamed = choice(Filter("job", field="post"), Duty)
    assert renamed.name == "job" and renamed.where(posts.STEWARD) == Q(post=posts.STEWARD)
    one = only("late", "Late", Q(pk=1), value="so")
    assert choice(one, None) == one and list(one.choices(None)) == [("so", "Late")]


@pytest.mark.parametrize("said", ["house", "nothing", Filter("nothing", "Title", lambda project: [])])
def test_a_choice_that_is_no_field_of_choices_is_refused(said: Any) -> None:
    with pytest.raises(LookupError, match=said if isinstance(said, str) else "nothing"):
        choice(said, Occupancy)


def test_a_register_has_from_its_pages_what_it_does_not_say() -> None:
    pages: Any = SimpleNamespace(
        model=Resident, title="Residents", rows=lambda project, by: [], address=lambda one, project: "/", new_links=list
    )
    plain = Register("people", pages=pages, columns=("name",), hint="Name")
    assert (plain.of, plain.title, plain.rows, plain.page) == (Resident, "Residents", pages.rows, pages.address)
    assert plain.searched is not None and plain.new == pages.new_links
    own = Register("people", pages=pages, title="Own", columns=("name",), page=lambda one, project: "/x")
    assert own.title == "Own" and own.page(None, None) == "/x" and own.searched is None


def test_a_register_without_pages_says_its_title_and_its_rows() -> None:
    with pytest.raises(TypeError, match="people"):
        Register("people", of=Resident, title="Residents", columns=("name",))
