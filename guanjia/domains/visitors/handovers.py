"""What the gate hands over: who waits, who is still inside."""

from django.utils.translation import gettext_lazy as _

from guanjia.parts.handover import handed_over

from . import queries
from .models import GATE

handed_over(
    "visitors.inside", label=_("Visitors in the building"), rows=queries.inside, block="notes", page="visitors:inside",
    posts=GATE,
)  # fmt: skip
handed_over(
    "visitors.waiting", label=_("Visitors at the gate"), rows=queries.waiting, block="work", page="visitors:list",
    posts=GATE,
)  # fmt: skip
