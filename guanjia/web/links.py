"""The links over a list: `new=links(pages.new_links, link("shifts:begin", begin), link("privacy:backups", words))`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Operation
from guanjia.places.models import Project

Links = Callable[[Project, Actor], list[dict[str, Any]]]


def link(name: str, to: Operation | Any) -> Links:
    """To a page of the project: that of an operation for who may do it, another under these words for everybody."""

    def found(project: Project, by: Actor) -> list[dict[str, Any]]:
        if isinstance(to, Operation) and not by.may(to.name, project.pk):
            return []
        label = to.label if isinstance(to, Operation) else to
        return [{"url": reverse(name, args=[project.code]), "label": label}]

    return found


def links(*sources: Links) -> Links:
    """All of these, in this order."""
    return lambda project, by: [one for source in sources for one in source(project, by)]
