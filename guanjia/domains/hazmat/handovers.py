"""Hazardous goods that are out go on after a shift, each with who has it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.parts.handover import handed_over
from guanjia.people import posts

from . import queries
from .models import Draw
from .rights import KEEPERS


def line(draw: Draw) -> str:
    """Who has how much of what."""
    substance = draw.lot.substance
    return f"{draw.number}　{substance.name} {substance.said(draw.remainder)}　{draw.drawer.name}"


handed_over(
    "hazmat.out", label=_("Hazardous goods out"), rows=queries.out, block="goods", page="hazmat:stock",
    urgent=queries.late, counted=True, says=line, posts=KEEPERS | {posts.DUTY_MANAGER},
    mine=lambda employee_id: Q(drawer_id=employee_id),
)  # fmt: skip
