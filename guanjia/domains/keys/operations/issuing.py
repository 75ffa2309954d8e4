"""Owners: what they allowed in writing, and the keys they take for good."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.custody.handing import hand_out
from guanjia.parts.files import queries as files
from guanjia.people.models import Resident
from guanjia.places.models import House, Project

from ..forms import AuthorisationForm, IssueForm, ReasonForm
from ..gates import keeps_it
from ..models import Authorisation, Issue, Key, State


@operation(
    Project, label=_("File an authorisation"), form=AuthorisationForm, creates=Authorisation, clauses=["KEY-11"],
    icon="file-text",
)  # fmt: skip
def authorise(project: Project, *, by: Actor, scan: Any, **given: Any) -> Authorisation:
    """The owner's signed paper, with its picture, its end and whom it names."""
    made = Authorisation.objects.create(project=project, filed_by_id=by.id, moved_at=by.at, **given)
    files.keep(made, [scan], "reported", by=by, field="scan")
    return made


@operation(Authorisation, label=_("Withdraw"), form=ReasonForm, danger=True, clauses=["KEY-11"], icon="circle-x")
def withdraw(authorisation: Authorisation, *, by: Actor, remark: str) -> None:
    """The owner took it back, or it was filed by mistake."""
    authorisation.remark = remark


@operation(House, label=_("Issue keys to the owner"), form=IssueForm, creates=Issue, clauses=["KEY-17"], icon="key")
def issue(
    house: House, *, by: Actor, resident: Resident, proof: str, keys: Any, counted: bool, signature: Any
) -> Issue:
    """Identity verified, counted kind by kind, signed for: from now on the keys are the owner's own care.

    Raises Refused when one of them is no longer in the store."""
    asked = Key.objects.filter(project_id=house.project_id, pk__in=[key.pk for key in keys])
    chosen = list(asked.order_by("pk").select_for_update())
    if any(key.state != State.IN_STORE or key.house_id != house.pk for key in chosen):
        raise Refused("keys", _("One of them is no longer in the store. Look again."))
    counts: dict[str, int] = {}
    for key in chosen:
        counts[key.kind] = counts.get(key.kind, 0) + key.quantity
        hand_out(key, by=by, to=resident)
    made = Issue.objects.create(
        project_id=house.project_id, house=house, resident=resident, issued_at=by.at, issued_by_id=by.id, proof=proof,
        numbers="、".join(key.number for key in chosen)[:500], **counts,
    )  # fmt: skip
    files.keep(made, [signature], "signature", by=by, field="signature")
    rows = Key.objects.filter(project_id=house.project_id, pk__in=[key.pk for key in chosen])
    rows.update(state=State.ISSUED, cabinet=None, row=None, slot=None, position="", moved_at=by.at)
    return made


@operation(Key, label=_("Take in again"), form=ReasonForm, whose=keeps_it, icon="arrow-back-up")
def take_in_again(key: Key, *, by: Actor, remark: str) -> None:
    """The owner gives it back into our keeping; it wants a seal and a slot."""
    key.remark, key.is_sealed = remark, False
