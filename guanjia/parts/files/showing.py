"""A thing's pictures as its page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from guanjia.kernel.actors import Actor

from . import queries


def photos(thing: Any, by: Actor) -> Iterator[dict[str, Any]]:
    """Every picture and signature of a thing, oldest first."""
    for file in queries.files_of(thing):
        url = reverse("files:show", args=[thing.project.code, file.pk])
        yield {"src": url, "href": url, "alt": str(thing), "caption": file.get_purpose_display()}
