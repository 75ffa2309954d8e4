"""A resident sees what waits for the own household, with its code, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from guanjia.domains.parcels.operations import remind
from guanjia.domains.parcels.tests.taking import agreed, taken
from guanjia.parts.outreach.models import Notice
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def shown(at_home: Any, north: Community, who: str) -> str:
    return str(at_home(north, who).get(reverse("portal:parcels", args=["north"])).content.decode())


def test_the_household_sees_its_codes_and_the_neighbour_does_not(at_home: Any, north: Community) -> None:
    agreed(north)
    parcel = taken(north)
    assert parcel.code in shown(at_home, north, "owner") and parcel.code in shown(at_home, north, "tenant")
    page = shown(at_home, north, "stranger")
    assert parcel.code not in page and parcel.number not in page


def test_who_has_not_agreed_is_told_how(at_home: Any, north: Community) -> None:
    assert reverse("portal:consents", args=["north"]) in shown(at_home, north, "owner")


def test_the_first_page_counts_them(at_home: Any, north: Community) -> None:
    agreed(north)
    remind(taken(north), by=north.by("receptionist"))
    page = at_home(north, "owner").get(reverse("portal:home", args=["north"])).content.decode()
    assert reverse("portal:parcels", args=["north"]) in page and "bubble" in page


def test_the_first_page_reads_the_news_once_and_in_words(at_home: Any, north: Community) -> None:
    agreed(north)
    parcel, at = taken(north), north.by("owner").at
    Notice.objects.create(
        project=north.project, resident=north.owner, kind="parcel_gone", title="%(number)s", source="here",
        params={"number": parcel.number}, subject_label="parcel", subject_id=parcel.pk, created_at=at,
    )  # fmt: skip
    page = at_home(north, "owner").get(reverse("portal:home", args=["north"])).content.decode()
    assert page.count(parcel.number) == 1 and "Notice" not in page
