"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "followups:issues:page": "revisit_issue",
    "followups:visits:page": "household_visit",
}


def _issue(community: Community) -> Any:
    """A day ahead for the department, wherever the form wants one."""
    model = subjects.model_of("revisit_issue")
    ahead = timezone.localdate() + timedelta(days=7)
    days = [f for f in model._meta.concrete_fields if f.get_internal_type() == "DateField"]
    moments = [f.name for f in model._meta.concrete_fields if f.name == "due_at"]
    given = {f.name: ahead for f in days} | {name: timezone.now() + timedelta(days=7) for name in moments}
    return filled(model, community, **given)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "revisit_issue": _issue,
}
