"""The register of some days: bounded, on record, and only for whoever may print it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from guanjia.domains.shifts.papers import print_attendance, print_outings
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Refused
from guanjia.people.tests.cast import Community
from guanjia.places.queries import between
from guanjia.web.sheets import address_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 18)


def test_days_of_a_project_begin_and_end_at_its_midnight(north: Community) -> None:
    begin, end = between(north.project, DAY, DAY + timedelta(days=1))
    assert f"{begin:%Y-%m-%d %H:%M %Z}" == "2026-03-18 00:00 CST" and end - begin == timedelta(days=2)


@pytest.mark.parametrize(("operation", "longest"), [(print_outings, 366), (print_attendance, 92)])
def test_a_span_that_ends_before_it_begins_or_is_too_long_is_refused(
    north: Community, operation: Any, longest: int
) -> None:
    by = north.by("supervisor")
    for days in (-1, longest + 1):
        with pytest.raises(Refused) as refusal:
            operation(north.project, by=by, since=DAY, until=DAY + timedelta(days=days))
        assert "until" in refusal.value.errors
    assert not Event.objects.filter(name__startswith="shifts.print_").exists()


def test_what_was_asked_stays_in_the_form_that_was_refused(north: Community) -> None:
    client, url = north.signed_in("supervisor"), address_of(print_outings, north.project)
    answer = client.post(url, {"since": "2026-03-18", "until": "2026-03-01"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="2026-03-18"' in page and "截止日早于起始日" in page
    assert client.post(url, {"since": "2026-03-01", "until": "2026-03-18"}).content.startswith(b"%PDF")
    assert north.signed_in("technician").get(url).status_code == 403
