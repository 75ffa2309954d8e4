"""What executes the clauses of revisits."""

from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks.rules import clock
from guanjia.parts.standards.bindings import bind_record

clock(
    "REV-14", key="followups.revisit_repair", subject="case", verb=_("revisit"),
    starts=["repairs.confirm", "repairs.confirm_unreached"], stops=["followups.revisit"],
    cancels=["repairs.ask_rework", "cases.force_close"], owner=lambda case: case.owner_id,
)  # fmt: skip
bind_record("REV-04", form="F-REV", label="revisit")
bind_record("REV-08", form="F-REV", label="revisit")
