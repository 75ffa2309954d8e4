"""A case on paper: from the real record, masked, and every printing leaves an event."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import pytest

from guanjia.domains.cases.operations import record_enquiry
from guanjia.domains.repairs.tests.taking import done, take
from guanjia.kernel.models import Event
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
needs_reader = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def text(pdf: bytes) -> str:
    made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(made.stdout.decode().split())


@pytest.mark.clause("RPR-01")
@needs_reader
def test_the_repair_slip_is_printed_from_the_record_and_leaves_an_event(north: Community, seat: Any) -> None:
    case = done(north)
    answer = seat(north, "supervisor").post(f"/p/north/case/{case.pk}/print/repairs/print_slip")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    found = text(answer.content)
    for words in ("报修登记表", case.number, "厨房水槽下方软管滴水", north.staff["technician"].name, "给排水"):
        assert words in found, words
    assert north.owner.phone not in found and "139****" in found
    event = Event.objects.get(name="repairs.print_slip")
    assert (event.subject_id, event.actor_name) == (case.pk, north.staff["supervisor"].name)


@pytest.mark.clause("DESK-06")
@needs_reader
def test_the_call_record_says_who_called_and_what_was_answered(north: Community, seat: Any) -> None:
    case = record_enquiry(
        north.project, by=north.by("receptionist"), place="none", content="问门禁卡怎么补办",
        caller_name="路人甲", caller_phone="13900000177", channel="phone", reply="带证件到前台",
    )  # fmt: skip
    answer = seat(north, "receptionist").post(f"/p/north/case/{case.pk}/print/cases/print_call")
    found = text(answer.content)
    assert "来电接待记录表" in found and "路人甲" in found and "已答复：带证件到前台" in found
    assert "13900000177" not in found and "13900000177" not in answer.headers["Content-Disposition"]
    assert Event.objects.filter(name="cases.print_call", subject_id=case.pk).count() == 1


def test_a_sheet_that_is_not_of_this_case_is_not_printed(north: Community, south: Community, seat: Any) -> None:
    patrol, foreign = take(north, channel="patrol"), take(south)
    client = seat(north, "receptionist")
    assert client.post(f"/p/north/case/{patrol.pk}/print/cases/print_call").status_code == 409
    assert client.post(f"/p/north/case/{patrol.pk}/print/cases/nothing").status_code == 404
    assert client.post(f"/p/north/case/{foreign.pk}/print/repairs/print_slip").status_code == 404
    assert not Event.objects.filter(name__contains="print_").exists()


def test_nothing_is_printed_by_looking_or_by_who_may_not(north: Community, seat: Any) -> None:
    case = take(north)
    assert seat(north, "receptionist").get(f"/p/north/case/{case.pk}/print/repairs/print_slip").status_code == 405
    assert seat(north, "receptionist").get(f"/p/north/case/{case.pk}/do/print_slip").status_code == 404
    assert seat(north, "technician").post(f"/p/north/case/{case.pk}/print/cases/print_call").status_code in (403, 404)
    assert not Event.objects.filter(name__contains="print_").exists()
