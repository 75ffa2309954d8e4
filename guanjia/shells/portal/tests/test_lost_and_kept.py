"""What I miss and what was found; what is lent to me and left for my house: mine, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.goods.operations import lend, register_good
from guanjia.domains.left_items.models import LeftItem
from guanjia.domains.left_items.tests.test_keeping import asked
from guanjia.domains.lostfound.models import Loss
from guanjia.domains.lostfound.operations import give_up, register_find
from guanjia.domains.parcels.tests.taking import agreed, taken
from guanjia.parts.approvals.tests.signing import approved
from guanjia.parts.custody.models import Handout
from guanjia.parts.outreach.tests.test_notices import told
from guanjia.people.models import Occupancy
from guanjia.people.tests.cast import Community
from guanjia.web import qr

from .conftest import url

pytestmark = pytest.mark.django_db


def page(at_home: Any, north: Community, who: str, name: str) -> str:
    return str(at_home(north, who).get(url(north, name)).content.decode())


def missed(at_home: Any, north: Community, **more: Any) -> Loss:
    said = {"description": "蓝色雨伞", "place": "大堂", "lost_on": timezone.localdate().isoformat(), **more}
    answer = at_home(north, "owner").post(url(north, "lost/new"), said)
    assert answer.status_code == 302, answer.content.decode()
    return Loss.objects.latest("id")


def found(north: Community, **more: Any) -> None:
    given = {"description": "黑色雨伞", "features": "柄上有刻字", "place": "三幢大堂", "position": "前台", **more}
    register_find(north.project, by=north.by("receptionist"), photos=[], **given)


@pytest.mark.parametrize("name", ["lost", "lost/new", "kept"])
def test_the_pages_open_for_residents_only(client: Any, at_home: Any, north: Community, name: str) -> None:
    assert client.get(url(north, name)).status_code == 302
    assert at_home(north, "owner").get(url(north, name)).status_code == 200


@pytest.mark.clause("LOST-02")
def test_a_resident_reports_a_loss_for_themself_and_ends_the_search(at_home: Any, north: Community) -> None:
    loss = missed(at_home, north, outsider="别人", resident=north.stranger.pk)
    assert (loss.resident, loss.outsider, loss.state) == (north.owner, "", "missed_still")
    client = at_home(north, "owner")
    assert "蓝色雨伞" in client.get(url(north, "lost")).content.decode()
    assert client.post(url(north, "lost"), {"end": loss.pk}).status_code == 302
    loss.refresh_from_db()
    assert loss.state == "loss_closed"


@pytest.mark.clause("LOST-02")
def test_the_front_desk_is_told_of_a_loss_and_its_owner_of_the_answer(at_home: Any, north: Community) -> None:
    loss = missed(at_home, north)
    assert told(north, "loss_reported") == {"receptionist", "control_room"}
    desk = north.signed_in("receptionist").get("/p/north/today").content.decode()
    assert "报失：蓝色雨伞" in desk and f"/p/north/losses/{loss.pk}" in desk
    assert "蓝色雨伞" not in north.signed_in("technician").get("/p/north/today").content.decode()
    give_up(loss, by=north.by("receptionist"), answer="三日内没有人交来")
    assert told(north, "loss_answered") == {f"resident {north.owner.pk}"}
    assert "报失：蓝色雨伞" not in north.signed_in("receptionist").get("/p/north/today").content.decode()


def test_who_ends_the_search_themself_is_told_nothing(at_home: Any, north: Community) -> None:
    loss = missed(at_home, north)
    at_home(north, "owner").post(url(north, "lost"), {"end": loss.pk})
    assert told(north, "loss_answered") == set()


def test_a_day_to_come_keeps_what_was_written(at_home: Any, north: Community) -> None:
    said = {"description": "蓝色雨伞", "lost_on": (timezone.localdate() + timedelta(days=2)).isoformat()}
    answer = at_home(north, "owner").post(url(north, "lost/new"), said)
    assert answer.status_code == 422 and "蓝色雨伞" in answer.content.decode() and not Loss.objects.exists()


def test_the_neighbour_neither_sees_nor_ends_my_loss(at_home: Any, north: Community) -> None:
    loss = missed(at_home, north)
    assert "蓝色雨伞" not in page(at_home, north, "stranger", "lost")
    for said in (loss.pk, "x", "9" * 40):
        assert at_home(north, "stranger").post(url(north, "lost"), {"end": said}).status_code == 404
    loss.refresh_from_db()
    assert loss.state == "missed_still"


def test_finds_are_read_without_what_only_the_owner_knows(at_home: Any, north: Community) -> None:
    found(north)
    found(north, description="黑色钱包", is_valuable=True)
    shown = page(at_home, north, "owner", "lost")
    assert "黑色雨伞" in shown and "三幢大堂" in shown
    assert "刻字" not in shown and "钱包" not in shown.replace("手机、钱包、钥匙", "")


def test_what_is_lent_to_me_stands_there_and_not_at_the_neighbours(at_home: Any, north: Community) -> None:
    good = register_good(north.project, by=north.by("receptionist"), name="轮椅", position="前台后柜")
    due = timezone.now() + timedelta(hours=4)
    lend(good, by=north.by("receptionist"), resident=north.owner, due_at=due)
    assert "轮椅" in page(at_home, north, "owner", "kept")
    assert "轮椅" not in page(at_home, north, "stranger", "kept")
    assert not Handout.visible_to(north.by("stranger")).exists()


def test_what_was_left_for_the_house_is_not_of_who_came_later(at_home: Any, north: Community) -> None:
    approved(lambda: asked(north))
    item = LeftItem.objects.get()
    assert item.description in page(at_home, north, "owner", "kept")
    assert item.description not in page(at_home, north, "stranger", "kept")
    assert "13912345678" not in page(at_home, north, "owner", "kept")
    tomorrow = timezone.localdate() + timedelta(days=1)
    Occupancy.objects.filter(resident=north.tenant).update(from_on=tomorrow)
    assert not LeftItem.visible_to(north.by("tenant")).exists()


def test_a_parcels_code_is_a_picture_too(at_home: Any, north: Community) -> None:
    agreed(north)
    parcel = taken(north)
    assert qr.picture(parcel.code) in page(at_home, north, "owner", "parcels")
    assert "data:image/png" not in page(at_home, north, "stranger", "parcels")
