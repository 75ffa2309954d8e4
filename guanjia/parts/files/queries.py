"""Keeping and finding files."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from guanjia.kernel import subjects
from guanjia.kernel.actors import RESIDENT, Actor
from guanjia.kernel.models import Event

from .images import safe
from .models import StoredFile


def keep(
    subject: Any, uploads: Iterable[UploadedFile], purpose: str, *, by: Actor, field: str = "photos"
) -> list[StoredFile]:
    """Store uploads with a thing; called by operations, inside their transaction. Raises Refused under the field."""
    return [_keep_one(subject, upload, purpose, by, field) for upload in uploads if upload]


def _keep_one(subject: Any, upload: UploadedFile, purpose: str, by: Actor, field: str) -> StoredFile:
    made = safe(upload, field, video=purpose != StoredFile.Purpose.SIGNATURE)
    token = secrets.token_hex(16)
    # A rolled back operation leaves the file behind without a row; the nightly sweep removes such orphans.
    name = default_storage.save(f"{subject.project_id}/{token[:2]}/{token}.{made.suffix}", ContentFile(made.content))
    return StoredFile.objects.create(
        project_id=subject.project_id,
        subject_label=subjects.label_of(subject),
        subject_id=subject.pk,
        event_request=by.request_id,
        purpose=purpose,
        name=name,
        mime=made.mime,
        size=len(made.content),
        width=made.width,
        height=made.height,
        digest=hashlib.sha256(made.content).hexdigest(),
        taken_at=by.at,
    )


def files_of(subject: Any, *purposes: str) -> QuerySet[StoredFile]:
    """The files of a thing, oldest first."""
    rows = StoredFile.objects.filter(
        project_id=subject.project_id, subject_label=subjects.label_of(subject), subject_id=subject.pk
    )
    return rows.filter(purpose__in=purposes).order_by("id") if purposes else rows.order_by("id")


def pictures_of(subject: Any, purpose: str = "reported") -> str:
    """What a printed record says of its photos; nothing where there are none."""
    n = files_of(subject, purpose).count()
    return f"{n} 张，见原记录" if n else ""


def signatures_of(things: Iterable[Any]) -> dict[int, list[StoredFile]]:
    """What was signed for each of some things of one kind, oldest first: one statement for a whole register."""
    asked, found = list(things), dict[int, list[StoredFile]]()
    if not asked:
        return found
    rows = StoredFile.objects.filter(
        project_id=asked[0].project_id, subject_label=subjects.label_of(asked[0]),
        subject_id__in=[thing.pk for thing in asked], purpose=StoredFile.Purpose.SIGNATURE,
    )  # fmt: skip
    for one in rows.order_by("id"):
        found.setdefault(one.subject_id, []).append(one)
    return found


def content(file: StoredFile) -> bytes:
    """The picture itself, for paper."""
    with default_storage.open(file.name) as stream:
        return bytes(stream.read())


def has(subject: Any, purpose: str) -> bool:
    """Whether the thing has a file of this purpose."""
    return files_of(subject, purpose).exists()


def file_for(project: Any, file_id: int, by: Actor) -> StoredFile:
    """The file, if its subject may be seen. Raises Unknown."""
    from guanjia.kernel.outcomes import Unknown

    found = StoredFile.visible_to(by).filter(project=project, pk=file_id).first()
    if found is None:
        raise Unknown("file")
    subjects.get(found.subject_label, found.subject_id, by)
    if by.is_resident and found.purpose == StoredFile.Purpose.NOTE and not _is_a_residents(found):
        raise Unknown("file")  # what staff note about a matter is theirs, though the matter is the resident's
    return found


def _is_a_residents(file: StoredFile) -> bool:
    """Whether the act that brought it was a resident's."""
    acts = Event.objects.filter(
        project_id=file.project_id, subject_label=file.subject_label, subject_id=file.subject_id, actor_kind=RESIDENT
    )
    return acts.filter(request_id=file.event_request).exists()
