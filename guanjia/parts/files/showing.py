"""A thing's pictures as its page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from guanjia.kernel.actors import Actor

from . import queries
from .models import StoredFile


def photos(thing: Any, by: Actor) -> Iterator[dict[str, Any]]:
    """Every picture and signature of a thing, oldest first."""
    for file in queries.files_of(thing):
        url = reverse("files:show", args=[thing.project.code, file.pk])
        # what came with the thing itself needs no caption; what was added or signed says so
        caption = "" if file.purpose == StoredFile.Purpose.REPORTED else file.get_purpose_display()
        yield {"src": url, "href": url, "alt": str(thing), "caption": caption}
