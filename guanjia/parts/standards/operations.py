"""Deciding otherwise than the Book: from tomorrow at the earliest, with a reason, never backwards."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from . import queries
from .forms import ChangeForm, DayForm, KeepForm, WithdrawForm
from .models import CalendarDay, Edition


@operation(
    Project,
    label=_("Change a limit"),
    form=ChangeForm,
    creates=Edition,
    clauses=["QLT-01", "ORG-19"],
    icon="adjustments",
)
def change_limit(
    project: Project,
    *,
    by: Actor,
    clause: str,
    effective_from: Any,
    reason: str,
    values: dict[str, Any],
    **_fields: Any,
) -> Edition:
    """Decide a value of a clause for this project; at the head office for the company, one kind of project, one
    service level or so many stars (company < kind < level < stars < project)."""
    level = _fields.get("level") or ""
    scope = Edition.Scope.PROJECT
    if project.is_office:
        scope = _scope_of(level)
    _hold(project)
    if queries.standing_on(clause, project, scope, level, effective_from):
        raise Refused(
            "effective_from", _("A decision for that day stands already. Withdraw it, or choose another day.")
        )
    edition = Edition.objects.create(
        project=project,
        clause_id=clause,
        scope=scope,
        level=level,
        number=queries.numbered(clause, project, scope, level),
        effective_from=effective_from,
        values=values,
        reason=reason,
        decided_by_id=by.id,
        decided_by_name=by.name,
        decided_at=by.at,
    )
    queries.forget()
    return edition


@operation(Project, label=_("Keep our default"), form=KeepForm, creates=Edition, clauses=["QLT-01"], icon="check")
def keep_default(project: Project, *, by: Actor, clause: str, reason: str) -> Edition:
    """A value that the Book only proposes is decided to be right; it stands as an edition that changes nothing."""
    scope = Edition.Scope.COMPANY if project.is_office else Edition.Scope.PROJECT
    _hold(project)
    if clause not in queries.undecided(project):
        raise Refused("clause", _("It is decided already."))
    return Edition.objects.create(
        project=project,
        clause_id=clause,
        scope=scope,
        level="",
        number=queries.numbered(clause, project, scope, ""),
        effective_from=queries.free_day(clause, project, scope, queries.today_at(project, by.at)),
        values={},
        reason=reason,
        decided_by_id=by.id,
        decided_by_name=by.name,
        decided_at=by.at,
    )


@need(sentence=_("It has been withdrawn already."))
def still_stands(edition: Edition) -> bool:
    return edition.withdrawn_at is None


@operation(Edition, label=_("Withdraw"), form=WithdrawForm, needs=[still_stands], danger=True, icon="arrow-back-up")
def withdraw_edition(edition: Edition, *, by: Actor, reason: str) -> None:
    """Take back a decision that has not begun."""
    if edition.effective_from <= queries.today_at(edition.project, by.at):
        raise Refused("", _("It holds already. Decide anew from tomorrow instead."))
    edition.withdrawn_at = by.at
    queries.forget()


@operation(Project, label=_("Open or close a day"), form=DayForm, creates=CalendarDay, icon="calendar")
def decide_day(project: Project, *, by: Actor, day: Any, is_open: str, name: str) -> CalendarDay:
    """Open or close one day for the company (at the head office) or for this project."""
    _hold(project)
    CalendarDay.objects.filter(project=project, day=day, replaced_at__isnull=True).update(replaced_at=by.at)
    return CalendarDay.objects.create(project=project, day=day, is_open=is_open == "open", name=name, decided_at=by.at)


def _scope_of(level: str) -> Edition.Scope:
    """What the head office decides for: everything, a kind of project, a service level, so many stars."""
    if not level:
        return Edition.Scope.COMPANY
    if level.isdigit():
        return Edition.Scope.STARS
    return Edition.Scope.LEVEL if level in Project.Level.values else Edition.Scope.KIND


def _hold(project: Project) -> None:
    """Two people deciding at once wait for each other: numbers and days are counted before they are taken."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
