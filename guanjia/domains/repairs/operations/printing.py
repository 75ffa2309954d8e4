"""The slip on paper: the sheet is made by `papers.slip`; that it left the printer stands in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.parts.casework.models import Case

from ..whose import is_repair


@operation(Case, label=_("Print repair slip"), clauses=["RPR-01"], when=is_repair, icon="printer")
def print_slip(case: Case, *, by: Actor) -> None:
    """Who printed it and when; nothing of the case changes."""
