"""What executes the clauses of revisits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.clocks.rules import clock
from guanjia.parts.obligations.rules import owed
from guanjia.parts.standards.bindings import bind_capability, bind_capacity, bind_record
from guanjia.people import posts
from guanjia.people.models import DistrictPost
from guanjia.places import queries as places
from guanjia.places.models import District, Project

from . import trail
from .length import check_length
from .models import Visit, VisitKind

clock(
    "REV-14", key="followups.revisit_repair", subject="case", verb=_("revisit"),
    starts=["repairs.confirm", "repairs.confirm_unreached"], stops=["followups.revisit"],
    cancels=["repairs.ask_rework", "cases.force_close"], owner=lambda case: case.owner_id,
)  # fmt: skip


def districts_with_a_steward(project: Project, at: datetime) -> QuerySet[Any]:
    """Each district owes its visits, by the steward who has it on the day."""
    day = timezone.localdate(at)
    held = DistrictPost.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=day), project=project, district=OuterRef("pk"), from_on__lte=day
    ).order_by("-from_on", "-id")
    rows = District.objects.filter(project=project).annotate(owes_id=Subquery(held.values("employee_id")[:1]))
    return rows.filter(owes_id__isnull=False)


def district_of_visit(visit: Visit, event: Event) -> tuple[str, int] | None:
    """The district whose household was visited."""
    found = places.district_of(visit.house)
    return ("district", found.pk) if found else None


def is_round(event: Event, visit: Visit) -> bool:
    """A stop of the visiting round."""
    return visit.kind == VisitKind.ROUND


VISITED: dict[str, Any] = {
    "subject": "district", "subjects": districts_with_a_steward, "settles": ["followups.record_visit"],
    "subject_of": district_of_visit, "url": "followups:visits:list",
}  # fmt: skip
owed("REV-01", key="followups.households", label=_("Household visits"), unit=_("districts"), **VISITED)
owed("REV-02", key="followups.round", label=_("Visiting round"), unit=_("districts"), counts=is_round, **VISITED)


def is_there(event: Event, visit: Any) -> bool:
    """At the home: a call is a revisit, but no home visit."""
    return bool(event.given.get("mode") == "home")


def own_trail(thing: Any, event: Event) -> tuple[str, int] | None:
    """Whose act it was: each steward leaves the own trail."""
    return ("employee", event.actor_id) if event.actor_kind == "staff" else None


TRAIL: dict[str, Any] = {
    "subject": "employee", "subjects": trail.stewards, "subject_of": own_trail, "unit": _("stewards"),
    "url": "followups:trail", "evidence": "followups:trail", "posts": {posts.STEWARD, posts.CUSTOMER_ASSISTANT},
}  # fmt: skip
owed("REV-13", key="followups.trail_reception", label=_("Residents received"), settles=trail.RECEPTION, **TRAIL)
owed(
    "REV-13", key="followups.trail_visits", label=_("Home visits"), settles=trail.VISITS, counts=is_there, **TRAIL
)  # fmt: skip
owed("REV-13", key="followups.trail_dunning", label=_("Dunning"), settles=trail.DUNNING, **TRAIL)

bind_capability("REV-06", page="followups:queue", operation="followups.time_revisit")
bind_record("REV-04", form="F-REV", label="household_visit", evidence="followups:visits:list")
bind_record("REV-04", form="F-REV", label="revisit")
bind_capacity("REV-07", check=check_length, evidence="followups:visits:list")
bind_record("REV-08", form="F-REV", label="revisit")
