"""The pages of a room beside each other, over each of them; the one that is open is marked.

    tabs = Tabs(Tab("gifts:list", …), Tab("gifts:given", …, posts.SUPERVISORS))
    Register(…, frame=tabs)                  render(request, "gifts/given.html", {**tabs(request), …})

A page that has no tab of its own stands `under` one that has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

Who = Collection[str] | Callable[[Actor, Project], bool]


@dataclass(frozen=True)
class Tab:
    """The name of an address (with a `query` behind it), its words, and `who` sees it: posts, or a question."""

    page: str
    label: Any
    who: Who | None = None
    query: str = ""

    def is_for(self, by: Actor, project: Project) -> bool:
        if callable(self.who):
            return self.who(by, project)
        return self.who is None or by.holds(project.pk, *self.who)


class Tabs:
    def __init__(self, *tabs: Tab, title: Any = "") -> None:
        """`title` stands over the lists instead of their own."""
        self.tabs, self.title = tabs, title

    def __call__(self, request: Any, slug: str = "", *, at: str = "") -> dict[str, Any]:
        """What a page shows of them; `at` is the tab it stands under, if that is not itself."""
        project, here = request.project, at or request.resolver_match.view_name
        made = [
            {"label": tab.label, "url": reverse(tab.page, args=[project.code]) + tab.query, "current": tab.page == here}
            for tab in self.tabs
            if tab.is_for(request.actor, project)
        ]
        return {"tabs": made, **({"page_title": self.title} if self.title else {})}

    def under(self, page: str) -> Callable[[Any, str], dict[str, Any]]:
        """The frame of a list that has no tab of its own."""
        return lambda request, slug: self(request, slug, at=page)
