"""Today 今日, for every post: what waits for me, what breaks next, what I promised, who is on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guanjia.domains.organization.models import SiteCall
from guanjia.domains.repairs import queries as repairs
from guanjia.domains.shifts.screens import waiting as shifts
from guanjia.domains.training.screens import frame as training
from guanjia.kernel import subjects
from guanjia.parts.approvals import queries as signing
from guanjia.parts.approvals import showing as approvals
from guanjia.parts.casework import charted, danger, figures
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import ONGOING, Case, State
from guanjia.parts.obligations import panels as duties
from guanjia.people import posts
from guanjia.people import queries as people
from guanjia.shells.board.doors import READERS as BOARD
from guanjia.web import words
from guanjia.web.doors import staff_page

from . import queries, shown, waits
from .who import DESK

WAITING = 8
FEW = 5  # of the usual: a share of so little says nothing


@staff_page
@require_GET
def page(request: Any) -> HttpResponse:
    """Each post's own day at this project."""
    project, by = request.project, request.actor
    leads = by.holds(project.pk, *posts.SUPERVISORS)
    strip = shown.strip(project, by, most=6, of_all=leads)
    day = queries.day_start(by.at)
    visits = repairs.appointments(project, by, day, day + timedelta(days=1))
    waiting = [
        *_numbers_to_enter(project, by),
        *_to_sign(project, by),
        *_called(project, by),
        *shifts.waiting(project, by),
        *waits.waiting(project, by),
        *training.waiting(project, by),
        *_waiting(project, by),
    ]
    queue = reverse("desk:queue", args=[project.code]) if by.holds(project.pk, *DESK) else ""
    board = reverse("clocks:board", args=[project.code]) if leads else ""
    context = {
        "waiting": waiting,
        "strip": strip,
        "promised": _promised(project, by),
        "owed": duties.today(project, by),
        "on_duty": _on_duty(project, by),
        "visits": [_visit(order, project) for order in visits[:7]],
        "visits_count": len(visits),
        "arrived": sum(1 for order in visits if order.arrived_at),
        "intake": _intake(figures.intake(Case.visible_to(by).filter(project=project), by.at)),
        "day": words.day_words(by.at),
        "line": _line(by, strip, len(waiting)),
        "mine_url": f"{queue}?view=mine" if queue else "",
        "late_url": f"{board or queue}?view=late" if board or queue else "",
        "leads": not project.is_office and by.holds(project.pk, *BOARD),
    }
    return render(request, "desk/today.html", context)


def _line(by: Any, strip: dict[str, Any], waiting: int) -> str:
    if strip["late"]:
        return _("%(name)s, first the %(n)d that are over the limit.") % {"name": by.name, "n": strip["late"]}
    if strip["soon"]:
        return _("%(name)s, %(n)d are close to their limit.") % {"name": by.name, "n": strip["soon"]}
    if waiting:
        return _("%(name)s, %(n)d wait for you.") % {"name": by.name, "n": waiting}
    return _("%(name)s, nothing is close to its limit.") % {"name": by.name}


def _waiting(project: Any, by: Any) -> list[dict[str, Any]]:
    """What only goes on when I act: my orders, what my post dispatches, what has to be confirmed or revisited."""
    held = by.posts.get(project.pk, frozenset())
    mine = Q(executor_id=by.id, state__in=[State.DISPATCHED, State.WORKING])
    if held & (posts.COUNTER | posts.SUPERVISORS | {posts.ENGINEERING_SUPERVISOR}):
        mine |= Q(state=State.OPEN)
    if held & posts.SERVICE:
        mine |= Q(owner_id=by.id, state__in=[State.DONE, State.CONFIRMED])
    if held & posts.SUPERVISORS:
        mine |= Q(state=State.CONFIRMED) & ~Q(owner_id=by.id)
    rows = casework.visible(project, by).filter(mine).order_by("id")[: WAITING + 1]
    return [_wait(case, project, by) for case in rows]


def _numbers_to_enter(project: Any, by: Any) -> list[dict[str, Any]]:
    """Whom a life-safety card rings must have a number before somebody is trapped: asked of who may enter it."""
    if project.is_office or not by.may("organization.keep_department", project.pk):
        return []
    page = reverse("acts:do", args=[project.code, "project", project.pk, "keep_department"])
    today = reverse("desk:today", args=[project.code])
    return [
        {
            "title": _("Not yet entered: the emergency number of the %(firm)s") % {"firm": name}, "urgency": "",
            "url": f"{page}?{urlencode({'short_name': key, 'name': name, 'next': today})}", "act": _("Enter"),
            "act_url": f"{page}?{urlencode({'short_name': key, 'name': name, 'next': today})}",
            "sub": _("The life-safety card at the desk lacks it."), "icon": "phone-off",
        }
        for key, name in danger.without_number(project)
    ]  # fmt: skip


def _called(project: Any, by: Any) -> list[dict[str, Any]]:
    """Where I am called to come: before everything else that waits."""
    rows = SiteCall.visible_to(by).filter(project=project, steward_id=by.id, state=SiteCall.State.CALLED)
    return [
        {
            "title": call.reason, "url": subjects.address_of(call), "urgency": "urgent", "act": _("I am on site"),
            "act_url": f"{reverse('acts:do', args=[project.code, 'site_call', call.pk, 'arrive_on_site'])}"
            f"?{urlencode({'next': reverse('desk:today', args=[project.code])})}",
            "sub": f"{call.where}　{words.when(call.called_at, by.at)}", "icon": "map-pin",
        }
        for call in rows.select_related("house", "project").order_by("called_at")[:WAITING]
    ]  # fmt: skip


def _to_sign(project: Any, by: Any) -> list[dict[str, Any]]:
    """What waits for my signature, at all my projects, the nearest deadline first."""
    return [
        {
            "title": card["title"], "url": card["url"], "urgency": "", "act": _("Look and sign"),
            "act_url": card["url"],
            "sub": "　".join(str(part) for part in (card["who"], card["due"]["words"], card["place"]) if part),
            "icon": "clipboard-check",
        }
        for card in approvals.cards(list(signing.to_sign(by)[:WAITING]), project, by)
    ]  # fmt: skip


def _wait(case: Case, project: Any, by: Any) -> dict[str, Any]:
    verbs = {
        State.OPEN: (_("Dispatch"), "dispatch"),
        State.DISPATCHED: (_("Accept"), "accept"),
        State.WORKING: (_("Have a look"), ""),
        State.DONE: (_("Confirm"), "confirm"),
        State.CONFIRMED: (_("Revisit"), "revisit"),
    }
    label, verb = verbs.get(State(case.state), (_("Have a look"), ""))
    if case.kind == Case.Kind.ENQUIRY and case.state == State.OPEN:
        label, verb = _("Answer"), "answer"
    page_url = reverse("desk:case", args=[project.code, case.pk])
    url = reverse("acts:do", args=[project.code, "case", case.pk, verb]) if verb else page_url
    return {
        "title": case.title,
        "url": page_url,
        "urgency": shown.URGENCY.get(case.urgency, ""),
        "act": label,
        "act_url": f"{url}?next={reverse('desk:today', args=[project.code])}" if verb else page_url,
        "sub": "　".join(str(p) for p in (case.place, shown.short_number(case.number), case.get_state_display()) if p),
        "icon": "tool" if case.is_repair else "help-circle",
    }


def _promised(project: Any, by: Any) -> list[dict[str, Any]]:
    """Done by when, as agreed for cases that I own or work on."""
    from guanjia.domains.repairs.models import RepairOrder

    rows = RepairOrder.objects.filter(
        Q(case__owner_id=by.id) | Q(case__executor_id=by.id),
        project=project,
        case__state__in=ONGOING,
        completion_agreed_at__isnull=False,
        finished_at__isnull=True,
    )
    found = rows.select_related("case__house", "case__spot").order_by("completion_agreed_at")[:6]
    return [
        {
            "title": order.case.title,
            "url": reverse("desk:case", args=[project.code, order.case_id]),
            "sub": f"{order.case.place}　{shown.short_number(order.case.number)}",
            "when": words.when(order.completion_agreed_at, by.at),
            "late": order.completion_agreed_at < by.at,
        }
        for order in found
    ]


def _visit(order: Any, project: Any) -> dict[str, Any]:
    case = order.case
    return {
        "time": words.clock_time(order.appointment_from),
        "title": f"{case.place} {case.title}",
        "who": case.executor.name if case.executor else "",
        "url": reverse("desk:case", args=[project.code, case.pk]),
        "arrived": order.arrived_at is not None,
    }


def _on_duty(project: Any, by: Any) -> list[dict[str, Any]]:
    """Who is on now, with what they have in hand."""
    found = people.on_now(project, by.at)[:10]
    load = casework.load(project, [one.employee.pk for one in found])
    return [
        {
            "name": one.employee.name,
            "post": posts.NAMES.get(one.post, one.post),
            "load": load.get(one.employee.pk, 0),
            "me": one.employee.pk == by.id,
            "words": _("%(n)d in hand") % {"n": load.get(one.employee.pk, 0)},
        }
        for one in found
    ]


def _intake(found: figures.Intake) -> dict[str, Any]:
    """The hours of today beside the usual, and the sum against it."""
    usual = found.usual_so_far
    more = round((found.count - usual) * 100 / usual) if usual else None
    if more is None:
        note = _("no comparison yet")
    elif usual < FEW:
        note = _("usual %(n)d by now") % {"n": usual}
    elif more >= 0:
        note = _("usual %(n)d by now, %(p)d %% more") % {"n": usual, "p": more}
    else:
        note = _("usual %(n)d by now, %(p)d %% fewer") % {"n": usual, "p": -more}
    return {"chart": charted.by_hour(found), "count": found.count, "note": note}
