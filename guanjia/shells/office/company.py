"""The project itself, departments and the reporting tree, rights, and the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guanjia.domains.organization import operations as organization
from guanjia.domains.privacy import operations as privacy_operations
from guanjia.domains.privacy import queries as privacy
from guanjia.kernel import operations
from guanjia.kernel.holidays import is_assumed, statutory_days
from guanjia.parts.casework import danger
from guanjia.parts.standards import operations as standards
from guanjia.parts.standards.models import CalendarDay
from guanjia.people import posts, queries
from guanjia.places.models import House, Project
from guanjia.web import words
from guanjia.web.words import room_name

from .frame import do_url, office_page, story, verbs


@office_page("project")
def project(request: Any) -> HttpResponse:
    """What the project is: level, hours, hotline; at the head office, all projects."""
    place, by = request.project, request.actor
    names = (
        [organization.adjust_project.name, organization.open_project.name]
        if place.is_office
        else [organization.adjust_project.name]
    )
    context = {
        "tabs": request.tabs,
        "place": place,
        "facts": _facts(place, by),
        "verbs": verbs(place, by, *names),
        "projects": Project.visible_to(by).exclude(pk=place.pk) if place.is_office else [],
        "moments": story(place, by, limit=15),
    }
    return render(request, "office/project.html", context)


def _facts(place: Project, by: Any) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Short name in addresses"), "value": place.code},
        {"label": _("Letters before numbers"), "value": place.short_code},
        {"label": _("City"), "value": place.city or "–"},
        {"label": _("Hotline"), "value": place.hotline or "–"},
        {"label": _("Hours"), "value": f"{place.opens_at:%H:%M}–{place.closes_at:%H:%M}"},
    ]
    if not place.is_office:
        houses = House.objects.filter(project=place, is_closed=False).count()
        facts += [
            {"label": _("Kind of project"), "value": place.get_kind_display()},
            {"label": _("Service level"), "value": place.get_level_display()},
            {"label": _("Stars"), "value": "★" * place.stars},
            {"label": _("Houses"), "value": str(houses)},
            {"label": _("Staff"), "value": str(queries.staff_of(place, by.at).count())},
        ]
    return facts


@office_page("tree")
def tree(request: Any) -> HttpResponse:
    """Departments and who reports to whom."""
    place, by = request.project, request.actor
    superior = queries.reporting_tree(place)
    held = {p for e in queries.staff_of(place, by.at) for p in (row.post for row in getattr(e, "posts_now", ()))}
    below: dict[str, list[str]] = {}
    for post in [*posts.NAMES]:
        if post in held or post in superior:
            below.setdefault(superior.get(post, ""), []).append(post)
    context = {
        "tabs": request.tabs,
        "departments": queries.departments(place),
        "missing": [
            {"name": name, "url": do_url(organization.keep_department, place, short_name=key, name=name)}
            for key, name in (danger.without_number(place) if not place.is_office else [])
        ],
        "branches": list(_branches(below, "", 0, held, place, by)),
        "verbs": verbs(place, by, organization.keep_department.name, organization.set_superior.name),
    }
    return render(request, "office/tree.html", context)


def _branches(
    below: dict[str, list[str]], top: str, depth: int, held: set[str], place: Project, by: Any
) -> Iterable[dict[str, Any]]:
    """Posts from the top down; an empty one is dim."""
    for post in below.get(top, []):
        people = [e.name for e in queries.holders(place, post, by.at)[:6]] if post in held else []
        yield {
            "post": posts.NAMES[post],
            "depth": min(depth, 6),
            "people": "、".join(people),
            "is_held": bool(people),
            "url": do_url(organization.set_superior, place, post=post)
            if by.may(organization.set_superior.name, place.pk)
            else "",
        }
        yield from _branches(below, post, depth + 1, held, place, by)


@office_page("rights")
def rights(request: Any) -> HttpResponse:
    """Operations × posts of one room, with what this project changed."""
    place, by = request.project, request.actor
    table, changed = privacy_table(), privacy.overrides(place)
    rooms = sorted({name.split(".")[0] for name in operations.registry})
    room = request.GET.get("room", "")[:40]
    room = room if room in rooms else next(iter(rooms), "")
    may_change = by.may(privacy_operations.override_right.name, place.pk)
    lines = [
        {
            "label": o.label,
            "name": name,
            "cells": [_cell(place, name, post, table, changed, may_change) for post in posts.NAMES],
        }
        for name, o in sorted(operations.registry.items())
        if name.startswith(f"{room}.") and not o.internal
    ]
    context = {
        "tabs": request.tabs,
        "rooms": [{"label": room_name(r), "url": f"?room={r}", "current": r == room} for r in rooms],
        "posts": posts.NAMES.values(),
        "lines": lines,
        "changed": len(changed),
        "looks": [_look(event, by) for event in privacy.looks(place)[:20]]
        if by.holds(place.pk, *posts.SUPERVISORS)
        else [],
    }
    return render(request, "office/rights.html", context)


def _look(event: Any, by: Any) -> dict[str, Any]:
    """Who saw which number in full, or took a list out, and why."""
    operation = operations.registry.get(event.name)
    reasons = {**dict(privacy_operations.REASONS), **dict(privacy_operations.DOCUMENT_REASONS)}
    given = event.given
    said = reasons.get(given.get("reason"), "") or (
        f"{given.get('register')} {given.get('rows')}" if "rows" in given else ""
    )
    return {
        "title": f"{event.actor_name}　{operation.label if operation else event.name}",
        "sub": str(said),
        "at": words.when(event.at, by.at),
    }


def privacy_table() -> dict[str, frozenset[str]]:
    """The default table of rights, as the rooms declare it."""
    table: dict[str, frozenset[str]] = {}
    for room in apps.get_app_configs():
        name = f"{room.name}.rights"
        if room.name.startswith("guanjia.") and find_spec(name):
            table.update(getattr(import_module(name), "RIGHTS", {}))
    return table


def _cell(place: Project, name: str, post: str, table: Any, changed: Any, may_change: bool) -> dict[str, Any]:
    default = post in table.get(name, frozenset())
    now = changed.get((name, post), default)
    url = do_url(privacy_operations.override_right, place, post=post, right=name) if may_change else ""
    words_of = _("may") if now else _("may not")
    return {"may": now, "is_changed": now != default, "url": url, "words": words_of}


@office_page("calendar")
def calendar(request: Any) -> HttpResponse:
    """Statutory holidays, make-up days, and what the company or the project decided otherwise."""
    place, by = request.project, request.actor
    today = by.at.date()
    year = _year(request.GET.get("year", ""), today.year)
    holidays, workdays = statutory_days()
    rows = CalendarDay.objects.filter(project__in=[place, *Project.objects.filter(kind=Project.Kind.OFFICE)])
    decided = {d.day: d for d in rows.filter(day__year=year, replaced_at__isnull=True).order_by("project__kind", "id")}
    context = {
        "tabs": request.tabs,
        "year": year,
        "years": [
            {"label": str(y), "url": f"?year={y}", "current": y == year} for y in range(today.year - 1, today.year + 2)
        ],
        "months": [_month(year, m, today, holidays, workdays, decided) for m in range(1, 13)],
        "decided": [decided[d] for d in sorted(decided)],
        "is_assumed": is_assumed(year),
        "verbs": verbs(place, by, standards.decide_day.name),
    }
    return render(request, "office/calendar.html", context)


def _year(asked: str, now: int) -> int:
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else now
    return year if abs(year - now) <= 1 else now


def _month(year: int, month: int, today: date, holidays: Any, workdays: Any, decided: Any) -> dict[str, Any]:
    """Weeks of a month from Monday; each day says whether it is worked, and why."""
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    cells: list[dict[str, Any] | None] = [None] * first.weekday()
    for n in range((after - first).days):
        day = first + timedelta(days=n)
        decision = decided.get(day)
        kind = "off" if day in holidays and day not in workdays else "makeup" if day in workdays else ""
        rest = kind == "off" or (day.weekday() >= 5 and kind != "makeup")
        if decision is not None:
            kind, rest = "decided", not decision.is_open
        why = (
            decision.name if decision else {"off": _("statutory holiday"), "makeup": _("make-up workday")}.get(kind, "")
        )
        cells.append({"n": day.day, "kind": kind, "rest": rest, "is_today": day == today, "why": why})
    return {"name": str(month), "weeks": [cells[i : i + 7] for i in range(0, len(cells), 7)]}
