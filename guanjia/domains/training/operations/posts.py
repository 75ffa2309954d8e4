"""Confirm somebody in a post; begin to plan only who is confirmed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.standards import queries as standards
from guanjia.people import queries as people
from guanjia.people.models import Employee
from guanjia.places.models import Project

from .. import posts as gates
from .. import queries
from ..forms import ConfirmForm, DemandForm
from ..models import Confirmation, Demand


@operation(
    Project, label=_("Confirm in a post"), form=ConfirmForm, creates=Confirmation, clauses=["TRN-05", "TRN-13"],
    icon="user-check",
)  # fmt: skip
def confirm_in_post(project: Project, *, by: Actor, employee: Employee, post: str) -> Confirmation:
    """Taught, examined, and confirmed by another: may hold the post alone."""
    if post not in people.posts_held(employee, project, by.at):
        raise Refused("post", _("%(name)s does not hold this post here.") % {"name": employee.name})
    gates.refuse_unready(project, employee, post, by)
    return Confirmation.objects.create(
        project=project, employee=employee, post=post, confirmed_by_id=by.id, confirmed_at=by.at
    )


@operation(
    Project, label=_("Plan only who is confirmed"), form=DemandForm, creates=Demand, clauses=["TRN-13"], icon="lock"
)
def demand_confirmation(project: Project, *, by: Actor, from_on: date, days: int) -> Demand:
    """From this day the roster refuses who works alone unconfirmed. Until it is decided, nothing is refused."""
    if from_on <= standards.today_at(project, by.at):
        raise Refused("from_on", _("From tomorrow at the earliest: shifts of today are planned."))
    if queries.standing_demand(project) is not None:
        raise Refused("", _("It is decided already. End it first."))
    return Demand.objects.create(project=project, from_on=from_on, days=days, decided_by_id=by.id, decided_at=by.at)


@need(sentence=_("It has ended already."))
def still_stands(demand: Demand) -> bool:
    return demand.ended_on is None


@operation(Demand, label=_("Plan everybody again"), needs=[still_stands], danger=True, icon="lock-open")
def end_demand(demand: Demand, *, by: Actor) -> None:
    """The roster asks for no confirmation any more."""
    demand.ended_on = standards.today_at(demand.project, by.at)
