"""A photo with a note of the staff is not the resident's to open; one with their own note is."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guanjia.domains.cases.operations import note
from guanjia.domains.repairs.operations import record
from guanjia.kernel.outcomes import Unknown
from guanjia.parts.casework.models import Case
from guanjia.parts.files import queries
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG")
    return SimpleUploadedFile("p.jpg", out.getvalue(), content_type="image/jpeg")


@pytest.fixture
def case(north: Community) -> Case:
    given: dict[str, Any] = {
        "place": "home", "house": north.house, "resident": north.owner, "content": "厨房水管漏水", "channel": "phone",
        "urgency": "ordinary", "category": "plumbing", "problem": "leak",
    }  # fmt: skip
    return record(north.project, by=north.by("receptionist"), **given)  # an operation


def test_a_photo_noted_by_staff_stays_with_them(north: Community, case: Case) -> None:
    note(case, by=north.by("officer"), words="住户家中有贵重物品", photos=[photo()])
    kept = queries.files_of(case, "note").get()
    assert queries.file_for(north.project, kept.pk, north.by("steward")) == kept
    with pytest.raises(Unknown):
        queries.file_for(north.project, kept.pk, north.by("owner"))


def test_a_photo_of_ones_own_note_is_seen_again(north: Community, case: Case) -> None:
    note(case, by=north.by("owner"), words="又滴水了", photos=[photo()])
    kept = queries.files_of(case, "note").get()
    assert queries.file_for(north.project, kept.pk, north.by("owner")) == kept
