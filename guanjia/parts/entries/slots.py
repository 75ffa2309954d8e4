"""The lines of a form that wait for a name."""

from __future__ import annotations

from dataclasses import dataclass

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.parts.papers.signing import lines_to_sign
from guanjia.people import posts

from .keepers import LEADS
from .models import Entry


@dataclass(frozen=True)
class Slot:
    """`role` is who signs: a post, a role of the house without a post of its own (reviewer: the leads sign), somebody
    outside (owner, visitor); empty for a signature field of the form, which either may sign."""

    key: str
    label: str
    role: str

    @property
    def is_outside(self) -> bool:
        """Whether it may be signed on the glass."""
        return not self.role or (self.role not in posts.EVERYONE and book.role(self.role).is_external)

    def is_for(self, by: Actor, project_id: int) -> bool:
        """Whether this member of staff may sign it in their own name."""
        if not self.role:
            return True
        signers = {self.role} if self.role in posts.EVERYONE else LEADS
        return not self.is_outside and by.holds(project_id, *signers)


def slots_of(entry: Entry) -> list[Slot]:
    """All lines of the form, in signing order."""
    if not entry.form_id:
        return []
    return [Slot(key, label, role) for key, label, role in lines_to_sign(entry.form)]


def open_slots(entry: Entry) -> list[Slot]:
    """Those without a name."""
    signed = {one.slot for one in entry.signatures.all()} if entry.pk else set()
    return [slot for slot in slots_of(entry) if slot.key not in signed]
