"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "archives:destructions:page": "archive_destruction",
    "archives:documents:page": "archive_document",
    "archives:page": "archive_file",
    "archives:scan": "archive_scan",
    "archives:tidyings:page": "archive_tidying",
}
# Open in one state of the thing only, or to its one reader: this room's own tests try them.
ONE_STATE = {"archives:scan"}


def _archive(community: Community) -> Any:
    return filled(
        subjects.model_of("archive_file"), community, kind="other", title="x", number=f"DA{timezone.now():%H%M%S%f}"
    )


def _document(community: Community) -> Any:
    model, number = subjects.model_of("archive_document"), f"{timezone.now():%H%M%S%f}"
    return filled(model, community, file=_archive(community), kind="paper", number=number)


def _scan(community: Community) -> Any:
    return filled(subjects.model_of("archive_scan"), community, document=_document(community))


MAKERS: dict[str, Callable[[Community], Any]] = {
    "archive_file": _archive,
    "archive_document": _document,
    "archive_scan": _scan,
}
