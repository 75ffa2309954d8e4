"""Left with us only with a lead's word; collected whole, in parts, by somebody else; asked after when late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.left_items.models import LeftItem, State
from guanjia.domains.left_items.operations import agree_later, chase, collect, collect_part, pass_on, take_in
from guanjia.domains.parcels.tests.taking import agreed, picture, taken
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Stored, Unknown
from guanjia.parts import handover
from guanjia.parts.approvals.tests.signing import agree, approved, stored, switched_off
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody import queries as custody
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def in_hours(hours: int) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def asked(north: Community, who: str = "receptionist", **more: Any) -> Any:
    given = {
        "house": north.house, "depositor": "沈住客", "depositor_phone": "13912345678", "description": "纸箱",
        "pieces": 3, "recipient": "周亲友", "recipient_phone": "13812345678", "due_at": in_hours(5),
        "position": "前台柜下", "reason": "亲友下午来取", "photos": [picture()], **more,
    }  # fmt: skip
    return take_in(north.project, by=north.by(who), **given)


@pytest.fixture
def boxes(north: Community) -> LeftItem:
    made: LeftItem = approved(lambda: asked(north))
    return made


@pytest.mark.clause("DESK-14")
def test_nothing_is_kept_until_a_lead_has_signed(north: Community) -> None:
    approval = stored(lambda: asked(north))
    assert not LeftItem.objects.exists()
    agree(approval, north.staff["supervisor"])
    item = LeftItem.objects.get()
    assert north.staff["supervisor"].name in item.approved_by and item.state == State.KEPT


@pytest.mark.clause("DESK-14")
def test_where_the_rule_was_switched_off_nothing_is_kept(north: Community) -> None:
    switched_off(north.project, "keeping-things")
    with pytest.raises(Refused) as refusal:
        asked(north)
    assert refusal.value.clause == "DESK-14" and not LeftItem.objects.exists()


@pytest.mark.clause("DESK-14")
def test_the_counter_does_not_sign_for_itself(north: Community) -> None:
    approval = stored(lambda: asked(north))
    for who in ("receptionist", "steward"):
        with pytest.raises((Refused, Forbidden, Unknown)):
            agree(approval, north.staff[who])
    assert not LeftItem.objects.exists()


@pytest.mark.clause("DESK-14")
def test_a_lead_who_takes_something_in_needs_another_lead(north: Community) -> None:
    with pytest.raises(Stored):
        asked(north, who="supervisor")
    assert not LeftItem.objects.exists()


@pytest.mark.clause("DESK-14")
def test_a_parcel_under_consent_needs_no_approval(north: Community) -> None:
    agreed(north)
    assert taken(north).pk


@pytest.mark.clause("DESK-15")
def test_what_the_register_asks_is_on_record(north: Community, boxes: LeftItem) -> None:
    assert (boxes.depositor, boxes.deposited, boxes.quantity, boxes.house) == ("沈住客", 3, 3, north.house)
    assert files.has(boxes, "reported") and boxes.keeper == north.staff["receptionist"]
    told = str(Event.objects.get(name="left_items.take_in").given)
    assert "沈住客" not in told and "13912345678" not in told


@pytest.mark.parametrize("wrong", [{"due_at": in_hours(-1)}, {"due_at": in_hours(24 * 100)}, {"depositor": ""}])
def test_without_a_name_or_an_end_it_is_not_even_asked_for(north: Community, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        asked(north, **wrong)
    assert set(refusal.value.errors) == set(wrong)


@pytest.mark.clause("DESK-15")
def test_parts_and_the_rest_balance(north: Community, boxes: LeftItem) -> None:
    by = north.by("receptionist")
    collect_part(boxes, by=by, pieces=1, proof="document", signature=picture())
    assert (boxes.quantity, boxes.state) == (2, State.KEPT)
    with pytest.raises(Refused):
        collect_part(boxes, by=by, pieces=2, proof="document", signature=picture())
    collect(boxes, by=by, proof="known", signature=picture())
    assert (boxes.quantity, boxes.state) == (0, State.COLLECTED) and boxes.collected_at
    assert sorted(one.quantity for one in custody.history(boxes)) == [1, 2]
    assert all(files.has(one, "signature") for one in custody.history(boxes))
    with pytest.raises(Conflict):
        collect(boxes, by=by, proof="known", signature=picture())


@pytest.mark.clause("DESK-15")
def test_without_a_signature_nothing_goes(north: Community, boxes: LeftItem) -> None:
    with pytest.raises(Refused) as refusal:
        collect(boxes, by=north.by("receptionist"), proof="known")
    assert "signature" in refusal.value.errors and boxes.quantity == 3


def test_pieces_that_do_not_balance_are_refused_by_the_database(boxes: LeftItem) -> None:
    for wrong in ({"quantity": 4}, {"quantity": 0}, {"state": State.COLLECTED, "collected_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeftItem.objects.filter(pk=boxes.pk).update(**wrong)


@pytest.mark.clause("DESK-14")
def test_passing_it_on_to_somebody_else_needs_a_lead_too(north: Community, boxes: LeftItem) -> None:
    given = {"recipient": "吴同事", "recipient_phone": "13712345678", "asked_by": "phone"}
    approval = stored(lambda: pass_on(boxes, by=north.by("receptionist"), **given))
    boxes.refresh_from_db()
    assert boxes.recipient == "周亲友"
    agree(approval, north.staff["supervisor"])
    boxes.refresh_from_db()
    assert boxes.recipient == "吴同事"
    collect(boxes, by=north.by("receptionist"), proof="document", signature=picture())
    assert custody.latest(boxes).outsider == "吴同事"


@pytest.mark.clause("HOUSE-06")
def test_the_agreed_time_is_a_clock_that_moves_and_stops(north: Community, boxes: LeftItem) -> None:
    by = north.by("receptionist")
    clock = Clock.objects.get(clause_id="HOUSE-06", subject_id=boxes.pk)
    assert clock.due_at == boxes.due_at
    with pytest.raises(Refused):
        chase(boxes, by=by, answer="明天来")
    LeftItem.objects.filter(pk=boxes.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    boxes.refresh_from_db()
    (line,) = [x for x in handover.found(north.project, by, posts.RECEPTIONIST) if x.line.key == "left_items.kept"]
    assert line.urgent_ids == [boxes.pk]
    chase(boxes, by=north.by("receptionist"), answer="明天来")
    agree_later(boxes, by=north.by("receptionist"), due_at=in_hours(30), answer="明天来")
    collect(boxes, by=north.by("receptionist"), proof="known", signature=picture())
    assert not Clock.objects.filter(subject_label="left_item", state="running").exists()


def test_who_keeps_nothing_and_another_project_take_nothing(
    north: Community, south: Community, boxes: LeftItem
) -> None:
    with pytest.raises(Forbidden):
        collect(boxes, by=north.by("technician"), proof="known", signature=picture())
    with pytest.raises(Unknown):
        collect(boxes, by=south.by("receptionist"), proof="known", signature=picture())
    with pytest.raises(Refused):
        asked(north, house=south.house)


@pytest.mark.clause("DESK-15")
def test_the_pages_and_the_paper(north: Community, boxes: LeftItem) -> None:
    client = north.signed_in("receptionist")
    assert "纸箱" in client.get(reverse("left_items:list", args=["north"])).content.decode()
    assert client.get(reverse("left_items:page", args=["north", boxes.pk])).status_code == 200
    assert client.get(reverse("left_items:new", args=["north"])).status_code == 200
    url = reverse("papers:sheet", args=["north", "left_item", boxes.pk, "left_items", "print_record"])
    assert client.post(url).content.startswith(b"%PDF")
    label = reverse("papers:sheet", args=["north", "left_item", boxes.pk, "left_items", "print_label"])
    assert client.post(label).content.startswith(b"%PDF")
    assert Event.objects.filter(name__startswith="left_items.print_").count() == 2
    collect(boxes, by=north.by("receptionist"), proof="document", signature=picture())
    assert client.post(label).status_code == 409  # nothing is here any more to put it on
    assert (
        client.post(
            reverse("papers:sheet", args=["south", "left_item", boxes.pk, "left_items", "print_record"])
        ).status_code
        == 404
    )
