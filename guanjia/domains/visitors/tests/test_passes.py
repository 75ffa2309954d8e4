"""Passes: a random code that opens once or for a period; of 200 at once one comes in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from guanjia.domains.visitors import codes, queries
from guanjia.domains.visitors.models import Pass, Visitor
from guanjia.domains.visitors.operations import admit_with_pass, issue, leave, put_on_watch, revoke
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.kernel.tests.together import at_once
from guanjia.people.erasing import erase
from guanjia.people.tests.cast import Community

CARD = "330106199003074517"
DOCUMENT: dict[str, Any] = {"id_type": "id_card", "id_number": CARD}


def given(community: Community, who: str = "owner", **more: Any) -> Pass:
    said = {"house": community.house.code, "visitor": "陶访客", "purpose": "探亲", **more}
    if who not in ("owner", "tenant", "stranger"):
        said.setdefault("asked_by", community.owner.name)
    return issue(community.project, by=community.by(who), **said)


def period(community: Community, **more: Any) -> Pass:
    return given(community, kind="period", until_at=timezone.now() + timedelta(days=7), **more)


@pytest.mark.django_db
@pytest.mark.clause("VIS-01")
def test_a_pass_is_the_households_word_and_opens_once(north: Community) -> None:
    one = given(north)
    visitor = admit_with_pass(one, by=north.by("guard"), **DOCUMENT)
    assert (visitor.state, visitor.confirmed_by, visitor.confirmed_how) == ("inside", north.owner, "appointment")
    one.refresh_from_db()
    assert (one.state, one.uses) == ("used", 1)
    with pytest.raises(Conflict):
        admit_with_pass(one, by=north.by("guard"), **DOCUMENT)
    assert Visitor.objects.count() == 1


@pytest.mark.django_db
def test_a_pass_for_a_period_opens_again_after_they_left(north: Community) -> None:
    one = period(north)
    first = admit_with_pass(one, by=north.by("guard"), **DOCUMENT)
    with pytest.raises(Conflict):
        admit_with_pass(one, by=north.by("guard"), **DOCUMENT)
    leave(first, by=north.by("guard"))
    admit_with_pass(one, by=north.by("guard"), **DOCUMENT)
    one.refresh_from_db()
    assert (one.state, one.uses, Visitor.objects.count()) == ("valid", 2, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(("begin", "end"), [(2, 3), (-3, -2)])
def test_before_and_after_its_time_it_opens_nothing(north: Community, begin: int, end: int) -> None:
    one = period(north)
    now = timezone.now()
    Pass.objects.filter(pk=one.pk).update(from_at=now + timedelta(days=begin), until_at=now + timedelta(days=end))
    with pytest.raises(Conflict):
        admit_with_pass(one, by=north.by("guard"), **DOCUMENT)
    assert not Visitor.objects.exists()


@pytest.mark.django_db
def test_what_was_taken_back_opens_nothing(north: Community) -> None:
    one = given(north)
    with pytest.raises(Unknown):
        revoke(one, by=north.by("stranger"))
    revoke(one, by=north.by("tenant"))
    with pytest.raises(Conflict):
        admit_with_pass(one, by=north.by("guard"), **DOCUMENT)
    with pytest.raises(Conflict):
        revoke(one, by=north.by("owner"))


@pytest.mark.django_db
def test_nobody_issues_one_for_a_house_that_is_not_theirs(north: Community) -> None:
    with pytest.raises(Refused):
        given(north, "stranger")
    with pytest.raises(Refused) as refusal:
        given(north, "receptionist", asked_by=north.stranger.name)
    assert set(refusal.value.errors) == {"asked_by"}
    with pytest.raises(Forbidden):
        given(north, "guard")
    assert not Pass.objects.exists()


@pytest.mark.django_db
def test_the_code_is_found_however_it_is_said_and_kept_sealed(north: Community, south: Community) -> None:
    one = given(north, "receptionist")
    code, by = str(one.code), north.by("guard")
    for said in (code, code.lower(), codes.spaced(code), f"GJ{code}", f" https://x/#GJ{code} "):
        assert queries.pass_by_code(north.project, by, said) == one, said
    for said in ("", "ABCD", code[:-1], "2" * 8 if code != "2" * 8 else "3" * 8):
        assert queries.pass_by_code(north.project, by, said) is None
    assert queries.pass_by_code(south.project, south.by("guard"), code) is None
    assert code not in str(Event.objects.get(name="visitors.issue").given)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, code_hash FROM visitors_pass")
        assert code.encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_pass_does_not_pass_the_watch_list(north: Community) -> None:
    put_on_watch(north.project, by=north.by("manager"), name="陶访客", level="stop", reason="多次尾随住户进楼",
                 until_on=timezone.localdate() + timedelta(days=9))  # fmt: skip
    visitor = admit_with_pass(given(north), by=north.by("guard"), **DOCUMENT)
    assert (visitor.state, visitor.is_stopped, visitor.admitted_at) == ("waiting", True, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "period"}, "until_at"),
        ({"until_at": "2020-01-01 10:00"}, "until_at"),
        ({"kind": "period", "until_at": "2099-01-01 10:00"}, "until_at"),
        ({"visitor": "=1+1"}, "visitor"),
        ({"headcount": 900}, "headcount"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(north: Community, more: Any, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        given(north, **more)
    assert set(refusal.value.errors) == {field} and not Pass.objects.exists()


@pytest.mark.django_db
def test_the_guests_of_an_erased_resident_are_forgotten(north: Community) -> None:
    one = period(north)
    erase(north.project.pk, north.owner.pk, timezone.now())
    one.refresh_from_db()
    assert (one.visitor, str(one.code), one.state) == ("***", "", "revoked")


# -- races -----------------------------------------------------------------------------------------------------------


def together(work: Any, many: int) -> list[str]:
    """The same by many at the same moment; what became of each."""
    return [_said(result) for result in at_once(*[work] * many)]


def _said(result: Any) -> str:
    if isinstance(result, Conflict | Refused):
        return result.sentence
    return type(result).__name__ if isinstance(result, Exception) else "in"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("many", [20, pytest.param(200, marks=pytest.mark.drill)])
def test_of_many_at_once_with_one_code_one_comes_in(north: Community, many: int) -> None:
    one, by = given(north), north.by("guard")
    outcomes = together(lambda: admit_with_pass(Pass.objects.filter(pk=one.pk)[0], by=by, **DOCUMENT), many)
    assert outcomes.count("in") == 1 and len(set(outcomes)) == 2 and len(outcomes) == many
    assert Visitor.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_database_still_lets_only_one_in(north: Community) -> None:
    """The control: rows written beside the operation race for the same pass, and the constraint holds."""
    one, now = given(north), timezone.now()

    def write() -> None:
        Visitor.objects.create(
            project=north.project, house=north.house, name="陶访客", purpose="探亲", visitor_pass=one, is_single=True,
            id_type="id_card", confirmed_how="appointment", state="inside", arrived_at=now, admitted_at=now,
            moved_at=now,
        )  # fmt: skip

    outcomes = together(write, 8)
    assert outcomes.count("in") == 1 and outcomes.count(IntegrityError.__name__) == 7
