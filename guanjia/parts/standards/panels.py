"""What other parts show on the page of a clause: figures, breaches, what is owed. They bring it; nothing
here knows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project

from .queries import Rule

# (project, rule, by, at) → what the template shows, or None where there is nothing to show.
Panel = Callable[[Project, Rule, Actor, datetime], dict[str, Any] | None]
_panels: dict[str, tuple[str, Panel]] = {}


def show(kind: str, template: str, panel: Panel) -> None:
    """Show a panel on the pages of clauses of one kind."""
    _panels[kind] = (template, panel)


_beside: list[tuple[str, Panel]] = []


def beside(template: str, panel: Panel) -> None:
    """Show something beside every clause, of whatever kind."""
    _beside.append((template, panel))


_below: list[tuple[str, Panel]] = []


def below(template: str, panel: Panel) -> None:
    """Show something under the panel of every clause, of whatever kind."""
    _below.append((template, panel))


def all_below(project: Project, rule: Rule, by: Actor, at: datetime) -> list[dict[str, Any]]:
    return _shown(_below, project, rule, by, at)


def all_beside(project: Project, rule: Rule, by: Actor, at: datetime) -> list[dict[str, Any]]:
    return _shown(_beside, project, rule, by, at)


def _shown(
    kept: list[tuple[str, Panel]], project: Project, rule: Rule, by: Actor, at: datetime
) -> list[dict[str, Any]]:
    found = ((template, panel(project, rule, by, at)) for template, panel in kept)
    return [{"template": template, **shown} for template, shown in found if shown is not None]


def of(project: Project, rule: Rule, by: Actor, at: datetime) -> dict[str, Any] | None:
    """The panel of a clause, with the name of its template."""
    template, panel = _panels.get(rule.clause.kind, ("", None))
    shown = panel(project, rule, by, at) if panel else None
    return {"template": template, **shown} if shown is not None else None
