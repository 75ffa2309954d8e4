"""Every procedure of the Book can be started, ticked off and proved."""

from guanjia.parts.standards import panels as clause_panels
from guanjia.parts.standards.bindings import bind_procedure

from . import panels, queries

for _clause in queries.procedures():
    bind_procedure(_clause.id, steps="runsheets.start", page="runsheets:list")
clause_panels.show("procedure", "runsheets/clause_panel.html", panels.clause)
