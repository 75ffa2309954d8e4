"""What is open and goes on after a shift: the lines of a handover, each declared by the room that owns its rows.

    handed_over("keys.out", label=_("Keys out"), rows=queries.out, block="keys", page="keys:out",
                urgent=lambda at: Q(due_at__lt=at), mine=lambda employee_id: Q(issued_by_id=employee_id))

in the `handovers.py` of a room, which is loaded at start. The handover itself is `domains/shifts`. Words: line, block,
row.
"""

from .lines import BLOCKS, MOST, Found, Line, again, found, handed_over, of_person, one, registry

__all__ = ["BLOCKS", "MOST", "Found", "Line", "again", "found", "handed_over", "of_person", "one", "registry"]
