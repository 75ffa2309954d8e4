"""What residents ask of their data, and what has been kept long enough."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guanjia.people import posts
from guanjia.web import states
from guanjia.web.doors import staff_page
from guanjia.web.links import link, links
from guanjia.web.registers import Column, Register, grow, minor
from guanjia.web.things import ThingPages

from . import keeping
from .models import BackupRun, DataRequest, State
from .operations import ask, decide_keeping, let_go, record_trial

states.mark({State.ASKED: "hand warn", State.GRANTED: "tick ok ended", State.DECLINED: "cross neutral ended"})

SHOWN = 20

pages = ThingPages(
    DataRequest,
    "privacy",
    create=ask,
    title=_("Requests about own data"),
    facts=("resident", "words", "asked_at", "due_at", "answer", "answered_by", "answered_at"),
)
register = Register(
    "data_requests",
    pages=pages,
    unit=_("requests"),
    columns=(grow("kind"), "resident", "asked_at", "due_at", minor("answered_by"), "state"),
    filters=("state",),
    posts=posts.DOCUMENT_READERS,
    new=links(link("privacy:kept", _("Kept long enough")), link("privacy:backups", _("Backups"))),
    empty=_("A resident asks for a copy, a correction or an erasure on the own page, or at the desk: it stands here."),
)


backup_pages = ThingPages(
    BackupRun, "privacy", create=record_trial, names=("backups", "new-trial", "backup"), title=_("Backups"),
    said=_("On record."), facts=("kind", "made_at", "size", "digest", "worked", "remark", "at"),
)  # fmt: skip
backups = Register(
    "backups",
    pages=backup_pages,
    columns=(
        "at", grow("kind"), "made_at",
        Column(_("Size"), lambda run: filesizeformat(run.size * 1024) if run.size else "", "num"),
        Column(_("Result"), lambda run: _("Worked") if run.worked else _("Failed"), "tag"), minor("remark"),
    ),
    posts=posts.DOCUMENT_READERS | {posts.ADMINISTRATOR},
    empty=_(
        "None is on record. Whoever looks after the server runs “guanjia backup” each night: it writes one file, reads"
        " it again whole, and then stands here. A day without one is red among the duties."
    ),
)  # fmt: skip


@staff_page
@require_safe
def kept(request: Any) -> HttpResponse:
    """Each rule of keeping: how long, how many are past it, who comes first."""
    project, by = request.project, request.actor
    if not by.holds(project.pk, *posts.DOCUMENT_READERS):
        raise Http404
    rules = []
    for rule in keeping.RULES.values():
        rows = keeping.past(project, rule.key, by.at)
        count = rows[:501].count()
        rules.append(
            {
                "label": rule.label,
                "months": keeping.months_of(project, rule.key),
                "count": count,
                "shown": "500+" if count > 500 else str(count),
                "first": list(rows[:SHOWN]) if rule.key == keeping.LEFT else [],
                "go": _do(project, let_go, rule=rule.key, count=min(count, 500)) if count else "",
                "change": _do(project, decide_keeping, rule=rule.key),
            }
        )
    may = {"go": by.may(let_go.name, project.pk), "change": by.may(decide_keeping.name, project.pk)}
    return render(request, "privacy/kept.html", {"rules": rules, "may": may})


def _do(project: Any, operation: Any, **given: Any) -> str:
    """The page of a verb of the project, with what is known filled in."""
    asked = "&".join(f"{name}={value}" for name, value in given.items())
    url = reverse("acts:do", args=[project.code, "project", project.pk, operation.verb])
    return f"{url}?{asked}&next={reverse('privacy:kept', args=[project.code])}"
