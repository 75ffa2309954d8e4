"""My shift 当班: what the last one left, the log, what I must read, and handing over at its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.parts.runsheets import queries as runsheets
from guanjia.parts.runsheets.panels import start_url
from guanjia.parts.standards import telling
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.places.models import Project
from guanjia.web import words
from guanjia.web.doors import staff_page

from .. import queries
from ..models.handovers import State
from ..operations import begin, go_out, log, pass_on
from . import attendance, registers

# How far back the log on this page reaches: the shift before is in it.
BACK = timedelta(hours=16)
SHEETS = ("SFT-02", "SFT-04")  # the closing begins by an act of its own (SFT-05)


@staff_page
@require_safe
def page(request: Any) -> HttpResponse:
    return render(request, "shifts/home.html", shift(request.project, request.actor))


def shift(project: Project, by: Actor, *, phone: bool = False) -> dict[str, Any]:
    """What the page shows, on the desk and on the phone alike."""
    duty = queries.shift_of(by, project)
    open_now = queries.to_sign(project, by)
    return {
        "duty": _duty(duty),
        "mine": attendance.mine(project, by, phone=phone),
        "sheets": [one for clause in SHEETS if duty and (one := _sheet(clause, duty, project, by))["url"]],
        "handovers": [handover_row(one, project, by) for one in open_now],
        "begin_url": _url(begin, "shifts:begin", project, by) if queries.given_posts(by, project.pk) else "",
        "notes": [_note(one, project, by) for one in queries.notes_since(project, by, by.at - BACK, most=20)],
        "log_form": log.new_form(project, by) if by.may(log.name, project.pk) else None,
        "log_url": reverse("shifts:log:new", args=[project.code]),
        "unread": [
            {"pk": one.pk, "title": one.title, "url": registers.pass_on_pages.address(one, project),
             "is_urgent": one.is_urgent,
             "who": one.author.name, "at": one.passed_at}
            for one in queries.to_read(project, by)
        ],
        "pass_on_url": _url(pass_on, "shifts:pass-ons:new", project, by),
        "out": [_outing(one, project, by) for one in queries.out_now(project, by).order_by("due_at")[:12]],
        "out_url": _url(go_out, "shifts:outings:new", project, by),
    }  # fmt: skip


def _url(operation: Any, name: str, project: Project, by: Actor) -> str:
    return reverse(name, args=[project.code]) if by.may(operation.name, project.pk) else ""


def _duty(duty: Duty | None) -> dict[str, Any] | None:
    if duty is None:
        return None
    span = f"{words.clock_time(duty.from_at)}–{words.clock_time(duty.to_at)}"
    return {"post": posts.NAMES.get(duty.post, ""), "shift": duty.get_shift_display(), "span": span}


def _sheet(clause: str, duty: Duty, project: Project, by: Actor) -> dict[str, Any]:
    """A run sheet of my shift's beginning: begun already, or to be begun by who carries it out."""
    mine = runsheets.sheets(project, by).filter(clause_id=clause, about_label="duty", about_id=duty.pk)
    standing: Any = mine.order_by("-id").first()
    label = telling.title(book.clause(clause))
    if standing is not None:
        url = reverse("runsheets:page", args=[project.code, standing.pk])
        is_done = standing.state == "finished"
        return {"label": label, "url": url, "done": is_done, "n": standing.settled_count, "of": standing.steps_count}
    url = start_url(book.clause(clause), project, by, duty)
    return {"label": label, "url": url, "done": False, "n": 0, "of": 0}


def handover_row(one: Any, project: Project, by: Actor) -> dict[str, Any]:
    url = registers.handover_pages.address(one, project)
    if one.state == State.LOCKED:
        act = _("Take up the desk")
        sub = _("Locked up by %(name)s, key: %(place)s") % {"name": one.giver.name, "place": one.key_place}
    else:
        act = _("Go on") if one.giver_id == by.id else _("Look and sign")
        sub = _("%(name)s hands over, since %(time)s") % {
            "name": one.giver.name, "time": words.clock_time(one.began_at)
        }  # fmt: skip
    return {"title": one.get_post_display(), "sub": sub, "url": url, "act": act, "state": one.state, "pk": one.pk}


def _note(note: Any, project: Project, by: Actor) -> dict[str, Any]:
    return {
        "words": note.words, "who": note.author.name, "at": note.at, "kind": note.kind,
        "kind_words": note.get_kind_display(), "important": note.is_important,
        "url": registers.note_pages.address(note, project),
    }  # fmt: skip


def _outing(one: Any, project: Project, by: Actor) -> dict[str, Any]:
    late = one.due_at < by.at
    back = words.clock_time(one.due_at)
    return {
        "title": f"{one.employee.name}　{one.destination}", "late": late,
        "when": (_("was due %(time)s") if late else _("back by %(time)s")) % {"time": back},
        "url": registers.outing_pages.address(one, project),
    }  # fmt: skip
