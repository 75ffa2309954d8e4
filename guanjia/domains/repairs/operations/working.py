"""The visit and the work: agree, arrive, pause, quote, material, finish."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.files import queries as files

from ..forms import (
    AppointmentForm,
    ArriveForm,
    CompletionForm,
    ConsentForm,
    FinishForm,
    MaterialForm,
    PauseForm,
    QuoteForm,
    TakeBackForm,
)
from ..models import Material
from ..needs import has_arrived, has_material, is_quoted, quote_is_settled, visit_is_agreed
from ..queries import order_of
from ..whose import is_executor, is_executor_or_lead, is_repair


@operation(
    Case, label=_("Agree visit"), form=AppointmentForm, clauses=["CASE-05", "RPR-03", "RPR-04"], when=is_repair,
    icon="calendar-time",
)  # fmt: skip
def agree_visit(case: Case, *, by: Actor, appointment_from: datetime, appointment_to: datetime) -> None:
    """Contact made and a time agreed: for all but emergencies this is the response."""
    order = order_of(case)
    order.appointment_from, order.appointment_to = appointment_from, appointment_to
    order.contacted_at = order.contacted_at or by.at
    order.save(update_fields=["appointment_from", "appointment_to", "contacted_at"])


@operation(
    Case, label=_("Agree completion"), form=CompletionForm, clauses=["RPR-06"], when=is_repair, icon="calendar-check"
)
def agree_completion(case: Case, *, by: Actor, completion_agreed_at: datetime) -> None:
    """By when it will be done, as agreed with the resident; agreeing anew starts a new clock."""
    order = order_of(case)
    order.completion_agreed_at = completion_agreed_at
    order.save(update_fields=["completion_agreed_at"])


@operation(
    Case, label=_("Arrived"), form=ArriveForm, needs=[visit_is_agreed], clauses=["RPR-03", "CASE-05"], when=is_repair,
    whose=is_executor, icon="map-pin-check",
)  # fmt: skip
def arrive(case: Case, *, by: Actor, photos: list[Any]) -> None:
    """On site; for an emergency this is the response."""
    order = order_of(case)
    if order.arrived_at is not None:
        raise Refused("", _("Your arrival is already on record."))
    order.arrived_at = by.at
    order.save(update_fields=["arrived_at"])
    files.keep(case, photos, "before", by=by)


@operation(
    Case, label=_("Pause"), form=PauseForm, clauses=["RPR-06"], when=is_repair, whose=is_executor_or_lead,
    icon="player-pause",
)  # fmt: skip
def pause(case: Case, *, by: Actor, reason: str, words: str) -> None:
    """The clocks stand still, for a stated reason only."""
    case.pause_reason = reason


@operation(Case, label=_("Resume"), clauses=["RPR-06"], when=is_repair, whose=is_executor_or_lead, icon="player-play")
def resume(case: Case, *, by: Actor) -> None:
    """The clocks go on."""
    case.pause_reason = ""


@operation(
    Case,
    label=_("Quote"),
    form=QuoteForm,
    clauses=["RPR-12"],
    when=is_repair,
    whose=is_executor_or_lead,
    icon="receipt",
)
def quote(case: Case, *, by: Actor, quoted_fen: int, quote_words: str) -> None:
    """What paid work will cost; an earlier consent does not cover a new price."""
    order = order_of(case)
    order.quoted_fen, order.quote_words = quoted_fen, quote_words
    order.quote_consented_at, order.quote_consent_mode = None, ""
    order.save(update_fields=["quoted_fen", "quote_words", "quote_consented_at", "quote_consent_mode"])


@operation(
    Case, label=_("Price agreed"), form=ConsentForm, needs=[is_quoted], clauses=["RPR-12"], when=is_repair,
    icon="circle-check",
)  # fmt: skip
def consent_quote(case: Case, *, by: Actor, mode: str) -> None:
    """The resident agrees to the price."""
    order = order_of(case)
    order.quote_consented_at, order.quote_consent_mode = by.at, mode
    order.save(update_fields=["quote_consented_at", "quote_consent_mode"])


@operation(
    Case, label=_("Add material"), form=MaterialForm, needs=[has_arrived], clauses=["RPR-01"], when=is_repair,
    whose=is_executor, icon="plus",
)  # fmt: skip
def use_material(case: Case, *, by: Actor, **line: Any) -> None:
    """One line of material used; what the resident pays must have been quoted and agreed."""
    order = order_of(case)
    line["unit_fen"] = line["unit_fen"] or 0
    if line["payer"] == Material.Payer.RESIDENT and line["unit_fen"] and order.quote_consented_at is None:
        raise Refused("payer", _("The resident pays only after agreeing to a price: quote first."), "RPR-12")
    Material.objects.create(project_id=case.project_id, order=order, **line)


@operation(
    Case, label=_("Take material back"), form=TakeBackForm, needs=[has_material], clauses=["RPR-01"], when=is_repair,
    whose=is_executor_or_lead, icon="arrow-back-up",
)  # fmt: skip
def take_back_material(case: Case, *, by: Actor, line: Material, reason: str) -> None:
    """A line that was wrong no longer counts. It is never edited: the right one is added anew."""
    rows = Material.objects.filter(project_id=case.project_id, pk=line.pk, taken_back_at__isnull=True)
    if not rows.update(taken_back_at=by.at, taken_back_reason=reason):
        raise Refused("line", _("This line has been taken back already."))


@operation(
    Case, label=_("Finish"), form=FinishForm, needs=[has_arrived, quote_is_settled], clauses=["RPR-01", "RPR-06"],
    when=is_repair, whose=is_executor, icon="circle-check",
)  # fmt: skip
def finish(
    case: Case, *, by: Actor, work_done: str, finding: str, liability: str, labour_minutes: int | None,
    labour_fen: int | None, photos: list[Any], signature: Any,
) -> None:  # fmt: skip
    """The work is done: what was done and found, photos, and the signature of whoever was there."""
    order = order_of(case)
    order.labour_fen = labour_fen or 0
    if order.total_fen > (order.quoted_fen or 0) and order.total_fen:
        raise Refused(
            "labour_fen", _("The resident agreed to less than this. Quote again before you finish."), "RPR-12"
        )
    order.work_done, order.finding, order.liability = work_done, finding, liability
    order.labour_minutes, order.finished_at = labour_minutes or 0, by.at
    order.save(update_fields=["labour_fen", "work_done", "finding", "liability", "labour_minutes", "finished_at"])
    files.keep(case, photos, "after", by=by)
    files.keep(case, [signature], "signature", by=by, field="signature")
