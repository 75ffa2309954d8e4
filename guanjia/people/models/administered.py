"""What is set up by few and read by few: gateways, webhooks, telephone lines."""

from __future__ import annotations

from typing import Self

from django.db import models

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Scoped

from .. import posts


class Administered(Scoped):
    """Read by administrators and managers of its project; by nobody else, residents least."""

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        rows = cls._default_manager.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        readers = posts.SETTERS | posts.MANAGERS
        return rows.filter(project_id__in=[project for project, held in by.posts.items() if held & readers])
