"""What executes the clauses of lost property."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from guanjia.parts.clocks.rules import by_end_of_day, clock
from guanjia.parts.custody import kinds
from guanjia.parts.standards.bindings import bind_record

from .models import Find, State
from .rights import KEEPERS


def _finder(find: Find) -> int:
    return int(find.finder_id)


kinds.keep(
    Find,
    title=pgettext_lazy("lostfound", "Found property"),
    icon="search",
    keepers=KEEPERS,
    list_name="lostfound:list",
    in_keeping=lambda project: Find.objects.filter(project=project, state__in=[State.FOUND, State.SECURED]),
)
clock(
    "LOST-01",
    key="lostfound.hand_in",
    subject="find",
    verb=pgettext_lazy("lostfound", "hand to security"),
    executor=_finder,
    due=by_end_of_day(),
    starts=["lostfound.register_find"],
    stops=["lostfound.hand_to_security", "lostfound.claim"],
    evidence="lostfound:list",
)
bind_record("LOST-02", form="F-LOST", label="find", evidence="lostfound:list")
