"""The Book: the written standards as data: clauses (what must hold), forms (what is recorded), vocabulary.

Read once, kept, never changed at run time: what a company or project decides otherwise is an edition
(parts/standards), not an edit here. `clause("RPR-03")`, `clauses()`, `area("RPR")`, `form("F-CALL")`,
`enum("channels")`, `role("steward")`, `calendar_name("24x7")`. Words of the Book are Simplified Chinese with
English titles; `said(...)` of the kernel's languages picks what the reader reads.
"""

from .modules import Module, modules
from .reader import (
    Area,
    Clause,
    Field,
    Form,
    Home,
    Role,
    UnknownEntry,
    area,
    areas,
    calendar_name,
    clause,
    clauses,
    enum,
    form,
    forms,
    home,
    homes,
    is_clause,
    role,
    roles,
    sequence,
    vocabulary,
)

__all__ = [
    "Area", "Clause", "Field", "Form", "Home", "Module", "Role", "UnknownEntry", "area", "areas", "calendar_name",
    "clause", "clauses",
    "enum", "form", "forms", "home", "homes", "is_clause", "modules", "role", "roles", "sequence", "vocabulary",
]  # fmt: skip
