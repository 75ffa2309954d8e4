"""Every conduct clause stands on a checklist that can be gone through; the checks that the Book itself owes."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from guanjia.book import conduct
from guanjia.kernel.models import Event
from guanjia.parts.obligations.rules import owed, the_project
from guanjia.parts.standards import panels as clause_panels
from guanjia.parts.standards.bindings import bind_conduct

from . import panels
from .models import Inspection, Occasion

for _list in conduct.checklists().values():
    for _clause in _list.clauses:
        bind_conduct(_clause, checklist=f"inspections.record {_list.id}", page="inspections:list")
clause_panels.show("conduct", "inspections/clause_panel.html", panels.clause)


def on(*occasions: str) -> Callable[[Event, Inspection], bool]:
    """Counts inspections of these occasions."""
    return lambda event, inspection: inspection.occasion in occasions


owed(
    "QLT-03", key="inspections.daily", subject="project", label=_("Daily quality check"), subjects=the_project,
    settles=["inspections.record"], counts=on(Occasion.DAILY), url="inspections:list",
)  # fmt: skip
