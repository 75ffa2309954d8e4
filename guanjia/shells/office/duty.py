"""The duty roster of a week, one shift's page, and who is on leave."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domains.organization import operations as organization
from guanjia.people import posts
from guanjia.people.models import Cover, DistrictCover, Duty
from guanjia.web import words

from .frame import office_page, story, verbs


@office_page("duty")
def page(request: Any) -> HttpResponse:
    """Seven days from a Monday: who is on, by post."""
    project, by = request.project, request.actor
    zone = ZoneInfo(project.zone)
    today = by.at.astimezone(zone).date()
    monday = _monday(request.GET.get("week", ""), today)
    days = [monday + timedelta(days=n) for n in range(7)]
    start, end = (datetime.combine(d, time(), zone) for d in (monday, monday + timedelta(days=7)))
    duties = Duty.objects.filter(project=project, from_at__gte=start, from_at__lt=end).select_related("employee")
    covers = Cover.objects.filter(project=project, to_on__gte=monday, from_on__lte=days[-1])
    context = {
        "tabs": request.tabs,
        "days": [{"words": words.WEEKDAYS[d.weekday()], "day": d, "is_today": d == today} for d in days],
        "groups": _groups(list(duties.order_by("employee_id", "from_at")), days, zone, project, by),
        "covers": [_cover(c, by) for c in covers.select_related("absent", "substitute").order_by("from_on")],
        "back_week": f"?week={monday - timedelta(days=7)}",
        "next_week": f"?week={monday + timedelta(days=7)}",
        "is_this_week": days[0] <= today <= days[-1],
        "span": f"{words.month_day(days[0])} – {words.month_day(days[-1])}",
        "verbs": verbs(project, by, organization.plan_duty.name, organization.plan_cover.name),
    }
    return render(request, "office/duty.html", context)


def _monday(asked: str, today: date) -> date:
    try:
        day = date.fromisoformat(asked[:10])
    except ValueError:
        day = today
    if abs((day - today).days) > 800:
        day = today
    return day - timedelta(days=day.weekday())


def _groups(duties: list[Duty], days: list[date], zone: ZoneInfo, project: Any, by: Any) -> list[dict[str, Any]]:
    """Post → people → cells of the week, in the order of the posts."""
    table: dict[str, dict[Any, dict[date, Duty]]] = {}
    for duty in duties:
        table.setdefault(duty.post, {}).setdefault(duty.employee, {})[duty.from_at.astimezone(zone).date()] = duty
    return [
        {
            "post": posts.NAMES[post],
            "people": [
                {"employee": person, "me": person.pk == by.id, "cells": [_cell(row.get(d), project, by) for d in days]}
                for person, row in table[post].items()
            ],
        }
        for post in posts.NAMES
        if post in table
    ]


def _cell(duty: Duty | None, project: Any, by: Any) -> dict[str, Any] | None:
    if duty is None:
        return None
    is_off = duty.ended_at is not None and duty.signed_in_at is None
    return {
        "url": reverse("office:shift", args=[project.code, duty.pk]),
        "name": duty.get_shift_display(),
        "hours": f"{words.clock_time(duty.from_at)}–{words.clock_time(duty.to_at)}",
        "kind": "off" if is_off else "now" if duty.from_at <= by.at < duty.to_at and not duty.ended_at else duty.shift,
    }


def _cover(cover: Cover, by: Any) -> dict[str, Any]:
    return {
        "title": f"{cover.absent.name} → {cover.substitute.name}",
        "sub": f"{words.month_day(cover.from_on)} – {words.month_day(cover.to_on)}　{cover.reason}",
        "verbs": verbs(cover, by),
    }


@office_page("duty")
def shift(request: Any, pk: int) -> HttpResponse:
    """One shift: when, signed in, ended, who covers the districts."""
    project, by = request.project, request.actor
    found = Duty.visible_to(by).filter(project=project, pk=pk).select_related("employee", "project").first()
    if found is None:
        raise Http404
    covers = DistrictCover.objects.filter(project=project, duty=found).select_related("district", "employee")
    context = {
        "tabs": request.tabs,
        "title": found.employee.name,
        "sub": f"{posts.NAMES.get(found.post, found.post)}　{words.day_words(found.from_at, by.at)}",
        "back_url": reverse("office:duty", args=[project.code]),
        "back": _("Duty"),
        "facts": [
            {"label": _("Shift"), "value": found.get_shift_display() or "–"},
            {"label": _("Hours"), "value": f"{words.clock_time(found.from_at)}–{words.clock_time(found.to_at)}"},
            {"label": _("Signed in"), "value": words.stamp(found.signed_in_at) or "–"},
            {"label": _("Ended"), "value": words.stamp(found.ended_at) or "–"},
            *(
                {"label": _("Cover of %(district)s") % {"district": c.district}, "value": c.employee.name}
                for c in covers
            ),
        ],
        "verbs": _mine(found, by),
        "moments": story(found, by),
    }
    return render(request, "office/thing.html", context)


def _mine(duty: Duty, by: Any) -> list[dict[str, Any]]:
    """Verbs of a shift that is mine, or that I lead."""
    is_mine = duty.employee_id == by.id or by.holds(duty.project_id, *posts.SUPERVISORS)
    return [v for v in verbs(duty, by) if is_mine or "cancel_duty" in v["url"]]
