"""Care on the office's pages is what the district shows, whatever else somebody does here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.residents.operations import add_care_tag
from guanjia.people import posts
from guanjia.people.models import DistrictPost, Posting
from guanjia.people.tests.cast import LONG_AGO, Community

pytestmark = pytest.mark.django_db
NOTE = "心脏搭桥勿按门铃"


def test_a_second_post_shows_a_steward_no_care_of_other_districts(north: Community) -> None:
    steward = north.staff["steward"]
    add_care_tag(north.owner, by=north.by("steward"), kind="sick", note=NOTE)
    Posting.objects.create(project=north.project, employee=steward, post=posts.CASHIER, from_on=LONG_AGO)
    page = reverse("office:resident", args=["north", north.owner.pk])
    assert NOTE in north.signed_in("steward").get(page).content.decode()
    DistrictPost.objects.filter(employee=steward).update(to_on=timezone.localdate() - timedelta(days=1))
    answer = north.signed_in("steward").get(page)
    assert answer.status_code == 200 and NOTE not in answer.content.decode()
