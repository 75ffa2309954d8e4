"""What clocks bring to the page of their clauses."""

from guanjia.parts.standards import panels as clause_panels

from . import panels

clause_panels.show("clock", "clocks/clause_panel.html", panels.clause)
