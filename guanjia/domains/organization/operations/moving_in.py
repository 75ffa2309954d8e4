"""Staff of a whole company at once: employees, their accounts and the posts they hold."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation, refuse_doubles
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Employee, Posting
from guanjia.places.models import Project

from ..batch_forms import StaffRow
from .staff import NUMBER_TAKEN, engaged, numbers_taken

Rows = list[dict[str, Any]]


@operation(
    Project, label=_("Bring in staff"), form=StaffRow, creates=Employee, clauses=["ORG-02", "ORG-10", "PRIV-03"],
    guarded=True, batch=True, icon="database-import",
)  # fmt: skip
def bring_in_staff(project: Project, rows: Rows, *, by: Actor) -> list[Employee]:
    """Employees with accounts and posts, all new. Their one-time passwords are left on the answer."""
    if not project.is_office:
        raise Refused("", _("Staff are hired at the head office."))
    numbers = [row["number"] for row in rows]
    refuse_doubles("number", numbers, numbers_taken(numbers), NUMBER_TAKEN)
    made, held = [], []
    for row in rows:
        posts = row.pop("posts")
        employee = engaged(project, **row)
        made.append(employee)
        held += [Posting(project_id=p, employee=employee, post=post, from_on=day) for p, post, day in set(posts)]
    Posting.objects.bulk_create(held)
    return made
