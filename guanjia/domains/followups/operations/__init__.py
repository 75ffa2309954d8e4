"""Revisits of cases, visits of households, and what is done about what they bring up."""

from .issues import close_issue, note_issue, return_issue, solve_issue
from .revisiting import revisit
from .timing import time_revisit
from .visiting import record_visit

__all__ = ["close_issue", "note_issue", "record_visit", "return_issue", "revisit", "solve_issue", "time_revisit"]
