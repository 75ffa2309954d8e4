"""The queue's pages: by the soonest limit, or newest first; keyset: the tenth page costs what the first does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from guanjia.kernel import search
from guanjia.kernel.actors import Actor
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework import views
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.places.models import Project

SIZE = 16
MOST_FOUND = 500
BOUND = 100
TRAIL = 200
KEPT = casework.FILTERS
_DUE = re.compile(r"d(\d{1,17})\.(\d{1,18})")
_NEW = re.compile(r"n(\d{1,18})")


@dataclass
class Page:
    """One page of cases, the clock of each where it is known already, and how to go on."""

    cases: list[Case]
    clocks: dict[int, Clock] = field(default_factory=dict)
    next: str = ""


def chosen(project: Project, by: Actor, view: str, filters: Mapping[str, str], query: str) -> QuerySet[Case]:
    """The cases of a view, narrowed by filters and by words."""
    rows = casework.narrowed(casework.visible(project, by).filter(views.view_of(view, by, by.at)), filters)
    if query:
        rows = rows.filter(pk__in=search.found([project.pk], "case", query, limit=MOST_FOUND))
    return rows


def page(rows: QuerySet[Case], project: Project, *, by_due: bool, after: str = "", size: int = SIZE) -> Page:
    """One page after a mark; a forged mark is as good as none."""
    newest = _NEW.fullmatch(after)
    if not by_due or newest:
        return _newest(rows, project, int(newest.group(1)) if newest else 0, size, unclocked=by_due)
    return _soonest(rows, project, _DUE.fullmatch(after), size)


def _newest(rows: QuerySet[Case], project: Project, after: int, size: int, *, unclocked: bool) -> Page:
    if unclocked:
        rows = rows.filter(~Exists(_running(project).filter(subject_id=OuterRef("pk"))))
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-id")[: size + 1])
    return Page(found[:size], next=f"n{found[size - 1].pk}" if len(found) > size else "")


def _soonest(rows: QuerySet[Case], project: Project, mark: Any, size: int) -> Page:
    """Overdue longest first, then soonest due: one order of due moments. What has no running clock comes after."""
    earlier = (
        _running(project)
        .filter(subject_id=OuterRef("subject_id"))
        .filter(Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__lt=OuterRef("pk")))
    )
    clocks = _running(project).filter(~Exists(earlier), subject_id__in=rows.order_by().values("pk"))
    if mark:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=min(int(mark.group(1)), 10**16))
        clocks = clocks.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=int(mark.group(2))))
    found = list(clocks.select_related("project").order_by("due_at", "pk")[: size + 1])
    shown = found[:size]
    cases = {c.pk: c for c in rows.filter(pk__in=[c.subject_id for c in shown])}
    result = Page([cases[c.subject_id] for c in shown if c.subject_id in cases], {c.subject_id: c for c in shown})
    if len(found) > size:
        result.next = (
            f"d{(shown[-1].due_at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)}.{shown[-1].pk}"
        )
        return result
    rest = _newest(rows, project, 0, size - len(shown), unclocked=True) if len(shown) < size else Page([], next="n")
    result.cases += rest.cases
    result.next = rest.next if rest.next != "n" else f"n{2**62}"
    return result


def trail(rows: QuerySet[Case], project: Project, *, by_due: bool, most: int = TRAIL) -> list[int]:
    """The ids of a view in its order, no further than the bound: for the place of one case among them."""
    if not by_due:
        return list(rows.order_by("-id").values_list("pk", flat=True)[:most])
    clocks = _running(project).filter(subject_id__in=rows.order_by().values("pk")).order_by("due_at", "pk")
    found = list(dict.fromkeys(clocks.values_list("subject_id", flat=True)[: most * 3]))[:most]
    if len(found) < most:
        rest = rows.filter(~Exists(_running(project).filter(subject_id=OuterRef("pk")))).order_by("-id")
        found += rest.values_list("pk", flat=True)[: most - len(found)]
    return found


def _running(project: Project) -> QuerySet[Clock]:
    return Clock.objects.filter(project_id=project.pk, subject_label="case", state=Clock.State.RUNNING)


def counts(project: Project, by: Actor) -> dict[str, int]:
    """How many each view holds, no further than the bound, in one statement."""
    rows = Case.visible_to(by).filter(project_id=OuterRef("pk")).order_by()
    arrays = {
        f"n_{v}": ArraySubquery(rows.filter(views.view_of(v, by, by.at)).values("pk")[:BOUND]) for v in views.COUNTED
    }
    found = Project.objects.filter(pk=project.pk).annotate(**arrays).values(*arrays).get()
    return {name.removeprefix("n_"): len(ids) for name, ids in found.items()}
