"""What another body passes on: taken at the desk with its number and deadline, replied to on the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.parts.casework.models import Case
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
TAKEN = {
    "take": "enquiry",
    "place": "none",
    "content": "市民反映夜间施工",
    "channel": "12345",
    "idempotency_key": "o-1",
}


def test_the_desk_takes_a_matter_of_the_hotline_and_its_page_says_so(north: Community, seat: Any) -> None:
    desk = seat(north, "receptionist")
    blank = desk.get("/p/north/desk/stranger?take=enquiry").content.decode()
    assert 'name="outside_number"' in blank and 'name="outside_due_at"' in blank
    due = timezone.localtime(timezone.now() + timedelta(days=2))
    given = {**TAKEN, "outside_number": "HZ20261122-77", "outside_due_at": f"{due:%Y-%m-%dT%H:%M}"}
    assert desk.post("/p/north/desk/stranger", given).status_code == 302
    case = Case.objects.get(outside_number="HZ20261122-77")
    assert case.channel == "12345" and timezone.localtime(case.outside_due_at).minute == due.minute
    page = desk.get(f"/p/north/case/{case.pk}").content.decode()
    assert "HZ20261122-77" in page and "外部回复时限" in page


def test_a_deadline_without_a_number_is_refused_and_stays_open_on_the_page(north: Community, seat: Any) -> None:
    answer = seat(north, "receptionist").post(
        "/p/north/desk/stranger", {**TAKEN, "caller_phone": "13900001111", "outside_due_at": "2026-12-01T10:00"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "请同时填写外部编号" in page and 'class="more" open' in page
    assert not Case.objects.exists()
