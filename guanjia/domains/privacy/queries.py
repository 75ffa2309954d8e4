"""What is masked and for whom, and who looked."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.people import posts
from guanjia.people.models import RightOverride
from guanjia.places.models import Project


def masked_document(number: str) -> str:
    """1101**********4477: the first four and the last four."""
    text = re.sub(r"\s", "", number or "")
    if len(text) < 9:
        return "****" if text else ""
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}"


def may_see_documents(by: Actor, project_id: int) -> bool:
    """Whether the masked number of a document stands on the page at all."""
    return by.is_system or by.holds(project_id, *posts.DOCUMENT_READERS)


LOOKS = ("privacy.reveal", "privacy.reveal_document", "privacy.reveal_contact", "privacy.disclose", "privacy.export")


def looks(project: Project) -> QuerySet[Event]:
    """Who saw which number in full, newest first."""
    return Event.objects.filter(project=project, name__in=LOOKS).order_by("-id")


def overrides(project: Project) -> dict[tuple[str, str], bool]:
    """What this project decided against the table of rights: (right, post) → given or taken."""
    rows = RightOverride.objects.filter(project=project).values_list("right", "post", "is_allowed")
    return {(right, post): is_allowed for right, post, is_allowed in rows}
