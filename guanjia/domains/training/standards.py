"""What executes the clauses of training and exams."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.clocks.rules import clock
from guanjia.parts.obligations.rules import owed, the_project
from guanjia.parts.standards import queries as standards
from guanjia.parts.standards.bindings import bind_capability, bind_record

from . import hygiene
from .models import Handbook, MaterialChange

MONTH_END = 25  # a check of the month's end is made on this day or later


def noted_by(change: MaterialChange) -> int:
    """Who is told first."""
    return change.noted_by_id


def at_month_end(event: Event, handbook: Handbook) -> bool:
    """A check in the first days of a month is not the one of its end (TRN-12)."""
    return standards.today_at(handbook.project, event.at).day >= MONTH_END


bind_capability("TRN-01", page="training:curriculum")
bind_capability("TRN-06", page="training:bank")
bind_capability("TRN-08", page="training:plan")
bind_record("TRN-03", form="F-TRN", label="training_attendance", evidence="training:courses")
bind_record("TRN-09", form="F-HANDBOOK", label="handbook", evidence="training:handbook")
clock(
    "TRN-10", key="training.update_handbook", subject="material_change", verb=_("update the handbook"),
    executor=noted_by, starts=["training.note_change"], stops=["training.update_handbook"],
)  # fmt: skip
owed(
    "TRN-12", key="training.check_handbook", subject="project", label=_("Handbook checked at the month's end"),
    subjects=the_project, settles=["training.check_handbook"], counts=at_month_end, url="training:handbook",
)  # fmt: skip
# Which posts these are is decided in the Book (TRN-15).
owed(
    "TRN-16", key="training.change_clothes", subject="duty", label=_("Clean work clothes and cap"), unit=_("people"),
    subjects=hygiene.shifts_of_today, settles=["training.change_clothes"], ends=["organization.cancel_duty"],
    subject_of=hygiene.first_shift, ahead=False, evidence="training:clothes", url="training:clothes",
)  # fmt: skip
for _kind, _label in (("health", _("Health check of the year")), ("training", _("Hygiene training of the year"))):
    owed(
        "TRN-17", key=f"training.yearly_{_kind}", subject="employee", label=_label, unit=_("people"),
        subjects=hygiene.staff, settles=["training.register_certificate", "training.renew_certificate"],
        subject_of=hygiene.holder_of(_kind), counts=hygiene.is_of_this_year, releases=True,
        evidence="training:certificates", url="training:certificates",
    )  # fmt: skip
