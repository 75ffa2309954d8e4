"""A household expects somebody; and takes it back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.instructions.queries import lives_in
from guanjia.people import queries as people
from guanjia.places.models import House, Project

from .. import codes, queries
from ..forms import IssueForm
from ..models import Pass, hashed

MOST_VALID = 20


@operation(Project, label=_("Issue a pass"), form=IssueForm, creates=Pass, clauses=["VIS-01"], icon="qrcode")
def issue(
    project: Project, *, by: Actor, house: House, visitor: str, headcount: int, plate: str, purpose: str, kind: str,
    from_at: datetime, until_at: datetime, asked_by: str, is_vip: bool,
) -> Pass:  # fmt: skip
    """The household's word beforehand: a random code, good once or for a period. Residents: for their own home."""
    if by.is_resident and not lives_in(by, house):
        raise Refused("house", _("This is not your home."))
    resident_id = by.homes[project.pk] if by.is_resident else _asker(house, asked_by, by)
    House.objects.select_for_update(no_key=True).filter(project=project, pk=house.pk).first()  # counted below
    if queries.valid_passes(house, by.at).count() >= MOST_VALID:
        raise Refused("", _("This house has %(n)d valid passes: take one back first.") % {"n": MOST_VALID})
    code = codes.new_code()
    return Pass.objects.create(
        project=project, house=house, resident_id=resident_id, visitor=visitor, headcount=headcount, plate=plate,
        purpose=purpose, kind=kind, is_vip=is_vip, from_at=from_at, until_at=until_at, code=code,
        code_hash=hashed("pass", code), issued_at=by.at, issued_by_id=by.id if by.is_staff else None, moved_at=by.at,
    )  # fmt: skip


def _asker(house: House, name: str, by: Actor) -> int:
    """Who of the household is called so. Raises Refused for somebody who does not live there."""
    for one in people.household(house, by.at):
        if one.resident.name == name:
            return one.resident_id
    raise Refused("asked_by", _("Nobody of this name is on record at this house."), "VIS-01")


def is_own_or_staff(one: Pass, by: Actor) -> bool:
    """Whoever lives there takes it back, or staff for them."""
    return by.is_staff or (by.is_resident and lives_in(by, one.house))


@operation(Pass, label=_("Take the pass back"), whose=is_own_or_staff, danger=True, icon="ban")
def revoke(one: Pass, *, by: Actor) -> None:
    """It opens no more, from this moment."""
