"""What inspections bring to the page of a conduct clause: its items, its questions, the share in order, the faults."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from guanjia.book import conduct
from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said
from guanjia.parts.standards.queries import Rule
from guanjia.places.models import Project

from . import operations, queries

SPAN = timedelta(days=90)


def clause(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    found = conduct.of_clause(rule.clause.id)
    if found is None:
        return None
    kept = queries.kept(project, rule.clause.id, at - SPAN, at)
    faults = queries.faults_of(project, by, rule.clause.id, at - SPAN, at)[:20]
    may = by.may(operations.record.name, project.pk)
    return {
        "items": [said(item.zh) for item in found.items if item.clause == rule.clause.id],
        "questions": [question(one) for one in found.questions if one.clause == rule.clause.id],
        "kept": kept,
        "faults": [fault(one) for one in faults],
        "list": said(found.zh, found.en),
        "new_url": f"{reverse('inspections:new', args=[project.code])}?checklist={found.id}" if may else "",
    }


def question(one: conduct.Question) -> dict[str, Any]:
    """A question with its answers in an order that does not give the right one away, and the same on every page."""
    turn = sum(one.id.encode()) % len(one.answers)
    turned = [*one.answers[turn:], *one.answers[:turn]]
    answers = [
        {"letter": "ABCDEFG"[n], "words": said(words), "is_right": words == one.answers[0]}
        for n, words in enumerate(turned)
    ]
    return {"clause": one.clause, "ask": said(one.ask), "answers": answers}


def fault(mark: Any) -> dict[str, Any]:
    return {
        "title": said(mark.words),
        "note": mark.note,
        "state": mark.state,
        "words": mark.get_state_display(),
        "whom": mark.inspection.whom,
        "at": mark.inspected_at,
        "clause": mark.clause_id,
        "url": reverse("inspections:page", args=[mark.project.code, mark.inspection_id]),
    }
