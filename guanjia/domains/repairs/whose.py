"""Whose act it is."""

from __future__ import annotations

from guanjia.kernel.actors import Actor
from guanjia.parts.casework.models import Case
from guanjia.people import posts


def is_repair(case: Case) -> bool:
    """Only repairs have these verbs."""
    return case.is_repair


def is_executor(case: Case, by: Actor) -> bool:
    """Who works on it."""
    return by.is_staff and case.executor_id == by.id


def is_executor_or_lead(case: Case, by: Actor) -> bool:
    """Who works on it, who owns it, or a supervisor on their behalf."""
    leads = posts.SUPERVISORS | {posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER}
    return is_executor(case, by) or case.owner_id == by.id or by.holds(case.project_id, *leads)


def is_reporter_or_service(case: Case, by: Actor) -> bool:
    """The resident who reported it, or service staff who asked them; never who did the work."""
    if by.is_resident:
        return case.resident_id in by.homes.values()
    return case.executor_id != by.id
