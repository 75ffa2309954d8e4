"""Parcels as they come to the counter of the cast."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from guanjia.domains.parcels.models import Parcel
from guanjia.domains.parcels.operations import accept, receive_mail
from guanjia.people.models import Consent, Resident
from guanjia.people.tests.cast import Community


def picture(name: str = "p.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def agreed(community: Community, resident: Resident | None = None, mode: str = "signed", **more: Any) -> Consent:
    return Consent.objects.create(
        project=community.project, resident=resident or community.owner, purpose=Consent.Purpose.PARCELS, mode=mode,
        given_at=timezone.now() - timedelta(days=1), **more,
    )  # fmt: skip


def taken(community: Community, who: str = "receptionist", **more: Any) -> Parcel:
    """Accepted at the counter, for the owner unless said."""
    given = {
        "resident": community.owner, "postage": "none", "confirmed": True, "intact": True, "position": "A-3",
        "carrier": "顺丰", "photos": [picture()], **more,
    }  # fmt: skip
    made: Parcel = accept(community.project, by=community.by(who, more.pop("at", None)), **given)
    return made


def posted(community: Community, **more: Any) -> Parcel:
    """A letter for the house, by the post."""
    given = {
        "sort": "letter", "house": community.house, "addressee": "沈住客", "position": "3 幢信格", "pieces": 1,
        "photos": [picture()], **more,
    }  # fmt: skip
    made: Parcel = receive_mail(community.project, by=community.by("receptionist"), **given)
    return made
