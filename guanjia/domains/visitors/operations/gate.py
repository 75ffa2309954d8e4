"""At the gate: who comes, who they are, whether the house wants them; in, out, or turned away."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.parts.instructions import queries as instructions
from guanjia.people.models import Resident
from guanjia.places.models import House, Project

from .. import queries
from ..forms import AdmitForm, ArriveForm, ClearForm, ConfirmForm, IdentifyForm, TurnAwayForm, WithPassForm
from ..models import Means, Pass, Visitor, Watch

State = Visitor.State
WHY_NOT: dict[str, Any] = {
    "used": _("This pass has been used."),
    "revoked": _("The household took this pass back."),
    "early": _("This pass is not valid yet."),
    "expired": _("This pass has expired."),
}


@need(sentence=_("Look at a document first."), clause="VIS-01", owes=_("gate"))
def is_identified(visitor: Visitor) -> bool:
    return bool(visitor.id_type and visitor.id_tail)


@need(sentence=_("The household has not agreed yet."), clause="VIS-01", owes=_("household"))
def is_confirmed(visitor: Visitor) -> bool:
    return bool(visitor.confirmed_how)


@need(sentence=_("Stopped: ring the security manager, who decides."), owes=_("security manager"))
def is_not_stopped(visitor: Visitor) -> bool:
    return not visitor.is_stopped


@operation(
    Project, label=_("A visitor comes"), form=ArriveForm, creates=Visitor, clauses=["VIS-01", "VIS-02"], icon="walk"
)
def arrive(project: Project, *, by: Actor, id_number: str, **given: Any) -> Visitor:
    """Somebody without a pass: written down at once, let in once the house agreed."""
    visitor = Visitor(project=project, arrived_at=by.at, moved_at=by.at, **given)
    _recognise(visitor, id_number, by)
    visitor.save()
    return visitor


@operation(Visitor, label=_("Look at a document"), form=IdentifyForm, clauses=["VIS-01"], icon="id-badge-2")
def identify(visitor: Visitor, *, by: Actor, id_type: str, id_number: str) -> None:
    """The document is looked at; its last four characters stay."""
    visitor.id_type = id_type
    _recognise(visitor, id_number, by)


@operation(Visitor, label=_("The household agrees"), form=ConfirmForm, clauses=["VIS-01"], icon="phone-check")
def confirm(visitor: Visitor, *, by: Actor, who: Resident, how: str) -> None:
    """Somebody of the household was asked and said yes."""
    visitor.confirmed_by, visitor.confirmed_how, visitor.confirmed_at = who, how, by.at


@operation(
    Visitor, label=_("Let in"), form=AdmitForm, needs=[is_identified, is_confirmed, is_not_stopped],
    clauses=["VIS-01", "VIS-02"], icon="door",
)  # fmt: skip
def admit(visitor: Visitor, *, by: Actor, heeded: str) -> None:
    """Identity, purpose and the household's word are there."""
    visitor.heeded = _heeded(visitor.house, heeded, by)
    visitor.admitted_by_id, visitor.admitted_at = by.id or None, by.at


@operation(
    Pass, label=_("Let in with a pass"), form=WithPassForm, creates=Visitor, clauses=["VIS-01", "VIS-02"], icon="scan"
)
def admit_with_pass(
    one: Pass, *, by: Actor, id_type: str, id_number: str, headcount: int, plate: str, heeded: str
) -> Visitor:
    """The pass is the household's word: the document is looked at, and the visitor is in. One use wins."""
    one = (
        Pass.objects.select_for_update(no_key=True, of=("self",))
        .select_related("house")
        .filter(project=one.project, pk=one.pk)[0]
    )
    if reason := queries.why_not(one, by.at):
        raise Conflict("", WHY_NOT[reason])
    if one.visits.filter(project=one.project, state=State.INSIDE).exists():
        raise Conflict("", _("With this pass somebody is inside already: write down that they left first."))
    visitor = Visitor(
        project=one.project, house=one.house, name=one.visitor, purpose=one.purpose, is_vip=one.is_vip,
        headcount=headcount, plate=plate or one.plate, id_type=id_type, visitor_pass=one,
        is_single=one.kind == Pass.Kind.ONCE, confirmed_by_id=one.resident_id, confirmed_how=Means.APPOINTMENT,
        confirmed_at=one.issued_at, arrived_at=by.at, moved_at=by.at,
    )  # fmt: skip
    _recognise(visitor, id_number, by)
    if not visitor.is_stopped:
        visitor.heeded = _heeded(one.house, heeded, by)
        visitor.state, visitor.admitted_by_id, visitor.admitted_at = State.INSIDE, by.id or None, by.at
    state = Pass.State.USED if one.kind == Pass.Kind.ONCE else Pass.State.VALID
    used = Pass.objects.filter(project=one.project, pk=one.pk, state=Pass.State.VALID, uses=one.uses)
    if used.update(state=state, uses=one.uses + 1) != 1:
        raise Conflict("", WHY_NOT["used"])
    visitor.save()
    return visitor


@operation(Visitor, label=_("Turn away"), form=TurnAwayForm, clauses=["VIS-01"], danger=True, icon="ban")
def turn_away(visitor: Visitor, *, by: Actor, why: str) -> None:
    """Not let in: the house does not want it, nobody answers, or they are stopped."""
    visitor.turned_why = why


@operation(Visitor, label=pgettext_lazy("visitors", "Has left"), clauses=["VIS-02"], icon="logout")
def leave(visitor: Visitor, *, by: Actor) -> None:
    """Out again."""
    visitor.left_at = by.at


def was_stopped(visitor: Visitor) -> bool:
    return visitor.is_stopped


@operation(Visitor, label=_("Let them pass all the same"), form=ClearForm, when=was_stopped, icon="shield-check")
def clear(visitor: Visitor, *, by: Actor, why: str) -> None:
    """Who answers for the watch list decides that this one may be let in, and says why."""
    visitor.is_stopped = False


def _recognise(visitor: Visitor, number: str, by: Actor) -> None:
    """Keep the tail of a document; see whether the watch list knows them. Raises Refused for a number without kind."""
    if number and not visitor.id_type:
        raise Refused("id_type", _("Say what kind of document it is."), "VIS-01")
    visitor.id_tail = number[-4:]
    if not number:
        visitor.id_type = ""
    phone = str(visitor.phone or "")
    found = queries.watched(
        visitor.project_id, by.at, name=visitor.name, phone=phone, number=number, plate=visitor.plate
    )
    was_let_pass = found is not None and found.pk == visitor.watch_id and not visitor.is_stopped
    visitor.watch = found
    visitor.is_stopped = found is not None and found.level == Watch.Level.STOP and not was_let_pass


def _heeded(house: House, said: str, by: Actor) -> str:
    """Where the house asked to admit nobody, why somebody is let in all the same. Raises Refused without a word."""
    forbids = any(one.forbids_admission for one in instructions.of_house(house, by.at))
    if forbids and not said:
        raise Refused(
            "heeded", _("The house asked to admit nobody. Say why this visitor is let in, or turn them away."), "VIS-01"
        )
    return said if forbids else ""
