"""What a resident reads while acting: only what can be mended on the page, said to the one who reads it, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.cases.operations import record_enquiry
from guanjia.parts.clocks.models import Clock
from guanjia.parts.instructions.models import Instruction
from guanjia.people.tests.cast import Community

from .. import progress
from .conftest import done, reported, url, working

pytestmark = pytest.mark.django_db


def test_a_confirmation_without_a_choice_asks_for_that_alone(at_home: Any, north: Community) -> None:
    """How it came (online) is known: nobody is asked for what the page does not show."""
    answer = at_home(north, "owner").post(url(north, f"matter/{done(north).pk}/confirm"), {"words": "好"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "还没有选" in page and "data-refusals" not in page
    assert "更换软管，闭水二十分钟无渗点" in page


def test_a_guest_without_a_name_is_asked_for_the_name_alone(at_home: Any, north: Community) -> None:
    answer = at_home(north, "owner").post(url(north, "visitors/new"), {"purpose": "探亲", "kind": "once"})
    assert answer.status_code == 422 and answer.content.decode().count("还没有填") == 1


def test_nothing_chosen_asks_nothing_of_whoever_stands_at_the_door(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    assert '<option value="" selected>' in client.get(url(north, "instructions")).content.decode()
    assert client.post(url(north, "instructions"), {"kind": ""}).status_code == 422
    assert not Instruction.objects.exists()


def test_a_report_with_nothing_chosen_asks_what_it_is_and_nothing_twice(at_home: Any, north: Community) -> None:
    page = at_home(north, "owner").post(url(north, "report"), {"place": "home"}).content.decode()
    assert "请选一下是什么问题" in page and "还没有填" not in page


def test_labels_speak_to_the_resident_also_when_refused(at_home: Any, north: Community) -> None:
    case, client = reported(north), at_home(north, "owner")
    assert "想说的话" in client.get(url(north, f"matter/{case.pk}/chase")).content.decode()
    for answer in (
        client.get(url(north, f"matter/{case.pk}/note")), client.post(url(north, f"matter/{case.pk}/note"), {}),
    ):  # fmt: skip
        assert "要补充的情况" in answer.content.decode()


def test_a_question_is_withdrawn_as_a_question(at_home: Any, north: Community) -> None:
    case = record_enquiry(
        north.project, by=north.by("owner"), place="home", house=north.house, content="装修要办什么手续", apart=True
    )
    page = at_home(north, "owner").get(url(north, f"matter/{case.pk}")).content.decode()
    assert "撤销咨询" in page and "撤销报修" not in page


def test_a_visit_is_promised_by_its_hour_and_kept_at_an_hour(north: Community) -> None:
    case, at = working(north), timezone.now()
    kept = {p["kind"]: p for p in progress.promises(case, at)}["到场"]
    clock = Clock.objects.get(rule_key="repairs.keep_the_visit", subject_id=case.pk)
    assert clock.stopped_at is not None and kept["real"] == progress.moment(clock.stopped_at, at)
    assert progress.moment(clock.due_at, at) in kept["limit"]


def test_what_was_taken_down_is_said_on_the_page_that_is_read(at_home: Any, north: Community) -> None:
    """The script of the phone fetches where an act led to, and then opens it: said only there."""
    client = at_home(north, "owner")
    sent = {"place": "home", "what": "plumbing:leak", "content": "滴水", "slot": ""}
    led = client.post(url(north, "report"), sent, headers={"X-Requested-With": "fetch"}).headers["Location"]
    fetched = client.get(led, headers={"X-Requested-With": "fetch"}).content.decode()
    read = client.get(led).content.decode()
    assert "查询编号" not in fetched and "查询编号" in read
    assert "查询编号" not in client.get(led).content.decode()
