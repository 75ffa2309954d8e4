"""What a key shows of itself: who has it and what can be done about that, what an owner allowed, procedures on it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.parts.clocks import explaining
from guanjia.parts.custody import panels as custody
from guanjia.parts.custody import queries as ledger
from guanjia.parts.instructions import queries as instructions
from guanjia.parts.instructions.models import HEEDED_BY
from guanjia.parts.runsheets import queries as runsheets
from guanjia.places.models import Project
from guanjia.web.tabs import Tab, Tabs

from . import operations, queries
from .models import Category, Key, State
from .papers import print_sheet

# What a key is there for comes first on its bar.
LEADING = ("lend", "lend_in_two", "find_again")


def page_of(key: Key, project: Project | None = None) -> str:
    return reverse("keys:page", args=[(project or key.project).code, key.pk])


tabs = Tabs(
    Tab("keys:home", gettext_lazy("Cabinets")),
    Tab("keys:list", gettext_lazy("Key list")),
    Tab("keys:mine", gettext_lazy("Kept by me")),
    Tab("custody:ledger", gettext_lazy("Loans"), query="?kind=key"),
    Tab("custody:counts", gettext_lazy("Counts"), query="?kind=key"),
    Tab("keys:authorisations", gettext_lazy("Authorisations")),
    Tab("keys:issued", gettext_lazy("Issued to owners")),
    Tab("keys:sheets", gettext_lazy("Sheets and tags"), lambda by, project: by.may(print_sheet.name, project.pk)),
    title=pgettext_lazy("custody", "Keys"),
)


def limits(key: Key, by: Actor) -> list[dict[str, Any]]:
    """The clocks of the loan that is running."""
    handout = ledger.current(key)
    return explaining.axes(handout, by) if handout else []


def panels(key: Key, by: Actor) -> list[dict[str, Any]]:
    """The cards of a key's page."""
    found = [heed(key, by), holder(key, by), allowed(key, by), more(key, by)]
    sheets = [
        {
            "title": one.title,
            "url": reverse("runsheets:page", args=[one.project.code, one.pk]),
            "state": one.state,
            "word": one.get_state_display(),
        }
        for one in runsheets.about(key, by)
    ]
    if sheets:
        found.append({"template": "keys/procedures.html", "rows": sheets})
    return [*(one for one in found if one), *custody.hands(key, by)]


def holder(key: Key, by: Actor) -> dict[str, Any] | None:
    """Who has it now, and the acts on that, which come back to this page."""
    return custody.holder(key, by, page_of(key))


def away(project: Project, by: Actor) -> list[dict[str, Any]]:
    """What is out of the cabinets, the latest first: the first question of whoever opens the page."""
    out = queries.out_of(project)
    keys = queries.keys(project, by).filter(pk__in=out)[:100]
    home = reverse("keys:home", args=[project.code])
    rows = [
        {"title": str(key), "sub": f"{out[key.pk].holder}　{out[key.pk].purpose}", "due_at": out[key.pk].due_at,
         "late": custody.late_words(out[key.pk], by.at), "url": f"{home}?key={key.pk}"}
        for key in keys
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["due_at"] is None, row["due_at"]))


def heed(key: Key, by: Actor) -> dict[str, Any] | None:
    """What the household asked for, before its key leaves."""
    if key.house is None or key.state != State.IN_STORE or not by.holds(key.project_id, *HEEDED_BY):
        return None
    standing = instructions.of_house(key.house, by.at)
    return {"template": "keys/heed.html", "instructions": standing} if standing else None


def allowed(key: Key, by: Actor) -> dict[str, Any] | None:
    """What the owner signed, where it is asked for."""
    if key.category != Category.OWNER or key.house_id is None or key.state == State.RETIRED:
        return None
    rows = [
        {"title": str(one), "sub": one.purpose, "url": reverse("keys:authorisation", args=[key.project.code, one.pk])}
        for one in queries.valid_for(key.house_id, key.project, by.at)[:5]
    ]
    may = by.may(operations.authorise.name, key.project_id)
    return {
        "template": "keys/allowed.html", "rows": rows,
        "new_url": reverse("keys:authorise", args=[key.project.code]) if may else "",
    }  # fmt: skip


def more(key: Key, by: Actor) -> dict[str, Any] | None:
    """What makes something new of this key."""
    links = []
    code = key.project.code
    if key.category == Category.OWNER and key.state == State.IN_STORE and by.may(operations.issue.name, key.project_id):
        links.append({"label": operations.issue.label, "url": reverse("keys:issue_to", args=[code, key.house_id])})
    if key.category != Category.OWNER and by.may(operations.duplicate.name, key.project_id):
        links.append({"label": operations.duplicate.label, "url": reverse("keys:copy", args=[code, key.pk])})
    return {"template": "keys/more.html", "links": links} if links else None
