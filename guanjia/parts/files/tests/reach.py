"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from guanjia.domains.gifts.tests.reach import a_gift
from guanjia.parts.files.models import StoredFile
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "files:show": "file",
}


def _file(community: Community) -> Any:
    gift, name = a_gift(community), f"{community.project.pk}/aa/{'ab' * 16}.png"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"not a picture"))
    return filled(
        StoredFile, community, subject_label="gift", subject_id=gift.pk, name=name, mime="image/png", size=13
    )  # fmt: skip


MAKERS: dict[str, Callable[[Community], Any]] = {
    "file": _file,
}
