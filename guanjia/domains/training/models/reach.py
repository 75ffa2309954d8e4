"""Who reads about whom: those who answer for staff read everybody's, everyone else their own."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said, said_lazy
from guanjia.kernel.models import Scoped
from guanjia.people import posts

READERS = posts.SUPERVISORS | posts.MANAGERS | {posts.HR_OFFICER, posts.COMPANY_SERVICE}


def named(enum: str) -> list[tuple[str, Any]]:
    """The values of an enumeration of the Book as choices."""
    from guanjia import book

    return [(key, said_lazy(zh, en)) for key, zh, en in book.enum(enum)]


def module_words(module: str) -> str:
    """A module of the course as it is shown; what the Book no longer has keeps its id."""
    from guanjia import book

    found = book.modules().get(module)
    return f"{found.id} {said(found.zh, found.en)}" if found else module


class Own(Scoped):
    """Rows about one member of staff."""

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        rows = super().visible_to(by)
        if not by.is_staff:
            return rows
        reads = [project_id for project_id, held in by.posts.items() if held & READERS]
        return rows.filter(Q(project_id__in=reads) | Q(employee_id=by.id))
