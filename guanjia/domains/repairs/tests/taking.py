"""A repair of the cast, as far on as a test wants it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from guanjia.domains.repairs import operations as repairs
from guanjia.parts.casework.models import Case
from guanjia.people.tests.cast import Community


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG")
    return SimpleUploadedFile("p.jpg", out.getvalue(), content_type="image/jpeg")


def take(north: Community, who: str = "receptionist", **more: Any) -> Case:
    given: dict[str, Any] = {
        "place": "home", "house": north.house, "content": "厨房水槽下方软管滴水", "resident": north.owner,
        "channel": "phone", "urgency": "ordinary", "category": "plumbing", "problem": "leak", **more,
    }  # fmt: skip
    case: Case = repairs.record(north.project, by=north.by(who), **given)
    return case


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def working(north: Community, **more: Any) -> Case:
    case = take(north, executor=north.staff["technician"], **more)
    repairs.accept(case, by=north.by("technician"))
    soon = timezone.now() + timedelta(hours=1)
    repairs.agree_visit(case, by=north.by("technician"), appointment_from=soon)
    repairs.arrive(case, by=north.by("technician"), photos=[photo()])
    return case


def done(north: Community, **more: Any) -> Case:
    case = working(north, **more)
    repairs.finish(case, by=north.by("technician"), work_done="更换软管", finding="fixed", photos=[photo()])
    return case
