"""Sending a code, and forgetting it."""

from __future__ import annotations

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every, job
from guanjia.parts.outreach import codes as outreach
from guanjia.places.models import Project

from . import codes, who
from .models import PhoneCode


@job("portal.send_code")
def send_code(code_id: int) -> None:
    """To the number, through the outbox, when it is on record (or is about to be); otherwise to nobody."""
    at = system().at
    row = PhoneCode.objects.filter(pk=code_id, used_at__isnull=True, expires_at__gt=at).first()
    if row is None or not row.waiting:
        return
    project = _project_of(row)
    if project is not None:
        minutes = max(1, round((row.expires_at - at).total_seconds() / 60))
        outreach.send_code(project, str(row.phone), str(row.waiting), at=at, minutes=minutes, key=f"portal:{row.pk}")
    PhoneCode.objects.filter(pk=row.pk).update(waiting="")


def _project_of(row: PhoneCode) -> Project | None:
    """Whose account with the SMS gateway pays: a project where the number (or who asks for it) is at home."""
    if row.use == PhoneCode.Use.NUMBER:
        return who.project_of(row.account_id or 0)
    found = who.people_with(str(row.phone), row.made_at)
    return found[0].resident.project if found else None


@every("17 3 * * *", "portal.sweep_codes")
def sweep_codes() -> None:
    """Codes of yesterday."""
    codes.sweep(system().at)
