"""What executes the clauses of organization, beside the operations that cite them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.clocks.rules import clock
from guanjia.parts.obligations.rules import owed
from guanjia.parts.standards.bindings import bind_capability, bind_capacity
from guanjia.people import posts
from guanjia.people.models import Duty, Employee
from guanjia.places.models import Project

from .models import SiteCall
from .operations.districts import limit_of_households

bind_capability("ORG-01", page="organization:posts", words="posts and their duties")
bind_capability("ORG-02", page="office:staff", operation="organization.grant_post")
bind_capability("ORG-03", page="office:tree", operation="organization.set_superior")
bind_capability("ORG-04", page="office:tree", operation="organization.keep_department")
bind_capacity("ORG-05", check=limit_of_households, evidence="office:districts")
bind_capability("ORG-06", page="office:districts", operation="organization.open_district")
for _clause in ("ORG-12", "ORG-13", "ORG-14"):
    bind_capability(_clause, page="organization:posts", words="posts and their duties")
bind_capability("ORG-19", page="office:project", operation="organization.adjust_project")


def called(call: SiteCall) -> int:
    """Who was called to come."""
    return call.executor_id


clock(
    "ORG-08", key="organization.come_to_the_spot", subject="site_call", verb=_("be on site"), executor=called,
    starts=["organization.call_steward"], stops=["organization.arrive_on_site"],
    cancels=["organization.call_off_steward"], evidence="organization:calls",
)  # fmt: skip


def assistants_on(project: Project, at: datetime) -> QuerySet[Any]:
    """Customer assistants with a shift in the half day that begins then."""
    shifts = Duty.objects.filter(
        project=project, post=posts.CUSTOMER_ASSISTANT, from_at__lt=at + timedelta(hours=12), to_at__gt=at,
        ended_at__isnull=True,
    )  # fmt: skip
    return Employee.objects.filter(pk__in=shifts.values("employee"))


def by_the_assistant(thing: Any, event: Event) -> tuple[str, int] | None:
    """Whose round it was."""
    return ("employee", event.actor_id) if event.actor_kind == "staff" else None


owed(
    "ORG-14", key="organization.assistants_rounds", subject="employee", label=_("Rounds of the customer assistants"),
    unit=_("people"), period="day", windows=((time(0), time(12), "am"), (time(12), time(0), "pm")),
    subjects=assistants_on, settles=["entries.keep_pat"], subject_of=by_the_assistant, url="entries:list",
)  # fmt: skip
