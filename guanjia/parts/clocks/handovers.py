"""Limits that are near or passed go on with the next shift of whoever has to keep them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia import book
from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.parts.handover import handed_over
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web import words

from . import explaining, queries
from .models import Clock


def pressing(project: Project, by: Actor) -> QuerySet[Any]:
    return queries.board(by, [project.pk]).filter(warn_at__lte=by.at)


def is_late(at: datetime) -> Q:
    return Q(due_at__lt=at)


def of_post(post: str) -> Q:
    """The desk and whoever leads follow every limit of the house; another post those whose clause names it."""
    if post in posts.COUNTER | posts.SUPERVISORS:
        return Q()
    return Q(clause_id__in=[clause.id for clause in book.clauses() if post in clause.roles])


def belongs_to(clocks: list[Clock], by: Actor) -> None:
    """The things that they are of, one statement a kind, as far as this person may see them."""
    things = subjects.named({(clock.subject_label, clock.subject_id) for clock in clocks}, by)
    for clock in clocks:
        clock.__dict__["belongs_to"] = things.get((clock.subject_label, clock.subject_id))


def says(clock: Clock) -> str:
    """RPR-03 respond, due 10:36, of which matter."""
    due = _("due %(time)s") % {"time": words.when(clock.due_at)}
    return f"{clock.clause_id}　{explaining.verb(clock)}　{due}　{clock.__dict__.get('belongs_to') or ''}".rstrip()


handed_over(
    "clocks.pressing", label=gettext_lazy("Limits near or passed"), rows=pressing, urgent=is_late, says=says,
    of_post=of_post, prepare=belongs_to, page="clocks:board",
)  # fmt: skip
