"""Keys of the named cast: one cabinet with one lock, one with two, a key of each category."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from guanjia.domains.keys.models import Authorisation, Cabinet, Key
from guanjia.domains.keys.operations import add_cabinet, authorise, take_over
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import Handout
from guanjia.people.tests.cast import Community

SEAL = "FQ-0001"


def picture(name: str = "a.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def in_hours(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def a_cabinet(north: Community, name: str = "A 柜", *, is_dual: bool = False) -> Cabinet:
    given = {"name": name, "place": "前台", "rows": 2, "slots": 3, "is_dual": is_dual}
    made: Cabinet = add_cabinet(north.project, by=north.by("supervisor"), **given)
    return made


def a_key(north: Community, category: str = "office_key", *, who: str = "receptionist", **more: Any) -> Key:
    said: dict[str, Any] = {"category": category, "handed_by": "开发商 移交组", "name": "会议室", **more}
    if category == "owner_key":
        said |= {"house": north.house, "kind": "security_door", "seal_no": more.get("seal_no", SEAL), "name": ""}
    if category == "equipment_key" and "keeper" not in said:
        said["keeper"] = north.staff["engineering_supervisor"]
    made: Key = take_over(north.project, by=north.by(who), **said)
    return made


def a_paper(north: Community, **more: Any) -> Authorisation:
    today = timezone.localdate()
    said: dict[str, Any] = {
        "house": north.house, "resident": north.owner, "purpose": "通风、查漏", "signed_on": today,
        "valid_until": today + timedelta(days=30), "scan": picture(), **more,
    }  # fmt: skip
    made: Authorisation = authorise(north.project, by=north.by("receptionist"), **said)
    return made


def loan(north: Community, **more: Any) -> dict[str, Any]:
    return {"employee": north.staff["technician"], "work": "repair", "due_at": in_hours(2), **more}


def out(key: Key) -> Handout:
    found = custody.current(key)
    assert found is not None
    return found
