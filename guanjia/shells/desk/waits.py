"""What waits at the counter besides cases: a loss that was reported, what is late to come back, what cleaning was
asked for. Rows for Today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.domains.cases import queries as cases
from guanjia.domains.lostfound import queries as lostfound
from guanjia.kernel.actors import Actor
from guanjia.parts.custody import queries as custody
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web import words

FEW = 4
FRESH = timedelta(days=3)  # a loss is compared with the finds when it is reported; the list keeps it longer
ASKED_BACK = posts.COUNTER | {posts.KEY_CUSTODIAN}


def waiting(project: Project, by: Actor) -> list[dict[str, Any]]:
    if project.is_office:
        return []
    return [*_cleaning(project, by), *_late(project, by), *_losses(project, by)]


def _cleaning(project: Project, by: Actor) -> list[dict[str, Any]]:
    """Handed to me as the lead of cleaning and greening (ORG-17)."""
    if not by.holds(project.pk, posts.CLEANING_LEAD):
        return []
    back = urlencode({"next": reverse("desk:today", args=[project.code])})
    return [
        _row(
            one.need, "plant", _("Answer"), reverse("desk:case", args=[project.code, one.case_id]),
            f"{reverse('acts:do', args=[project.code, 'case', one.case_id, 'answer_cleaning'])}?{back}",
            one.case.place, one.sent_by.name, words.when(one.sent_at, by.at),
        )
        for one in cases.to_answer(project, by)[:FEW]
    ]  # fmt: skip


def _late(project: Project, by: Actor) -> list[dict[str, Any]]:
    """What should be back: asked for by who keeps things at the counter, brought back by who has it."""
    rows = custody.overdue(project, by.at)
    if not by.holds(project.pk, *ASKED_BACK):
        rows = rows.filter(employee_id=by.id)
    made = []
    for one in rows.select_related("employee", "resident")[:FEW]:
        url = reverse("custody:handout", args=[project.code, one.pk])
        act = _("Bring it back") if one.employee_id == by.id else pgettext("custody", "Ask for it back")
        late = _("should be back %(time)s") % {"time": words.when(one.due_at, by.at)}
        made.append(_row(one.title, "clock-exclamation", act, url, url, one.holder, late))
    return made


def _losses(project: Project, by: Actor) -> list[dict[str, Any]]:
    """Reported by a resident or at the counter: is it among the finds?"""
    if not by.holds(project.pk, *posts.COUNTER):
        return []
    rows = lostfound.missed(project, by).filter(reported_at__gt=by.at - FRESH).order_by("reported_at", "id")
    made = []
    for one in rows[:FEW]:
        url = reverse("lostfound:loss", args=[project.code, one.pk])
        title = pgettext("lostfound", "Missed: %(what)s") % {"what": one.description}
        made.append(_row(title, "help-circle", _("Compare"), url, url, one.place, words.when(one.reported_at, by.at)))
    return made


def _row(title: str, icon: str, act: str, url: str, act_url: str, *said: Any) -> dict[str, Any]:
    return {
        "title": title, "url": url, "urgency": "", "act": act, "act_url": act_url, "icon": icon,
        "sub": "　".join(str(part) for part in said if part),
    }  # fmt: skip
