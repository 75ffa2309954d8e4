"""Who may be confirmed in a post, and whom the roster takes (TRN-05, TRN-13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Call
from guanjia.kernel.outcomes import Refused, Stored
from guanjia.parts.standards import queries as standards
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.places.models import Project

from . import bank, queries

# Service staff: examined in the handbook before they work alone (TRN-13).
EXAMINED = frozenset(
    {
        posts.RECEPTIONIST, posts.CUSTOMER_ASSISTANT, posts.SERVICE_OFFICER, posts.STEWARD, posts.SERVICE_LEAD,
        posts.SERVICE_SUPERVISOR,
    }
)  # fmt: skip
ROSTER = "organization.plan_duty"
LACKS = {
    "taught": _("The training in internal materials was not attended."),
    "internal": _("The staff-level exam in internal materials is not passed and confirmed."),
    "english": _("The English exam at supervisor level is not passed and confirmed."),
    "law": _("The law exam at supervisor level is not passed and confirmed."),
}
SENTENCE = _("%(names)s: not confirmed in this post yet. Plan somebody confirmed beside them, or confirm them first.")


def missing(project: Project, employee: Employee, post: str, at: datetime) -> Iterator[tuple[str, str]]:
    """(what, clause) of all that somebody lacks to be confirmed. A clause that is not in force asks for nothing."""
    day = standards.today_at(project, at)
    rules = standards.rules_in_force(("TRN-05", "TRN-13"), project, day)
    changed = queries.updated_at(project)
    if rules["TRN-13"].is_on:
        if not queries.was_taught(project, employee, "internal", changed):
            yield "taught", "TRN-13"
        passed = queries.passed_at(project, employee, "internal", bank.STAFF)
        if passed is None or (changed and passed < changed):
            yield "internal", "TRN-13"
    if post == posts.SERVICE_SUPERVISOR and rules["TRN-05"].is_on:
        for subject in ("english", "law"):
            if queries.passed_at(project, employee, subject, bank.SUPERVISOR) is None:
                yield subject, "TRN-05"


def allowed_to_confirm(project: Project, post: str, at: datetime) -> tuple[str, list[str]]:
    """(clause, posts) that confirm somebody in this post, as the clauses stand here."""
    clause = "TRN-05" if post == posts.SERVICE_SUPERVISOR else "TRN-13"
    rule = standards.rule_in_force(clause, project, standards.today_at(project, at))
    return clause, list(rule.get("by") or ())


def refuse_unready(project: Project, employee: Employee, post: str, by: Actor) -> None:
    """Raises Refused with everything that is missing."""
    if employee.pk == by.id:
        raise Refused("employee", _("Nobody confirms themself."), "TRN-13")
    clause, may = allowed_to_confirm(project, post, by.at)
    if not by.is_system and not by.holds(project.pk, *may):
        names = "、".join(str(posts.NAMES.get(one, one)) for one in may)
        raise Refused("post", _("Confirmed here by: %(posts)s.") % {"posts": names}, clause)
    lacks = list(missing(project, employee, post, by.at))
    if lacks:
        refusal = Refused("employee", LACKS[lacks[0][0]], lacks[0][1])
        refusal.errors["employee"] = [LACKS[what] for what, _clause in lacks]
        raise refusal


# -- the roster ------------------------------------------------------------------------------------------------------


def stand_guard(call: Call) -> Stored | None:
    """From the day a project begins with it, nobody is planned alone into a post in which they are not confirmed."""
    if call.operation.name != ROSTER:
        return None
    given: dict[str, Any] = call.form.cleaned_data
    project, post = call.subject, given["post"]
    if post not in EXAMINED:
        return None
    last = given.get("last_on") or given["first_on"]
    demand = queries.demand_on(project, last)
    if demand is None or not standards.rule_in_force("TRN-13", project, last).is_on:
        return None
    at = max(call.by.at, datetime.combine(given["first_on"], time(12), ZoneInfo(project.zone)))
    planned = list(given["employees"])
    unready = [one for one in planned if not queries.is_confirmed(project, one, post, at, demand.days)]
    if unready and len(unready) == len(planned):
        names = "、".join(one.name for one in unready)
        raise Refused("employees", _now(str(SENTENCE)) % {"names": names}, "TRN-13")
    return None
