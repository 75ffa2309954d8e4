"""The repair slip 维修工单 (F-REPAIR), filled from the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.files import queries as files
from guanjia.parts.papers.press import Press
from guanjia.web.sheets import paper
from guanjia.web.words import masked

from .models import RepairOrder
from .queries import order_of
from .whose import is_repair


@paper(Case, label=_("Print repair slip"), clauses=["RPR-01"], when=is_repair)
def print_slip(case: Case, press: Press) -> bytes:
    """The slip as it stands now; what has not happened yet stays open for the pen. Numbers stay masked on paper."""
    order = order_of(case)
    customer = casework.customers([case]).get(case.pk, {})
    return press.form("F-REPAIR", case, values(case, order, customer), signed=_signed(case, order, customer))


def values(case: Case, order: RepairOrder, customer: dict[str, str]) -> dict[str, Any]:
    """The fields of the form, in its words."""
    pictures = files.files_of(case, "reported", "before", "after").count()
    return {
        "reported_at": case.reported_at,
        "reporter": customer.get("name", ""),
        "phone": masked(customer.get("phone", "")),
        "house": case.house.title if case.house else "",
        "location": "　".join(part for part in ("" if case.house else case.place, case.location) if part),
        "content": case.content,
        "media": f"{pictures} 张，见原记录" if pictures else "",
        "urgency": case.urgency,
        "repair_type": order.category,
        "appointment": order.appointment_from,
        "dispatched_at": order.dispatched_at,
        "technician": case.executor.name if case.executor else "",
        "responded_at": order.arrived_at if case.is_emergency else order.contacted_at or order.arrived_at,
        "on_site_at": order.arrived_at,
        "completed_at": order.finished_at,
        "cost": order.total_fen if order.finished_at else None,
        "satisfaction": order.rating,
        "rework": order.reworks > 0 if order.finished_at or order.reworks else None,
        "revisited_at": _revisited_at(case),
    }


def _revisited_at(case: Case) -> datetime | None:
    """From the journal: revisits are another room's record."""
    rows = Event.objects.filter(
        project_id=case.project_id, subject_label="case", subject_id=case.pk, name="followups.revisit"
    )
    return rows.order_by("-id").values_list("at", flat=True).first()


def _signed(case: Case, order: RepairOrder, customer: dict[str, str]) -> dict[str, Any]:
    """Who answers with their name, and the stroke that the resident made on the phone."""
    signed: dict[str, Any] = {}
    if case.owner:
        signed["receptionist"] = (case.owner.name, case.reported_at)
    if case.executor and order.finished_at:
        signed["technician"] = (case.executor.name, order.finished_at)
    stroke = files.files_of(case, "signature").last()
    if stroke is not None:
        signed["resident"] = (customer.get("name", ""), stroke.taken_at, files.content(stroke))
    return signed
