"""DESK-05: answered within three rings, fifteen seconds at the ring of five."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks.rules import clock

from .models import PhoneCall


def answered_by(call: PhoneCall) -> int | None:
    """Who took it."""
    return call.employee_id


clock(
    "DESK-05", key="telephone.answer", subject="phone_call", verb=_("answer"), executor=answered_by,
    starts=["telephone.ring"], stops=["telephone.answer", "telephone.miss"],
)  # fmt: skip
