"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.domains.parcels.tests.taking import agreed
from guanjia.people.models import Consent, Duty
from guanjia.people.tests.cast import Community


def a_consent(community: Community) -> Any:
    held = Consent.objects.filter(project=community.project, purpose="parcels", withdrawn_at__isnull=True).first()
    return held or agreed(community)


def _duty(community: Community) -> Any:
    return Duty.objects.filter(project=community.project, employee=community.staff["technician"]).first()


MAKERS: dict[str, Callable[[Community], Any]] = {
    "consent": a_consent,
    "duty": _duty,
    "employee": lambda community: community.staff["technician"],
    "resident": lambda community: community.owner,
}
