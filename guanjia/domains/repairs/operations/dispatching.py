"""From the call to the technician: record, dispatch by rule, by hand or by grab, accept, send back, transfer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.forms import ReasonForm
from guanjia.parts.casework.intake import open_case
from guanjia.parts.casework.models import Case
from guanjia.parts.files import queries as files
from guanjia.people.models import Employee
from guanjia.places.models import Project

from .. import queries
from ..forms import DispatchForm, RecordForm, TransferForm
from ..models import RepairOrder
from ..whose import is_executor, is_repair


@operation(
    Project,
    label=_("Record repair"),
    form=RecordForm,
    creates=Case,
    clauses=["RPR-01", "RPR-02", "CASE-01", "CASE-02", "CASE-03"],
    icon="tool",
)
def record(project: Project, *, by: Actor, **given: Any) -> Case:
    """Take down a repair; with somebody named it is dispatched by the reaction that follows."""
    case = open_case(project, Case.Kind.REPAIR, by=by, given=given)
    case.__dict__["_order"] = RepairOrder.objects.create(
        project=project,
        case=case,
        category=given["category"],
        problem=given["problem"],
        appointment_from=given["appointment_from"],
        appointment_to=given["appointment_to"] if given["appointment_from"] else None,
    )
    files.keep(case, given["photos"], "reported", by=by)
    if given["executor"]:
        case.executor = given["executor"]  # a wish: `dispatch` follows in the same transaction (config/reactions)
    return case


def _stamp(case: Case, **moments: datetime) -> None:
    """Moments of the work order, written without reading it."""
    RepairOrder.objects.filter(project_id=case.project_id, case_id=case.pk).update(**moments)
    if (kept := case.__dict__.get("_order")) is not None:
        kept.__dict__.update(moments)


@operation(
    Case,
    label=_("Dispatch"),
    form=DispatchForm,
    clauses=["RPR-02", "ORG-15"],
    when=is_repair,
    icon="send",
    batch=True,
)
def dispatch(case: Case, *, by: Actor, executor: Employee | None) -> None:
    """Send somebody: the named technician, or by rule who is on duty, skilled and least loaded."""
    if executor is None:
        found = queries.candidates(case.project, queries.order_of(case).category, by.at)
        if not found:
            raise Refused(
                "executor", _("No technician is on duty now. Name somebody, or ask the engineering supervisor.")
            )
        executor = found[0].employee
    case.executor = executor
    _stamp(case, dispatched_at=by.at)


@operation(Case, label=_("Take it"), clauses=["RPR-02"], when=is_repair, icon="hand-grab")
def grab(case: Case, *, by: Actor) -> None:
    """A technician takes an open repair; the row lock and the state let only one of two win."""
    case.executor_id = by.id
    _stamp(case, dispatched_at=by.at, accepted_at=by.at)


@operation(Case, label=_("Accept"), clauses=["RPR-02"], when=is_repair, whose=is_executor, icon="check")
def accept(case: Case, *, by: Actor) -> None:
    """The technician takes the order on."""
    _stamp(case, accepted_at=by.at)


@operation(
    Case,
    label=_("Send back"),
    form=ReasonForm,
    clauses=["RPR-02"],
    when=is_repair,
    whose=is_executor,
    icon="arrow-back",
)
def send_back(case: Case, *, by: Actor, reason: str) -> None:
    """The technician cannot do it: back to dispatch, with the reason."""
    case.executor = None


@operation(Case, label=_("Transfer"), form=TransferForm, clauses=["CASE-01"], when=is_repair, icon="arrows-exchange")
def transfer(case: Case, *, by: Actor, executor: Employee, reason: str) -> None:
    """To another technician. Only the work moves; who took the case stays its owner (CASE-01)."""
    if executor.pk == case.executor_id:
        raise Refused("executor", _("It is already with %(name)s.") % {"name": executor.name}, "CASE-01")
    case.executor = executor
    case.pause_reason = ""
    order = queries.order_of(case)
    order.dispatched_at, order.accepted_at, order.arrived_at = by.at, None, None
    order.save(update_fields=["dispatched_at", "accepted_at", "arrived_at"])
