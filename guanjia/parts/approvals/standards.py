"""What approvals bring to the page of a clause: a change that was asked for and waits, or was not agreed to."""

from guanjia.parts.standards import panels as clause_panels

from . import beside

clause_panels.beside("approvals/beside.html", beside.of_clause)
