"""A plain register from one declaration: list with search, filters, keyset pages and export; a link to each page.

    gifts = Register("gifts", pages=pages, unit="gifts", hint="Giver, gift or house", filters=("state",),
                     columns=(grow("description"), "received_at", "house", minor("receiver"), "state"))
    urlpatterns = gifts.at("gifts")      # the list, the form of a new one and the page of one

What it lists, under which title, where a row leads and how a new one is made it has from the pages of the thing that
stand beside it (`pages`), unless it says so itself; columns and filters from the fields of the model (`columns.py`).
With a `hint` it is searched, by the kernel's words if it says nothing else. A screen that deserves its own design
leaves the register for an ordinary view, without asking. What is searched for is posted, so that no name or number
stands in an address; a page's mark is the id of its last row, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanjia.kernel import search, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Forbidden
from guanjia.places.models import Project

from . import sheets
from .columns import Column, Filter, choice, dated, grow, minor, only, person, tag, told
from .doors import staff_page
from .export import workbook
from .links import Links
from .things import ThingPages

__all__ = ["Column", "Filter", "Register", "by_words", "dated", "grow", "minor", "only", "person", "tag"]

SIZE, MOST_FOUND, MOST_ROWS = 16, 50, 20_000


@dataclass(frozen=True)
class Register:
    """One list of one kind of thing at a project."""

    slug: str
    columns: tuple[Any, ...]  # of names and Columns; once it stands, of Columns
    pages: ThingPages | None = None
    of: Any = None
    title: Any = None
    rows: Any = None
    order: tuple[str, ...] = ("-id",)
    unit: Any = ""
    filters: tuple[Any, ...] = ()  # of names and Filters; once it stands, of Filters
    searched: Callable[[QuerySet[Any], str, Project], QuerySet[Any]] | None = None
    hint: Any = None
    page: Callable[[Any, Project], str] | None = None
    new: Links | None = None
    export: Operation | None = None
    posts: frozenset[str] | None = None
    prepare: Callable[[list[Any], Project, Actor], None] | None = None
    frame: Callable[[Any, str], Mapping[str, Any]] | None = None
    template: str = "web/register_page.html"
    empty: Any = ""
    size: int = SIZE
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What is not said is taken from the pages, then from the model."""
        if pages := self.pages:
            self._unless_said(of=pages.model, title=pages.title, rows=pages.rows)
            self._unless_said(page=pages.address, new=pages.new_links)
        if self.hint is not None and self.of is not None:
            self._unless_said(searched=by_words(self.of))
        if self.title is None or self.rows is None:
            raise TypeError(f"the register {self.slug!r} has no pages: it says its title and its rows")
        object.__setattr__(self, "columns", tuple(told(one, self.of) for one in self.columns))
        object.__setattr__(self, "filters", tuple(choice(one, self.of) for one in self.filters))

    def _unless_said(self, **values: Any) -> None:
        for name, value in values.items():
            if getattr(self, name) is None:
                object.__setattr__(self, name, value)

    def at(self, where: str, *, page: Any = None) -> list[Any]:
        """The addresses of the list, of a new one and of one, `where` in a project; `page` is a view of its own design
        instead of that of its pages."""
        things, root = self.pages, f"p/<slug:project>/{where}"
        assert things is not None, f"the register {self.slug!r} has no pages"
        listed, made, one = things.names
        rows = [path(root, self.screen, name=listed)]
        if things.create:
            rows.append(path(f"{root}/new", things.new, name=made))
        rows.append(path(f"{root}/<id:pk>", page or things.page, name=one))
        _app, _colon, space = things.space.partition(":")
        return [path("", include((rows, space)))] if space else rows

    @property
    def screen(self) -> Callable[..., HttpResponse]:
        """The view: the list; a POST searches, or takes the list out as a workbook."""
        return staff_page(require_http_methods(["GET", "POST"])(self._screen))

    def _screen(self, request: Any) -> HttpResponse:
        project, by = request.project, request.actor
        if self.posts is not None and not by.holds(project.pk, *self.posts):
            raise Http404
        chosen = self._chosen(request, project)
        rows = self._narrowed(self.rows(project, by), chosen)
        query = request.POST.get("q", "").strip()[:80]
        if query and self.searched:
            rows = self.searched(rows, query, project)
        if request.method == "POST" and "export" in request.POST:
            return self._export(request, rows)
        found, following = self._page(rows, request.GET.get("after", ""), query)
        if self.prepare:
            self.prepare(found, project, by)
        return render(request, self.template, self._context(request, found, following, chosen, query))

    # -- what is asked for -----------------------------------------------------------------------------------------

    def _chosen(self, request: Any, project: Project) -> dict[str, str]:
        chosen = {}
        for one in self.filters:
            value = request.GET.get(one.name, "")[:40]
            if value and value in {str(v) for v, _label in one.choices(project)}:
                chosen[one.name] = value
        return chosen

    def _narrowed(self, rows: QuerySet[Any], chosen: Mapping[str, str]) -> QuerySet[Any]:
        for one in self.filters:
            if one.name in chosen:
                rows = rows.filter(one.where(chosen[one.name]))
        return rows

    def _page(self, rows: QuerySet[Any], after: str, query: str) -> tuple[list[Any], str]:
        """Rows after a mark, and the mark to go on with. A forged mark is as good as none."""
        size = MOST_FOUND if query else self.size
        if after.isascii() and after.isdigit() and len(after) <= 18 and not query:
            last = (
                rows.model._default_manager.filter(pk=int(after), pk__in=rows.values("pk"))
                .values(*self._names())
                .first()
            )
            if last is not None:
                rows = rows.filter(self._beyond(last))
        found = list(rows.order_by(*self.order)[: size + 1])
        return found[:size], str(found[size - 1].pk) if len(found) > size and not query else ""

    def _names(self) -> list[str]:
        return [name.lstrip("-") for name in self.order]

    def _beyond(self, last: Mapping[str, Any]) -> Q:
        """What stands after a row in the order of the list."""
        beyond, same = Q(pk__in=[]), Q()
        for name in self.order:
            plain = name.lstrip("-")
            side = "lt" if name.startswith("-") else "gt"
            beyond |= same & Q(**{f"{plain}__{side}": last[plain]})
            same &= Q(**{plain: last[plain]})
        return beyond

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _context(
        self, request: Any, found: list[Any], following: str, chosen: Mapping[str, str], query: str
    ) -> dict[str, Any]:
        project, by = request.project, request.actor
        kept = urlencode(chosen)
        url = f"?{urlencode({**chosen, 'after': following})}" if following else ""
        return {
            "register": self,
            "head": self.columns,
            "lines": [self._line(row, project) for row in found],
            "menus": [self._menu(one, project, chosen) for one in self.filters],
            "query": query,
            "kept": f"?{kept}" if kept else "?",
            "next_url": url,
            "first_url": f"?{kept}" if request.GET.get("after") else "",
            "can_search": self.searched is not None,
            "can_export": self.export is not None and by.may(self.export.name, project.pk),
            "new_links": [
                *(self.new(project, by) if self.new else []),
                *sheets.of_page(project, by, request.resolver_match.view_name),
            ],
            **self.extra,
            **(self.frame(request, self.slug) if self.frame else {}),
        }

    def _line(self, row: Any, project: Project) -> dict[str, Any]:
        cells = [{"value": c.of(row), "kind": c.look, "title": c.title, "is_minor": c.is_minor} for c in self.columns]
        return {"url": self.page(row, project) if self.page else "", "cells": cells, "first": cells[0]["value"]}

    def _menu(self, one: Any, project: Project, chosen: Mapping[str, str]) -> dict[str, Any]:
        rest = {k: v for k, v in chosen.items() if k != one.name}
        options = [{"label": _("All"), "url": f"?{urlencode(rest)}", "current": one.name not in chosen}]
        label = one.title
        for value, words_of in one.choices(project):
            is_current = chosen.get(one.name) == str(value)
            label = words_of if is_current else label
            url = f"?{urlencode({**rest, one.name: value})}"
            options.append({"label": words_of, "url": url, "current": is_current})
        return {"label": label, "options": options}

    def _export(self, request: Any, rows: QuerySet[Any]) -> HttpResponse:
        """The list as a workbook, masked as on the page; the act leaves an event that says who took how many."""
        project, by = request.project, request.actor
        if self.export is None or not by.may(self.export.name, project.pk):
            raise Forbidden(self.export.name if self.export else self.slug)
        found = list(rows.order_by(*self.order)[:MOST_ROWS])
        if self.prepare:
            self.prepare(found, project, by)
        columns = [c for c in self.columns if c.export]
        key = request.POST.get("idempotency_key", "")[:80] or None
        self.export(project, by=by, key=key, register=self.slug, rows=len(found))
        at = timezone.localtime(by.at)
        note = _("%(who)s, %(at)s, %(n)d rows") % {"who": by.name, "at": f"{at:%Y-%m-%d %H:%M}", "n": len(found)}
        lines = ([c.of(row) for c in columns] for row in found)
        name = f"{project.code}-{self.slug}-{at:%Y%m%d-%H%M}.xlsx"
        return workbook(name, self.title, [c.title for c in columns], lines, note=note)


def by_words(model: Any) -> Callable[[QuerySet[Any], str, Project], QuerySet[Any]]:
    """Search by the kernel's words: a name by two characters, a phone by its end, a house by its digits."""

    def searched(rows: QuerySet[Any], query: str, project: Project) -> QuerySet[Any]:
        return rows.filter(pk__in=search.found([project.pk], subjects.label_of(model), query, limit=MOST_FOUND))

    return searched
