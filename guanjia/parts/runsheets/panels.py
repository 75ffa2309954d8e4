"""What run sheets bring to the page of a procedure: start it, and the last runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import label_of
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project

from . import operations, queries


def start_url(clause: book.Clause, project: Project, by: Actor, about: Any = None) -> str:
    """The form that begins a procedure, about a thing or on its own; empty for who does not carry it out."""
    if not (by.may(operations.start.name, project.pk) and queries.is_for(clause, by, project.pk)):
        return ""
    thing = {"label": label_of(about), "thing": about.pk} if about is not None else {}
    return f"{reverse('runsheets:new', args=[project.code])}?{urlencode({'clause': clause.id, **thing})}"


def clause(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    rows = queries.sheets(project, by).filter(clause_id=rule.clause.id).order_by("-id")[:8]
    return {
        "start_url": start_url(rule.clause, project, by),
        "sheets": [shown(sheet) for sheet in rows],
    }


def shown(sheet: Any) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "url": reverse("runsheets:page", args=[sheet.project.code, sheet.pk]),
        "state": sheet.state,
        "words": sheet.get_state_display(),
        "who": sheet.started_by.name,
        "at": sheet.started_at,
        "settled": sheet.settled_count,
        "steps": sheet.steps_count,
    }
