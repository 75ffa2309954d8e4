"""A key leaves: by whom, for which work, by whose word, until when. Coming back is custody's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from guanjia.kernel.actors import Actor, Present
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.custody.handing import hand_out
from guanjia.parts.instructions import queries as instructions
from guanjia.people.models import Employee

from ..forms import WORK, LendForm
from ..gates import (
    CUSTODIANS,
    ENGINEERS,
    HEADS,
    covers,
    is_behind_one_lock,
    is_behind_two_locks,
    keeps_it,
    lending_is_signed,
    seal_is_whole,
)
from ..models import Authorisation, Category, Key

GATES = ["KEY-10", "KEY-11", "KEY-12", "KEY-13", "KEY-14"]
GIVEN: dict[str, Any] = {"form": LendForm, "whose": keeps_it, "icon": "hand-grab"}


@operation(
    Key, label=_("Lend the key"), when=is_behind_one_lock, needs=[seal_is_whole, lending_is_signed], clauses=GATES,
    **GIVEN,
)  # fmt: skip
def lend(key: Key, *, by: Actor, **given: Any) -> None:
    """From a cabinet with one lock. A public-area key waits for the department head (the rules of approval)."""
    _lend(key, by, **given)


@operation(
    Key, label=_("Lend the key, two persons"), when=is_behind_two_locks, needs=[seal_is_whole],
    second=tuple(CUSTODIANS | HEADS), clauses=["KEY-09", *GATES], **GIVEN,
)  # fmt: skip
def lend_in_two(key: Key, *, by: Actor, **given: Any) -> None:
    """From behind two locks: who keeps the keys and a head of department open together; the head's being there is
    their word for it. Raises Refused when one of the two is missing."""
    head = _both_are_there(key, by)
    _lend(key, by, approved_by=head, **given)


def _both_are_there(key: Key, by: Actor) -> str:
    """The name of the head who is there."""
    if by.is_system:
        return ""
    here: list[Actor | Present] = [by, *by.present]
    keepers = CUSTODIANS | ENGINEERS if key.category == Category.EQUIPMENT else CUSTODIANS
    for head in (one for one in here if one.holds(key.project_id, *HEADS)):
        if any(one.id != head.id and one.holds(key.project_id, *keepers) for one in here):
            return str(head.name)
    raise Refused("present", _("Two locks: who keeps the keys and a department head are both there."), "KEY-09")


def _lend(
    key: Key, by: Actor, *, employee: Employee, work: str, purpose: str, due_at: datetime, condition: str,
    photos: list[Any], signature: Any, authorisation: Authorisation | None = None, seal_no: str = "",
    approved_by: str = "", heeded: bool = False,
) -> None:  # fmt: skip
    if not covers(employee, key, by.at):
        raise Refused("employee", _("The posts of %(name)s do not cover such keys.") % {"name": employee}, "KEY-14")
    if employee.pk == by.id:
        raise Refused("employee", _("Nobody lends a key to themself: a colleague hands it out."), "KEY-14")
    if authorisation is not None:
        _break_seal(key, authorisation, employee, seal_no, by)
        approved_by = approved_by or str(authorisation.resident.name)
    with override("zh-hans"):  # the ledger is written in the company's language, whoever lends
        words = str(dict(WORK)[work])
    hand_out(
        key, by=by, to=employee, purpose=f"{words}：{purpose}" if purpose else words, due_at=due_at,
        condition=condition, photos=photos, signature=signature, approved_by=approved_by,
    )  # fmt: skip


def _break_seal(key: Key, authorisation: Authorisation, employee: Employee, seal_no: str, by: Actor) -> None:
    """The paper names this borrower, or nobody; the number on the seal is the one on record."""
    if any(one.forbids_keys for one in instructions.of_house(authorisation.house, by.at)):
        raise Refused("", _("The house asked to hand out no key: ask the owner first."), "KEY-11")
    if authorisation.employee_id not in (None, employee.pk):
        sentence = _("The owner allowed it to %(name)s only.") % {"name": authorisation.employee}
        raise Refused("authorisation", sentence, "KEY-11")
    if seal_no.strip() != key.seal_no:
        raise Refused("seal_no", _("On record is another seal: do not open it, report it to the supervisor."), "KEY-11")
    key.is_sealed = False
