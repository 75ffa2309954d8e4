"""The call record 来电接待记录表 (F-CALL) of a case that came by telephone or over the counter."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock
from guanjia.parts.papers.press import Press
from guanjia.web.sheets import paper
from guanjia.web.words import masked

TOPICS = {Case.Kind.REPAIR: "repair", Case.Kind.ENQUIRY: "enquiry"}


def was_taken_by_us(case: Case) -> bool:
    """A call or somebody at the counter; what came by the portal or a patrol is no call."""
    return case.channel in (Case.Channel.PHONE, Case.Channel.WALK_IN, Case.Channel.HOTLINE)


@paper(Case, label=_("Print call record"), clauses=["DESK-06"], when=was_taken_by_us)
def print_call(case: Case, press: Press) -> bytes:
    """Who called about what, what was done at once and what was promised."""
    customer = casework.customers([case]).get(case.pk, {})
    signed = {"receptionist": (case.owner.name, case.reported_at)} if case.owner else {}
    return press.form("F-CALL", case, values(case, customer), signed=signed)


def values(case: Case, customer: dict[str, str]) -> dict[str, Any]:
    """The fields of the form. When a call was taken and when it was entered are two times."""
    return {
        "called_at": case.reported_at,
        "answered_at": case.reported_at,
        "caller": customer.get("name", ""),
        "house": str(case.house or ""),
        "phone": masked(customer.get("phone", "")),
        "topic": TOPICS.get(Case.Kind(case.kind), "other"),
        "content": case.content,
        "handling": _handling(case),
        "reply_by": _promised(case),
        "answered_by": case.owner.name if case.owner else "",
        "case": case.number,
    }


def _handling(case: Case) -> str:
    reply = case.enquiries.values_list("reply", flat=True).first() if case.kind == Case.Kind.ENQUIRY else ""
    if reply:
        return f"已答复：{reply}"
    return f"已受理并派 {case.executor.name}" if case.executor else "已受理，待派工"


def _promised(case: Case) -> Any:
    """The first limit that the call started: when the caller may expect an answer."""
    begun = Event.objects.filter(project_id=case.project_id, subject_label="case", subject_id=case.pk).order_by("id")
    rows = Clock.objects.filter(
        project_id=case.project_id, subject_label="case", subject_id=case.pk, started_by__in=begun.values("pk")[:1]
    )
    return rows.order_by("due_at").values_list("due_at", flat=True).first()
