"""What run sheets bring to the page of a procedure: start it, and the last runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from guanjia.kernel.actors import Actor
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project

from . import operations, queries


def clause(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    may = by.may(operations.start.name, project.pk) and queries.is_for(rule.clause, by, project.pk)
    rows = queries.sheets(project, by).filter(clause_id=rule.clause.id).order_by("-id")[:8]
    return {
        "start_url": f"{reverse('runsheets:new', args=[project.code])}?clause={rule.clause.id}" if may else "",
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
