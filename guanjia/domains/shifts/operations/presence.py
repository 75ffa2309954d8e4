"""Go out and come back; leave to use the open internet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.people.fields import PhoneField
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Employee
from guanjia.places.models import Project

from ..models import Outing, WebPermit
from ..models.presence import State

LONGEST = timedelta(hours=24)


class OutForm(ColleagueForm):
    of = Outing
    asks = ("destination", "reason", "due_at", "told_to", "phone")
    others = ("told_to",)

    phone = PhoneField(required=False)


class PermitForm(ColleagueForm):
    of = WebPermit
    asks = ("employee", "purpose", "until_at")
    others = ("employee",)


@operation(Project, label=_("Say where I go"), form=OutForm, creates=Outing, clauses=["SFT-11"], icon="walk")
def go_out(
    project: Project, *, by: Actor, destination: str, reason: str, due_at: datetime, told_to: Employee, phone: str
) -> Outing:
    """Out during working hours: somebody knows where and until when. One is in one place only."""
    if not by.at < due_at <= by.at + LONGEST:
        raise Refused("due_at", _("Say when you are back: later than now, within a day."), "SFT-11")
    Employee.objects.select_for_update(no_key=True).get(pk=by.id)
    if Outing.objects.filter(project=project, employee_id=by.id, state=State.OUT).exists():
        raise Refused("", _("You are out already. Say first that you are back."), "SFT-11")
    return Outing.objects.create(
        project=project, employee_id=by.id, destination=destination, reason=reason, due_at=due_at, told_to=told_to,
        phone=phone, out_at=by.at, moved_at=by.at,
    )  # fmt: skip


def is_own_or_known(outing: Outing, by: Actor) -> bool:
    """Who is out, whom they told, and those who lead."""
    return by.id in (outing.employee_id, outing.told_to_id) or by.holds(outing.project_id, *posts.SUPERVISORS)


@operation(Outing, label=_("I am back"), whose=is_own_or_known, clauses=["SFT-11"], icon="home")
def come_back(outing: Outing, *, by: Actor) -> None:
    """Back at the post."""
    outing.back_at = by.at


@operation(Project, label=_("Allow the internet"), form=PermitForm, creates=WebPermit, clauses=["SFT-12"], icon="world")
def permit_internet(
    project: Project, *, by: Actor, employee: Employee, purpose: str, until_at: datetime
) -> WebPermit:  # fmt: skip
    """A supervisor allows a colleague the open internet, for a purpose and until a time; never oneself."""
    if not by.at < until_at <= by.at + LONGEST:
        raise Refused("until_at", _("At most for a day, and later than now."), "SFT-12")
    return WebPermit.objects.create(
        project=project, employee=employee, purpose=purpose, granted_by_id=by.id, granted_at=by.at, until_at=until_at
    )
