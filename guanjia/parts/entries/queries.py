"""Reading entries: lists, the forms a person keeps, what was last kept of each."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, QuerySet

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said
from guanjia.parts.papers import queries as papers
from guanjia.places.models import Project

from .keepers import kept_forms, verb_of
from .models import Entry


def entries(project: Project, by: Actor) -> QuerySet[Entry]:
    """Entries of the project that this person may read, with what a row shows."""
    return Entry.visible_to(by).filter(project=project).select_related("project", "house", "kept_by")


def kept_by(project: Project, by: Actor) -> list[book.Form]:
    """The forms this person may fill in here."""
    return [form for form in kept_forms() if by.may(f"entries.{verb_of(form)}", project.pk)]


def last_kept(project: Project, by: Actor) -> dict[str, Any]:
    """How many entries of each form there are, and when the last was kept. One statement."""
    rows = Entry.visible_to(by).filter(project=project).exclude(state="struck").order_by()
    found = rows.values("form_id").annotate(count=Count("id"), last=Max("kept_at"))
    return {row["form_id"]: row for row in found}


def choices(project: Project) -> list[tuple[str, str]]:
    """Forms as a menu, in the order of the Book."""
    ours = {form.id for form in kept_forms()}
    return [(b.form.id, said(b.form.name, b.form.name_en)) for b in papers.blanks() if b.form.id in ours]
