"""At the gate: identity, purpose and the household's word before anybody is let in; out again; kept a year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjia.domains.visitors import jobs, papers, queries
from guanjia.domains.visitors.models import Document, Means, Visitor
from guanjia.domains.visitors.operations import (
    admit,
    arrive,
    clear,
    confirm,
    identify,
    leave,
    lift,
    put_on_watch,
    turn_away,
)
from guanjia.kernel.models import Event, PersonKey
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.entries.keepers import kept_forms
from guanjia.parts.instructions.operations import note
from guanjia.parts.papers.press import Press
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import made

pytestmark = pytest.mark.django_db
CARD = "330106199003074517"


def come(community: Community, who: str = "guard", **more: Any) -> Visitor:
    said = {"house": community.house.code, "name": "陶访客", "id_type": "id_card", "id_number": CARD,
            "phone": "13311110000", "purpose": "送家具", "headcount": 2, **more}  # fmt: skip
    return arrive(community.project, by=community.by(who), **said)


def agreed(visitor: Visitor, community: Community) -> Visitor:
    return confirm(visitor, by=community.by("guard"), who=community.owner, how="intercom")


@pytest.mark.clause("VIS-01")
@pytest.mark.clause("VIS-02")
def test_who_was_looked_at_and_agreed_to_is_let_in_and_written_down(north: Community) -> None:
    visitor = agreed(come(north), north)
    admit(visitor, by=north.by("guard"))
    assert (visitor.state, visitor.admitted_by, visitor.confirmed_by) == ("inside", north.staff["guard"], north.owner)
    assert queries.heads_inside(north.project, north.by("guard")) == 2
    leave(visitor, by=north.by("receptionist"))
    assert visitor.left_at and not queries.inside(north.project, north.by("guard")).exists()
    assert Event.objects.filter(subject_label="visitor", subject_id=visitor.pk).count() == 4


@pytest.mark.clause("VIS-01")
def test_without_the_households_word_nobody_is_let_in(north: Community) -> None:
    visitor = come(north)
    with pytest.raises(Refused) as refusal:
        admit(visitor, by=north.by("guard"))
    assert refusal.value.clause == "VIS-01"
    visitor.refresh_from_db()
    assert visitor.state == "waiting"


@pytest.mark.clause("VIS-01")
def test_without_a_document_nobody_is_let_in(north: Community) -> None:
    visitor = agreed(come(north, id_type="", id_number=""), north)
    with pytest.raises(Refused):
        admit(visitor, by=north.by("guard"))
    identify(visitor, by=north.by("guard"), id_type="passport", id_number="E12345678")
    admit(visitor, by=north.by("guard"))
    assert (visitor.id_type, visitor.id_tail) == ("passport", "5678")


@pytest.mark.clause("VIS-01")
def test_the_database_itself_lets_nobody_in_unconfirmed(north: Community) -> None:
    visitor = come(north)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visitor.objects.filter(pk=visitor.pk).update(state="inside", admitted_at=timezone.now())


def test_who_does_not_live_there_cannot_agree(north: Community) -> None:
    visitor = come(north)
    with pytest.raises(Refused) as refusal:
        confirm(visitor, by=north.by("guard"), who=north.stranger, how="phone")
    assert set(refusal.value.errors) == {"who"}


@pytest.mark.clause("VIS-02")
def test_of_the_document_only_the_last_four_stay(north: Community) -> None:
    visitor = come(north)
    assert (visitor.id_tail, visitor.masked_phone) == ("4517", "133****0000")
    event = Event.objects.get(name="visitors.arrive")
    assert CARD not in str(vars(visitor)) and CARD not in str(event.given)
    for value in ("陶访客", "13311110000"):
        assert value not in str(event.given)


def test_a_wrong_identity_card_number_is_refused(north: Community) -> None:
    with pytest.raises(Refused) as refusal:
        come(north, id_number="330106199003074519")
    assert set(refusal.value.errors) == {"id_number"} and not Visitor.objects.exists()


def test_where_the_house_admits_nobody_a_reason_is_asked_for(north: Community) -> None:
    note(north.project, by=north.by("receptionist"), house=north.house.code, kind="no_admission")
    visitor = agreed(come(north), north)
    with pytest.raises(Refused) as refusal:
        admit(visitor, by=north.by("guard"))
    assert set(refusal.value.errors) == {"heeded"}
    admit(visitor, by=north.by("guard"), heeded="业主电话同意，送冰箱")
    assert visitor.heeded and visitor.state == "inside"


def test_who_is_turned_away_does_not_come_in_later(north: Community) -> None:
    visitor = agreed(come(north), north)
    turn_away(visitor, by=north.by("guard"), why="业主改变主意")
    with pytest.raises(Conflict):
        admit(visitor, by=north.by("guard"))
    with pytest.raises(Conflict):
        leave(visitor, by=north.by("guard"))


# -- the watch list --------------------------------------------------------------------------------------------------


def listed(community: Community, **more: Any) -> Any:
    said = {"name": "贾某某", "level": "stop", "reason": "曾在楼道内推销并与住户争执",
            "until_on": timezone.localdate() + timedelta(days=90), **more}  # fmt: skip
    return put_on_watch(community.project, by=community.by("manager"), **said)


@pytest.mark.parametrize(
    "known", [{"id_number": CARD}, {"phone": "13311110000"}, {"plate": "浙A12345"}, {"name": "陶访客"}]
)
def test_who_is_on_the_list_is_stopped_by_whatever_they_are_known(north: Community, known: dict[str, str]) -> None:
    entry = listed(north, **known)
    visitor = agreed(come(north, plate="浙a·12345"), north)
    assert visitor.watch == entry and visitor.is_stopped
    with pytest.raises(Refused):
        admit(visitor, by=north.by("guard"))
    with pytest.raises(Forbidden):
        clear(visitor, by=north.by("guard"), why="看着面熟")
    clear(visitor, by=north.by("supervisor"), why="核对后是同名")
    identify(visitor, by=north.by("guard"), id_type="id_card", id_number=CARD)
    assert not visitor.is_stopped, "what was decided holds when the document is looked at again"
    admit(visitor, by=north.by("guard"))


def test_who_was_taken_off_or_is_only_told_of_is_let_in(north: Community) -> None:
    entry = listed(north, name="陶访客")
    lift(entry, by=north.by("manager"), why="误会已澄清")
    assert come(north).watch is None
    listed(north, name="陶访客", level="call")
    visitor = come(north)
    assert visitor.watch is not None and not visitor.is_stopped


def test_neither_number_nor_reason_of_the_list_is_kept_in_the_clear(north: Community) -> None:
    entry = listed(north, id_number=CARD, phone="13311110000")
    event = Event.objects.get(name="visitors.put_on_watch")
    assert CARD not in str(vars(entry)) and CARD not in str(event.given)
    assert "13311110000" not in str(vars(entry)) + str(event.given) and "推销" not in str(event.given)


def test_a_list_without_end_is_refused(north: Community) -> None:
    with pytest.raises(Refused):
        listed(north, until_on=timezone.localdate() + timedelta(days=900))
    with pytest.raises(Forbidden):
        put_on_watch(north.project, by=north.by("receptionist"), name="贾某某", level="stop", reason="不喜欢这个人",
                     until_on=timezone.localdate())  # fmt: skip


# -- reach, keeping, paper -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["technician", "cashier", "hr"])
def test_posts_away_from_the_gate_let_nobody_in(north: Community, who: str) -> None:
    visitor = agreed(come(north), north)
    with pytest.raises((Forbidden, Unknown)):
        admit(visitor, by=north.by(who))
    assert not Visitor.visible_to(north.by(who)).exists()


def test_a_visitor_of_another_project_is_unknown(north: Community, south: Community) -> None:
    with pytest.raises(Unknown):
        turn_away(come(north), by=south.by("guard"), why="不认识")


@pytest.mark.clause("VIS-02")
def test_after_a_year_the_names_go_and_the_rest_stays(north: Community) -> None:
    visitor = agreed(come(north), north)
    admit(visitor, by=north.by("guard"))
    leave(visitor, by=north.by("guard"))
    fresh = come(north, name="新访客")
    Visitor.objects.filter(pk=visitor.pk).update(left_at=timezone.now() - timedelta(days=366))
    jobs.forget_old()
    visitor.refresh_from_db()
    fresh.refresh_from_db()
    assert (visitor.name, str(visitor.phone), visitor.id_tail, visitor.house) == ("***", "", "", north.house)
    assert (
        fresh.name == "新访客" and not PersonKey.objects.filter(label="visitors.visitor", person_id=visitor.pk).exists()
    )


@pytest.mark.clause("VIS-02")
def test_the_register_of_a_day_prints_from_the_records(north: Community) -> None:
    visitor = agreed(come(north), north)
    admit(visitor, by=north.by("guard"))
    day = timezone.localdate()
    papers.print_register(north.project, by=north.by("guard"), day=day)
    rows = list(queries.of_day(north.project, north.by("guard"), day))
    printed = papers.values(rows[0])
    assert printed["phone"] == "133****0000" and printed["confirmed_by"] == north.owner.name
    assert made(papers.print_register, north.project, Press(north.by("guard")), day=day)[:4] == b"%PDF"
    assert "F-VISITOR" not in {form.id for form in kept_forms()}


def test_documents_and_means_are_those_of_the_book() -> None:
    from guanjia import book

    assert [key for key, *_ in book.enum("id_types")] == list(Document.values)
    assert [key for key, *_ in book.enum("confirm_modes")] == list(Means.values)
