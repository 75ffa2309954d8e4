"""What executes the clauses about serving residents well."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.obligations.rules import owed
from guanjia.parts.standards.bindings import bind_capability, bind_record
from guanjia.people.models import Resident
from guanjia.places.models import Project

from . import queries
from .models import Profile


def _visited(thing: Any) -> int | None:
    """Whom a visit was paid to: visits are another room's, known by what they are."""
    found: int | None = thing.pk if isinstance(thing, Resident) else getattr(thing, "resident_id", None)
    return found


def mark_of_visit(visit: Any, event: Event) -> tuple[str, int] | None:
    """The mark by which the visited person stands on the care list."""
    who = _visited(visit)
    found = queries.on_the_list(event.project).filter(resident=who).first() if who else None
    return ("care_tag", found.pk) if found else None


def is_care(event: Event, visit: Any) -> bool:
    """Somebody came by for the person's sake, at the home or by telephone."""
    return bool(visit.kind == "care_visit")


def profile_of(thing: Any, event: Event) -> tuple[str, int] | None:
    """The profile of who was visited, or asked."""
    who = _visited(thing)
    found = Profile.objects.filter(project=event.project_id, resident=who).first() if who else None
    return ("customer_profile", found.pk) if found else None


def contacted_monthly(project: Project, at: datetime) -> QuerySet[Any]:
    return queries.profiles_with_steward(project, at, "contact_since")


def asked_quarterly(project: Project, at: datetime) -> QuerySet[Any]:
    return queries.profiles_with_steward(project, at, "assess_since")


CARE = owed(
    "RES-06", key="residents.care_visit", label=_("Care visits"), unit=_("people"), subject="care_tag",
    subjects=queries.cared_with_steward, settles=["followups.record_visit"], counts=is_care,
    subject_of=mark_of_visit, url="residents:care",
)  # fmt: skip
owed(
    "RES-03", key="residents.confirm", label=_("Household data confirmed"), unit=_("households"), subject="house",
    subjects=queries.households_with_steward, settles=["residents.confirm_household"],
)  # fmt: skip
CONTACT = owed(
    "CMP-11", key="residents.contact", label=_("Contact before anything goes wrong"), unit=_("people"),
    subject="customer_profile", subjects=contacted_monthly, settles=["followups.record_visit"],
    subject_of=profile_of, url="residents:customers",
)  # fmt: skip
ASSESS = owed(
    "RES-14", key="residents.assess", label=_("What they expect, asked"), unit=_("people"),
    subject="customer_profile", subjects=asked_quarterly, settles=["residents.assess_needs"], subject_of=profile_of,
    url="residents:customers",
)  # fmt: skip

bind_record("RES-05", form="F-CARE", label="care_file", evidence="residents:care")
bind_capability("RES-07", page="residents:care", operation="residents.open_care_file")
bind_capability("RES-08", page="residents:experiences", operation="residents.share_experience")
bind_capability("RES-09", page="residents:customers", operation="residents.classify")
bind_capability("RES-10", page="residents:layers", operation="residents.classify")
bind_capability("RES-12", page="residents:layers", operation="residents.take_measure")
bind_capability("RES-13", page="residents:referrals", operation="residents.note_referral")
bind_capability("REV-03", page="residents:care", operation="residents.open_care_file")
