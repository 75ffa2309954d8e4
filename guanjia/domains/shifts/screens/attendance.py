"""Attendance: who came and went when, leave slips, the office in the morning, extreme weather hour by hour."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from guanjia.kernel import events, operations, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.subjects import locate
from guanjia.people import posts
from guanjia.people.models import Duty
from guanjia.places.models import Project
from guanjia.web import states, words
from guanjia.web.doors import staff_page
from guanjia.web.registers import Column, Filter, Register, grow, minor
from guanjia.web.things import ThingPages, moment_of, offer_of

from .. import attending, working
from ..models import Leave, OfficeCheck, WeatherHour, WeatherWatch
from ..operations import ask_leave, check_office, declare_weather

ARRIVED = {
    "on_time": gettext_lazy("On time"), "reminded": gettext_lazy("Late for preparing"), "late": gettext_lazy("Late"),
    "absent": gettext_lazy("Did not come"), "": "",
}  # fmt: skip
states.mark({
    Leave.State.ASKED: "hand warn", Leave.State.GRANTED: "tick ok", Leave.State.REFUSED: "cross neutral ended",
    Leave.State.WITHDRAWN: "cross neutral ended", WeatherWatch.State.ON: "half warn",
    WeatherWatch.State.OVER: "tick ok ended",
})  # fmt: skip


# -- my own shift ------------------------------------------------------------------------------------------------------


def mine(project: Project, by: Actor, *, phone: bool = False) -> dict[str, Any]:
    """My shifts with what can be done about them now, my leave, the office this morning, the weather."""
    weather = attending.weather(project, by).filter(state=WeatherWatch.State.ON).first()
    return {
        "shifts": [_shift(duty, project, by, phone=phone) for duty in attending.own_shifts(project, by)],
        "leave_url": _new(project, "ask_leave", "shifts:leaves:new", phone=phone)
        if by.may(ask_leave.name, project.pk)
        else "",
        "office_url": _new(project, "check_office", "shifts:office:new", phone=phone)
        if by.may(check_office.name, project.pk) and _office_waits(project, by)
        else "",
        "leaves": [
            {"title": leave.employee.name, "sub": _span(leave.from_at, leave.until_at, by.at),
             "url": leave_pages.address(leave, project)}
            for leave in attending.leaves_to_decide(project, by)
        ],
        "weather": {
            "title": str(weather), "url": weather_address(weather, project),
            "sub": _span(weather.from_at, weather.until_at, by.at),
        } if weather else None,
    }  # fmt: skip


def _new(project: Project, verb: str, name: str, *, phone: bool) -> str:
    return reverse("shifts:phone-new", args=[project.code, verb]) if phone else reverse(name, args=[project.code])


def _office_waits(project: Project, by: Actor) -> bool:
    """Nobody has found it clean today."""
    day = by.at.astimezone(ZoneInfo(project.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return not attending.office_checks(project, by).filter(checked_at__gte=day, is_clean=True).exists()


def _span(begins: datetime, ends: datetime, at: datetime) -> str:
    return f"{words.when(begins, at)} – {words.when(ends, at)}"


def _shift(duty: Duty, project: Project, by: Actor, *, phone: bool) -> dict[str, Any]:
    """One of my shifts: when I am wanted, when I came, and the next step with what it still lacks."""
    door = "shifts:phone-act" if phone else "acts:do"
    back = reverse("shifts:phone" if phone else "shifts:home", args=[project.code])
    acts = [
        {"label": o.operation.label, "missing": [str(n.sentence) for n in o.missing], "icon": o.operation.icon,
         "url": f"{reverse(door, args=[project.code, 'duty', duty.pk, o.operation.verb])}?next={back}"}
        for o in operations.offers(duty, by)
        if o.operation.verb == working.next_verb(duty)
    ]  # fmt: skip
    return {
        "title": f"{posts.NAMES.get(duty.post, '')}　{duty.get_shift_display()}",
        "span": f"{words.clock_time(duty.from_at)}–{words.clock_time(duty.to_at)}",
        "wanted": words.clock_time(duty.from_at - working.ahead_of(duty)),
        "signed": words.clock_time(duty.signed_in_at) if duty.signed_in_at else "",
        "arrived": ARRIVED[working.arrival(duty, by.at)], "is_late": working.arrival(duty, by.at) == "late",
        "acts": acts, "closing": _closing(duty, project),
    }  # fmt: skip


def _closing(duty: Duty, project: Project) -> dict[str, Any] | None:
    """The closing run sheet where it is under way or done."""
    sheet = working.closing_of(duty)
    if sheet is None:
        return None
    return {"url": reverse("runsheets:page", args=[project.code, sheet.pk]), "done": working.is_closed(duty)}


# -- lists and pages --------------------------------------------------------------------------------------------------


def _arrived(duty: Any) -> str:
    return str(ARRIVED[working.arrival(duty, duty.to_at)]) if duty.signed_in_at else ""


def _closed(duty: Any) -> str:
    return pgettext("closing", "done") if duty.is_closed else ""


attendance = Register(
    "attendance",
    of=Duty,
    title=gettext_lazy("Signed in and out"),
    rows=attending.shifts,
    columns=(
        Column(gettext_lazy("Shift"), "from_at"), Column(gettext_lazy("Who"), "employee"),
        Column(gettext_lazy("Post"), "post", "grow"), Column(gettext_lazy("Signed in"), "signed_in_at"),
        Column(pgettext_lazy("shifts", "Arrival"), _arrived, "tag"),
        Column(gettext_lazy("Closing"), _closed, is_minor=True),
        Column(gettext_lazy("Signed out"), lambda duty: duty.ended_at if duty.signed_in_at else None, "day"),
    ),
    filters=(Filter("post", gettext_lazy("Post")),),
    page=lambda duty, project: subjects.address_of(duty),
    empty=gettext_lazy("Who signs in to a shift stands here, with when they came and went."),
)  # fmt: skip
leave_pages = ThingPages(
    Leave, "shifts:leaves", create=ask_leave, title=gettext_lazy("Leave slips"),
    said=gettext_lazy("Handed in. Who decides is shown it."),
    facts=("employee", "from_at", "until_at", "reason", "asked_at", "decided_by", "decided_at", "remark"),
)  # fmt: skip
leaves = Register(
    "leaves",
    pages=leave_pages,
    columns=("employee", "from_at", "until_at", grow("reason"), minor("asked_at"), "state"),
    filters=("state",),
    empty=gettext_lazy("Leave is asked for by the end of the day before, and stands here."),
)  # fmt: skip
office_pages = ThingPages(
    OfficeCheck, "shifts:office", create=check_office, title=gettext_lazy("Office in the morning"),
    said=gettext_lazy("Noted."),
    facts=("is_clean", "remark", "checked_by", "checked_at"),
)  # fmt: skip
office = Register(
    "office",
    pages=office_pages,
    columns=("checked_at", Column(pgettext_lazy("office", "Found"), str, "grow"), "checked_by"),
    empty=gettext_lazy("The office is cleaned by eight; who looked stands here."),
)
weather_pages = ThingPages(
    WeatherWatch, "shifts:weather", create=declare_weather, title=pgettext_lazy("shifts", "Extreme weather"),
    said=gettext_lazy("Declared. Each hour below shows who is on duty."),
    facts=("kind", "from_at", "until_at", "needed", "words", "declared_by", "declared_at"),
)  # fmt: skip
weather = Register(
    "weather",
    pages=weather_pages,
    columns=(
        "kind", Column(gettext_lazy("From"), "from_at"), Column(gettext_lazy("Until"), "until_at"), grow("words"),
        "needed", "state",
    ),
    empty=gettext_lazy("When extreme weather is announced, duty is reinforced here, hour by hour."),
)  # fmt: skip
weather_address = weather_pages.address
locate(subjects.label_of(WeatherHour), lambda hour: weather_address(hour.watch, hour.project))


@staff_page
@require_safe
def weather_page(request: Any, pk: int) -> HttpResponse:
    """One spell of weather: each hour with how many stand ready, and which hours lack somebody."""
    by, project = request.actor, request.project
    watch = attending.weather(project, by).filter(pk=pk).first()
    if watch is None:
        raise Http404
    rows = attending.hours(WeatherHour.objects.filter(project=project, watch=watch)).order_by("from_at")
    shown_hours = [_hour(hour, by.at) for hour in rows]
    begun = [hour for hour in shown_hours if hour["is_begun"]]
    days: dict[str, list[dict[str, Any]]] = {}
    for hour in shown_hours:
        days.setdefault(hour["day"], []).append(hour)
    context = {
        "watch": watch,
        "span": _span(watch.from_at, watch.until_at, by.at),
        "days": days.items(),
        "covered": sum(1 for hour in begun if hour["is_enough"]), "begun": len(begun),
        "gaps": sum(1 for hour in shown_hours if not hour["is_begun"] and not hour["is_enough"]),
        "roster_url": reverse("office:duty", args=[project.code]),
        "acts": [offer_of(o, watch, project) for o in operations.offers(watch, by)],
        "list_url": reverse("shifts:weather:list", args=[project.code]),
        "moments": [moment_of(event, by) for event in events.timeline(watch)],
    }  # fmt: skip
    return render(request, "shifts/weather.html", context)


def _hour(hour: Any, at: datetime) -> dict[str, Any]:
    is_begun = hour.from_at <= at
    count = hour.on if is_begun else hour.planned
    return {
        "day": words.day_words(hour.from_at, at), "at": words.clock_time(hour.from_at), "count": count,
        "needed": hour.needed, "is_begun": is_begun, "is_enough": count >= hour.needed,
    }  # fmt: skip
