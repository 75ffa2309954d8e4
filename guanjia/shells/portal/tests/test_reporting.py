"""What residents report and ask: for the own home or a common part, once, and said in a sentence where it is bad."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanjia.domains.cases import operations as cases
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.files.queries import files_of
from guanjia.people.tests.cast import Community

from .conftest import picture, reported, url

pytestmark = pytest.mark.django_db


def sent(**more: Any) -> dict[str, Any]:
    """What the report page sends."""
    return {"place": "home", "what": "plumbing:leak", "content": "洗手盆下面滴水", "slot": "", **more}


@pytest.mark.clause("CASE-02", "RPR-02")
def test_a_report_with_a_photo_goes_to_the_steward_of_the_house(at_home: Any, north: Community) -> None:
    response = at_home(north, "owner").post(url(north, "report"), {**sent(), "photos": picture()})
    case = Case.objects.get()
    assert response.headers["Location"] == url(north, f"matter/{case.pk}")
    assert (case.resident, case.house, case.channel) == (north.owner, north.house, "portal")
    assert case.owner == north.staff["steward"] and files_of(case, "reported").count() == 1


def test_how_urgent_it_is_follows_from_what_it_is(at_home: Any, north: Community) -> None:
    at_home(north, "owner").post(url(north, "report"), sent(what="plumbing:burst", urgency="planned"))
    assert Case.objects.get().urgency == "emergency"


def test_the_same_report_sent_twice_is_one(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    for _time in range(2):
        client.post(url(north, "report"), sent(idempotency_key="a-key-of-the-phone"))
    assert Case.objects.count() == 1


def test_a_common_part_is_named(at_home: Any, north: Community) -> None:
    client = at_home(north, "tenant")
    assert client.post(url(north, "report"), sent(place="common", what="electrical:light")).status_code == 422
    client.post(url(north, "report"), sent(place="common", what="electrical:light", spot=north.spot.pk))
    assert Case.objects.get().spot == north.spot


def test_nobody_reports_for_another_home_or_in_anothers_name(north: Community) -> None:
    with pytest.raises(Refused):
        reported(north, "owner", house=north.neighbour_house)
    case = reported(north, "owner", resident=north.tenant, channel="phone", executor=north.staff["technician"])
    assert (case.resident, case.channel, case.executor) == (north.owner, "portal", None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "plumbing:none"}, "what"),
        ({"what": "elevator:trapped"}, "what"),
        ({"content": "漏" * 4_000_000}, "content"),
        ({"slot": "2020-01-01T10:00/2020-01-01T11:00"}, "slot"),
        ({"slot": "never/ever"}, "slot"),
    ],
)
def test_a_bad_report_is_said_in_a_sentence_and_changes_nothing(
    at_home: Any, north: Community, given: Any, field: str
) -> None:
    response = at_home(north, "owner").post(url(north, "report"), sent(**given))
    assert response.status_code in (422, 400) and not Case.objects.exists()
    if response.status_code == 422:
        assert list(response.context["errors"]) == [field]


def test_a_drawing_that_is_no_photo_is_refused(at_home: Any, north: Community) -> None:
    drawing = SimpleUploadedFile("a.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "image/jpeg")
    response = at_home(north, "owner").post(url(north, "report"), {**sent(), "photos": drawing})
    assert response.status_code == 422 and not Case.objects.exists()


def test_the_same_matter_again_asks_whether_it_is_the_same(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "report"), sent())
    assert client.post(url(north, "report"), sent()).status_code == 422
    client.post(url(north, "report"), sent(apart="on"))
    assert Case.objects.count() == 2


def test_what_a_neighbour_reported_is_not_told(at_home: Any, north: Community) -> None:
    light = {"place": "common", "spot": north.spot.pk, "what": "electrical:light", "content": "地库第三排灯不亮"}
    at_home(north, "stranger").post(url(north, "report"), light)
    response = at_home(north, "owner").post(url(north, "report"), light)
    assert response.status_code == 302 and Case.objects.count() == 2


def test_danger_to_life_is_answered_at_once_with_whom_to_ring(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "report"), sent(what="other:other", content="厨房有煤气味"))
    page = client.get(url(north, f"matter/{Case.objects.get().pk}")).content.decode()
    assert f"tel:{north.project.hotline}" in page and "tel:119" in page and 'class="alarm"' in page
    colleagues = [person.name for person in north.staff.values()]
    alarm = page.split('class="alarm"')[1].split("</div>")[0]
    assert not any(name in alarm for name in colleagues)


def test_a_question_goes_to_the_steward_and_its_answer_is_read(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "question"), {"content": "装修要办什么手续？"})
    case = Case.objects.get()
    assert case.kind == "enquiry" and case.owner == north.staff["steward"]
    cases.answer(case, by=north.by("officer"), reply="带图纸到前台登记")
    assert "带图纸到前台登记" in client.get(url(north, f"matter/{case.pk}")).content.decode()
