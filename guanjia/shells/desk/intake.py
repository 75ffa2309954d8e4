"""Taking a call: the form beside the card, what it advises while it is filled in, and the operation it calls."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanjia.domains.cases.operations import record_enquiry
from guanjia.domains.reception.operations import log
from guanjia.domains.repairs import queries as repairs
from guanjia.domains.repairs.operations import record
from guanjia.kernel.calendar import due_at as due
from guanjia.kernel.calendar import limit_of, parse_duration
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.parts.casework import categories, danger, guess
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.standards import calendars
from guanjia.parts.standards import queries as standards
from guanjia.parts.telephone.models import PhoneCall
from guanjia.places import queries as places
from guanjia.web import words
from guanjia.web.doors import go, perform, refused_form, say

from . import queries
from .who import desk_page

OPERATIONS = {"repair": record, "enquiry": record_enquiry}
LIMITS = {"emergency": "RPR-03", "ordinary": "RPR-04"}


def kinds(project: Any, by: Any, chosen: str, base: str) -> list[dict[str, Any]]:
    """The intakes that stand and are open to this post, under the keys 1…8."""
    icons = {"repair": (_("Repair"), "tool"), "enquiry": (_("Enquiry"), "help-circle")}
    return [
        {
            "key": n,
            "id": kind,
            "label": icons[kind][0],
            "icon": icons[kind][1],
            "url": f"{base}?take={kind}",
            "current": kind == chosen,
        }
        for n, kind in enumerate((k for k in OPERATIONS if by.may(OPERATIONS[k].name, project.pk)), start=1)
    ]


def blank(kind: str, project: Any, by: Any, resident: Any = None, *, house: Any = None) -> Any:
    """A form with what the card already knows."""
    initial: dict[str, Any] = {
        "place": "home" if house or kind == "repair" else "none",
        "channel": "phone",
        "urgency": "ordinary",
    }
    if house is not None:
        initial["house"] = house.pk
    if resident is not None:
        initial["resident"] = resident.pk
    return dressed(OPERATIONS[kind].new_form(project, by, initial=initial), house)


def dressed(form: Any, house: Any) -> Any:
    """Few choices as buttons; the place says which house it is."""
    for name in ("place", "urgency"):
        if name in form.fields:
            field = form.fields[name]
            field.widget = forms.RadioSelect(choices=field.choices)
    if house is not None:
        field = form.fields["place"]
        field.choices = [(v, f"{label} {house.code}" if v == "home" else label) for v, label in field.choices]
    form.fields["caller_phone"].widget.attrs |= {"data-private": "", "inputmode": "tel", "autocomplete": "off"}
    form.fields["caller_name"].widget.attrs["data-private"] = ""
    return form


def submit(request: Any, kind: str, *, resident: Any = None, house: Any = None) -> tuple[Any, Any, int]:
    """Run the intake of this POST: (case, None, 302) when it is on record, else (None, form, status)."""
    operation = OPERATIONS.get(kind)
    if operation is None:
        raise Http404
    given = _filled_in(request, kind, resident)
    try:
        return perform(request, operation, request.project, **given), None, 302
    except Refused as outcome:
        request.POST = request.POST.copy()
        for name, value in given.items():
            request.POST[name] = value
        form = refused_form(request, operation, request.project, outcome)
        return None, dressed(form, house), 409 if isinstance(outcome, Conflict) else 422


def _filled_in(request: Any, kind: str, resident: Any) -> dict[str, str]:
    """What the page says in its own way: category and problem in one, a house by how it is said, whom to send."""
    given: dict[str, str] = {"resident": str(resident.pk) if resident is not None else ""}
    sort = request.POST.get("sort", "")
    if kind == "repair" and ":" in sort:
        given["category"], given["problem"] = sort[:60].split(":", 1)
    spoken = request.POST.get("house_code", "").strip()
    if spoken and not request.POST.get("house"):
        house = places.house_by_code(request.project, spoken[:40])
        given["house"] = str(house.pk) if house else "0"
    if kind == "repair":
        given["executor"] = (
            _executor(request, given.get("category", "")) if request.POST.get("then") != "record" else ""
        )
    return given


def _executor(request: Any, category: str) -> str:
    """Who was chosen, or who is suggested; nobody on duty: it is only recorded, and the page says so."""
    chosen = request.POST.get("executor", "")
    if chosen or not request.actor.may("repairs.dispatch", request.project.pk):
        return str(chosen)
    fit = repairs.candidates(request.project, category, request.actor.at) if category else []
    return str(fit[0].employee.pk) if fit else ""


def done(request: Any, case: Case) -> HttpResponse:
    """Back to the desk with the number to read out."""
    url = reverse("desk:case", args=[request.project.code, case.pk])
    request.session.pop("caller", None)
    point_to(request, case)
    if case.executor is not None:
        line = _("%(number)s is on record, sent to %(who)s.") % {"number": case.number, "who": case.executor.name}
    elif case.kind == Case.Kind.REPAIR and request.POST.get("then") != "record":
        line = _("%(number)s is on record. Nobody fitting is on duty: dispatch it by hand.") % {"number": case.number}
    else:
        line = _("%(number)s is on record.") % {"number": case.number}
    say(request, line, url=url, link=_("Open the case"))
    return go(request, request.POST.get("back") or reverse("desk:idle", args=[request.project.code]))


def point_to(request: Any, case: Case) -> None:
    """The telephone call that I took for it points to the case: what was said stands once, in the case (DESK-06)."""
    project, by = request.project, request.actor
    pk = request.session.get("opened_call")
    if not pk or not by.may(log.name, project.pk):
        return
    mine = PhoneCall.visible_to(by).filter(project=project, pk=pk, employee_id=by.id)
    call = mine.filter(rang_at__gt=by.at - timedelta(hours=2)).first()
    if call is not None:
        with contextlib.suppress(Refused):  # written down already: the second matter of one call
            log(project, by=by, topic=case.kind, phone_call=call, case=case)


# -- advice while the form is filled in --------------------------------------------------------------------------------


@desk_page
@require_POST
def advice(request: Any) -> HttpResponse:
    """Similar open case, deadline, whom to send, what to say, and what to do when life is in danger."""
    post, project, by = request.POST, request.project, request.actor
    text, place = post.get("content", "")[:500], post.get("place", "home")
    chosen = _problem(post.get("sort", ""))
    heard = None if chosen else guess.problem_in(text, place)
    problem = chosen or heard
    resident = _number(post.get("resident")) and queries.resident(project, by, _number(post.get("resident")))
    urgency = post.get("urgency", "ordinary")
    if problem and problem.urgency == "emergency" and not post.get("urgency_touched"):
        urgency = "emergency"
    shown = {
        "heard": heard,
        "urgency": urgency,
        "safety": danger.card(guess.danger_in(text, problem), project, by.at),
        "same": _same(project, by, post, problem),
        "code": project.code,
        "deadline": deadline(project, urgency, by.at),
        "candidates": _candidates(project, problem, by),
        "sentence": sentence(
            resident or None, urgency, post.get("appointment_from", ""), post.get("appointment_to", "")
        ),
    }
    return render(request, "desk/advice.html", shown)


def _problem(sort: str) -> categories.Problem | None:
    branch, _sep, leaf = sort[:60].partition(":")
    return categories.problem(branch, leaf) if leaf else None


def _number(text: Any) -> int:
    plain = str(text or "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 18 else 0


def _same(project: Any, by: Any, post: Any, problem: Any) -> Any:
    """An open case of the same place and category that the actor may see."""
    house = spot = None
    if post.get("place") == "common":
        spot = places.spots(project).filter(pk=_number(post.get("spot"))).first()
    elif post.get("place") != "none":
        house = places.houses(project).filter(pk=_number(post.get("house"))).first()
    found = casework.similar(project, "repair", problem.category if problem else "", house=house, spot=spot, at=by.at)
    return casework.visible(project, by).filter(pk=found.pk).first() if found else None


def _candidates(project: Any, problem: Any, by: Any) -> list[dict[str, Any]]:
    if problem is None or not by.may("repairs.dispatch", project.pk):
        return []
    return [
        {"pk": c.employee.pk, "name": c.employee.name, "fits": bool(c.level), "load": c.load}
        for c in repairs.candidates(project, problem.category, by.at)[:8]
    ]


def deadline(project: Any, urgency: str, at: datetime) -> dict[str, Any] | None:
    """By when the Book wants an answer, as it stands at this project today."""
    clause = LIMITS.get(urgency)
    if clause is None:
        return None
    rule = standards.rule_in_force(clause, project, standards.today_at(project, at))
    within = rule.get("within")
    if not within or not rule.is_on:
        return None
    calendar = calendars.calendar_of(project, rule.get("calendar") or calendars.ALWAYS)
    limit = limit_of(calendar, at, parse_duration(within))
    until = due(calendar, at, limit)
    return {"limit": words.duration(int(limit.total_seconds())), "until": words.when(until, at), "clause": clause}


def sentence(resident: Any, urgency: str, start: str, end: str) -> str:
    """Something the desk can say, with the time that was agreed."""
    name = str(resident.name)[:1] if resident else ""
    title = {"f": _("Ms %(name)s"), "m": _("Mr %(name)s")}.get(resident.gender if resident else "", "")
    called = (title % {"name": name} + _(", ")) if title and name else ""
    try:
        begins = datetime.fromisoformat(start[:16])
    except ValueError:
        begins = None
    if begins is not None:
        span = f"{begins:%H:%M}"
        try:
            span += f"–{datetime.fromisoformat(end[:16]):%H:%M}"
        except ValueError:
            pass
        day = words.day_words(begins.date())
        return called + _("the technician comes on %(day)s at %(span)s and rings you before setting out.") % {
            "day": day,
            "span": span,
        }
    if urgency == "emergency":
        return called + _(
            "somebody is on the way now and rings you from the road. Please switch off what you safely can."
        )
    return called + _("the technician rings you to agree a time before coming.")
