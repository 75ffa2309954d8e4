"""A file of North's owner for tests, and those who keep the archives."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guanjia.domains.archives import operations
from guanjia.domains.archives.models import ArchiveFile, Document
from guanjia.people.tests.cast import Community


def picture(name: str = "page.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@dataclass
class Shelf:
    """The owner's file, empty at first."""

    north: Community
    file: ArchiveFile

    def put(self, kind: str, *, who: str = "supervisor", **more: Any) -> Document:
        operations.file_document(self.file, by=self.north.by(who), kind=kind, has_paper=True, **more)
        return Document.objects.filter(file=self.file).latest("id")


@pytest.fixture
def shelf(north: Community) -> Shelf:
    file = operations.open_file(
        north.project, by=north.by("supervisor"), kind="owner", house=north.house, resident=north.owner, box="3-2",
        room="档案室", cabinet="A1",
    )  # fmt: skip
    return Shelf(north, file)
