"""What executes the clauses of hazardous goods. HAZ-04 is inspected (checklists) and asked when a store is added."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.parts.clocks.rules import by_end_of_shift, clock
from guanjia.parts.custody import kinds
from guanjia.parts.standards.bindings import bind_capability, bind_capacity, bind_record

from . import queries
from .models import Draw, Substance
from .operations.draws import within_need
from .rights import LEADS

kinds.keep(
    Substance, title=pgettext_lazy("custody", "Hazardous goods"), icon="biohazard", list_name="hazmat:stock",
    keepers=LEADS, counted=False, out=queries.counts_out,
    in_keeping=lambda project: Substance.objects.filter(project=project),
)  # fmt: skip
bind_capability("HAZ-01", page="hazmat:stock", operation="hazmat.define")
bind_record("HAZ-03", form="F-HAZ", label="hazmat_draw", evidence="hazmat:draws:list")
bind_capacity("HAZ-06", check=within_need, evidence="hazmat:draws:list")


def has_a_remainder(draw: Draw) -> bool:
    return draw.remainder > 0


clock(
    "HAZ-07", key="hazmat.take_back", subject="hazmat_draw", verb=_("return the remainder"),
    starts=["hazmat.finish"], stops=["hazmat.take_back"], reviews=["hazmat.correct_use"], only_if=has_a_remainder,
    due=by_end_of_shift(lambda draw: draw.drawer), executor=lambda draw: draw.drawer_id,
    owner=lambda draw: draw.issuer_id,
)  # fmt: skip
clock(
    "HAZ-08", key="hazmat.acknowledge", subject="hazmat_anomaly", verb=_("tell the supervisor"),
    starts=["hazmat.report"], stops=["hazmat.acknowledge"], since="noticed_at",
    executor=lambda anomaly: anomaly.reporter_id,
)  # fmt: skip
