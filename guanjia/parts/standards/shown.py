"""What the pages of the Book show of a clause: its line, its facts, what executes it, who changed it."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia import book
from guanjia.kernel.languages import said

from . import operations, queries, telling
from .forms import LISTS
from .models import Edition


def evidence(project: Any, names: list[str]) -> list[dict[str, Any]]:
    """Pages on which the evidence is seen: those that stand for the project as a whole."""
    found = []
    for name in names:
        try:
            found.append({"url": reverse(name, args=[project.code]), "name": name})
        except NoReverseMatch:
            continue
    return found


def papers(project: Any, entry: book.Clause) -> list[dict[str, Any]]:
    """The printed forms of a clause."""
    return [
        {
            "url": reverse("papers:blank", args=[project.code, one]),
            "title": said(book.form(one).name, book.form(one).name_en),
        }
        for one in entry.forms
    ]


def keep_url(by: Any, project: Any, entry: book.Clause) -> str:
    may = by.may(operations.keep_default.name, project.pk)
    if not may or entry.basis != "proposed" or entry.id not in queries.undecided(project):
        return ""
    return f"{reverse('standards:decide', args=[project.code])}?clause={entry.id}"


def row(project: Any, entry: book.Clause, rule: queries.Rule, executed: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": telling.title(entry),
        "kind": telling.kind(entry),
        "value": telling.value(rule),
        "changed": rule.edition is not None,
        "open": entry.id not in executed,
        "url": reverse("standards:clause", args=[project.code, entry.id]),
    }


def facts(entry: book.Clause, rule: queries.Rule) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Holds for"), "value": "、".join(telling.role(one) for one in rule.roles)},
        {"label": _("Source"), "value": "、".join(said(one) for one in entry.source)},
        {"label": _("Line of work"), "value": said(book.home(entry.system).zh, entry.system), "note": _home(entry)},
    ]
    if entry.basis:
        words = _("stands in the document") if entry.basis == "written" else _("our default, may be changed")
        facts.append({"label": pgettext("clause", "Number"), "value": words})
    if entry.basis == "proposed" and (note := telling.note(entry)):
        facts.append({"label": _("What is left open"), "value": note})
    facts += [{"label": name, "value": telling.shown(key, rule[key])} for key, name in LISTS.items() if rule.get(key)]
    if rule.get("soon"):
        facts.append({"label": _("Warning"), "value": telling.shown("soon", rule["soon"])})
    return facts


def _home(entry: book.Clause) -> str:
    """Where it is built, or that it is not built yet."""
    place = book.home(entry.system)
    return place.place if place.stands else _("not built yet")


def editions(clause_id: str, project: Any, by: Any, at: Any) -> list[dict[str, Any]]:
    """Who changed what and when, youngest first; one that has not begun can be withdrawn by who may."""
    today = queries.today_at(project, at)
    may = by.may(operations.withdraw_edition.name, project.pk)
    shown = []
    for edition in queries.history(clause_id, project)[:50]:
        ahead = edition.effective_from > today and edition.withdrawn_at is None
        own = edition.project_id == project.pk
        shown.append(
            {
                "number": edition.number,
                "scope": edition.holds_for,
                "from": edition.effective_from,
                "changes": telling.changes(edition.values),
                "reason": edition.reason,
                "who": edition.decided_by_name,
                "is_ahead": ahead,
                "is_withdrawn": edition.withdrawn_at is not None,
                "withdraw_url": _do_url(project, edition) if ahead and may and own else "",
            }
        )
    return shown


def _do_url(project: Any, edition: Edition) -> str:
    address = reverse("acts:do", args=[project.code, "edition", edition.pk, operations.withdraw_edition.verb])
    return f"{address}?next={reverse('standards:clause', args=[project.code, edition.clause_id])}"


def related(project: Any, entry: book.Clause) -> list[dict[str, str]]:
    """Clauses that share a form or stand next to it."""
    near = [
        c for c in book.clauses() if c.id != entry.id and (set(c.forms) & set(entry.forms) or _is_next_to(c, entry))
    ]
    return [
        {"id": c.id, "title": telling.title(c), "url": reverse("standards:clause", args=[project.code, c.id])}
        for c in near[:8]
    ]


def _is_next_to(one: book.Clause, other: book.Clause) -> bool:
    return one.area == other.area and abs(one.number - other.number) == 1


def change_url(by: Any, project: Any, entry: book.Clause) -> str:
    may = by.may(operations.change_limit.name, project.pk)
    return reverse("standards:change", args=[project.code, entry.id]) if may else ""
