"""Rows of a register of keys into a plan: what each opens, where it hangs, who keeps it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.kernel.actors import Actor
from guanjia.parts.imports.kinds import Line, RowJudge, Tell
from guanjia.parts.imports.placed import Placed
from guanjia.parts.imports.values import offered
from guanjia.parts.standards.queries import today_at
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.people.queries import staff_of
from guanjia.places.models import Project

from ..models import MOST_ROWS, MOST_SLOTS, Cabinet, Category, Key
from ..operations.keeping import NO_ENGINEER
from .columns import CATEGORIES

Place = tuple[int | str, int, int]
USUAL_SLOTS = 8


@dataclass
class NewCabinet:
    """A cabinet of the file that nobody has added: as large as the largest may be, until its keys are known."""

    name: str
    pk: str
    rows: int = MOST_ROWS
    slots: int = MOST_SLOTS
    last: tuple[int, int] = (0, 0)
    keys: int = 0

    def hang(self, row: int | None, slot: int | None) -> None:
        self.keys += 1
        self.last = (max(self.last[0], row or 0), max(self.last[1], slot or 0))

    @property
    def size(self) -> dict[str, int]:
        """Room for every slot that is named and for every key."""
        slots = max(self.last[1], USUAL_SLOTS)
        return {"rows": max(self.last[0], -(-self.keys // slots)), "slots": slots}


@dataclass
class KeysPlan:
    """New keys by their numbers, as rows of the batch; how many are on record."""

    fresh: dict[str, dict[str, Any]] = field(default_factory=dict)
    known: int = 0
    # Cabinets that only the file knows, by their plain names, and which new key hangs in which of them.
    cabinets: dict[str, NewCabinet] = field(default_factory=dict)
    hung_in: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> list[tuple[str, int, int]]:
        keys = (pgettext("custody", "Keys"), len(self.fresh), self.known)
        return [(_("Cabinets"), len(self.cabinets), 0), keys] if self.cabinets else [keys]


class Register(RowJudge):
    """Each row in turn, beside what is on record."""

    plan: KeysPlan

    def __init__(self, project: Project, tell: Tell, by: Actor) -> None:
        super().__init__(project, tell, by)
        self.plan, self.placed, self.today = KeysPlan(), Placed(project), today_at(project, by.at)
        rows = Key.objects.filter(project=project)
        self.known = {one.number: one for one in rows.select_related("house")}
        self.seals = {one.seal_no: 0 for one in self.known.values() if one.is_sealed}
        self.cabinets: dict[str, Cabinet | NewCabinet] = {
            _plain(one.name): one for one in Cabinet.objects.filter(project=project)
        }
        self.hung: Counter[int | str] = Counter(one.cabinet_id for one in self.known.values() if one.cabinet_id)
        self.taken: dict[Place, int] = {
            (one.cabinet_id, one.row or 0, one.slot or 0): 0 for one in self.known.values() if one.cabinet_id
        }
        staff: list[Any] = list(staff_of(project, by.at))
        self.keepers: dict[str, list[Employee]] = {}
        for one in staff:
            for word in {one.number.lower(), one.name}:
                self.keepers.setdefault(word, []).append(one)
        self.engineers = {one.pk for one in staff if posts.ENGINEERING & {held.post for held in one.posts_now}}
        self.rows: dict[str, int] = {}

    def take(self, line: Line) -> None:
        number = line.get("number", "")
        if not number:
            self.wrong(line, "number", _("The number is missing: write what stands on the tag."))
        elif number in self.rows:
            row = {"row": self.rows[number]}
            self.wrong(line, "number", _("Row %(row)d has this number already. Keep one of the two rows.") % row)
        elif number in self.known:
            self._on_record(line, self.known[number])
        else:
            self._new(line, number)

    def _on_record(self, line: Line, key: Key) -> None:
        self.rows[key.number] = line.number
        self.plan.known += 1
        said = self.placed.house(line.get("house", ""))
        if said and (key.house is None or key.house_id != self.placed.houses[said][0]):
            self.note(line, "house", _("This number is on record for another door. It is left as it is."))

    def _new(self, line: Line, number: str) -> None:
        category = line.get("category") or (Category.OWNER if line.get("house") else "")
        if not category:
            self.wrong(
                line, "category", _("Say what key it is: %(known)s.") % {"known": "、".join(offered(CATEGORIES))}
            )
            return
        door = self._owners(line) if category == Category.OWNER else self._ours(line)
        place, keeper = self._place(line), self._keeper(line, category)
        if (day := line.get("received_on")) and day > self.today:
            self.wrong(line, "received_on", _("This day lies in the future."))
        if line.is_wrong:
            return
        self.rows[number] = line.number
        seal = line.get("seal_no", "")
        if seal:
            self.seals[seal] = line.number
        cabinet, row, slot = place or (None, None, None)
        if cabinet:
            self.hung[cabinet] += 1
        if cabinet and row and slot:
            self.taken[cabinet, row, slot] = line.number
        if isinstance(cabinet, str):
            self._hang(line, number, cabinet, row, slot)
            cabinet = None
        self.plan.fresh[number] = {
            "number": number, "category": str(category), **door, "floor": line.get("floor", ""),
            "quantity": line.get("quantity") or 1, "cabinet": cabinet, "row": row, "slot": slot, "seal_no": seal,
            "keeper": keeper, "handed_by": line.get("handed_by") or _("Earlier register"), "received_on": day,
            "is_important": bool(line.get("is_important")), "remark": line.get("remark", ""),
        }  # fmt: skip

    # -- what it opens ---------------------------------------------------------------------------------------------

    def _owners(self, line: Line) -> dict[str, Any]:
        """An owner's key has a house, a kind and a seal."""
        said = line.get("house", "")
        key = self.placed.house(said)
        if not said:
            self.wrong(line, "house", _("An owner's key belongs to a house: write it in full, for example 3-2-1201."))
        elif key is None:
            self.wrong(line, "house", _("House %(code)s is not on record. Add the house first.") % {"code": said})
        if not line.get("kind"):
            self.wrong(line, "kind", _("Say which door of the house an owner's key opens."))
        seal = line.get("seal_no", "")
        if not seal:
            self.wrong(line, "seal_no", _("An owner's key lies sealed: write the number of the seal."))
        elif seal in self.seals:
            self.wrong(line, "seal_no", _("This seal is on another key."))
        return {
            "house": self.placed.houses[key][0] if key else None,
            "kind": line.get("kind"),
            "name": line.get("name", ""),
        }

    def _ours(self, line: Line) -> dict[str, Any]:
        if not line.get("name"):
            self.wrong(line, "name", _("Say which door, room or equipment it opens."))
        if line.get("house") or line.get("kind"):
            self.wrong(line, "house", _("House and kind belong to owners' keys."))
        if (seal := line.get("seal_no")) and seal in self.seals:
            self.wrong(line, "seal_no", _("This seal is on another key."))
        return {"house": None, "kind": "", "name": line.get("name", "")}

    # -- where it hangs, who keeps it ------------------------------------------------------------------------------

    def _hang(self, line: Line, number: str, name: str, row: int | None, slot: int | None) -> None:
        """A key in a cabinet that comes in with it; the first row that names it tells so."""
        new = self.cabinets[name]
        assert isinstance(new, NewCabinet)
        if name not in self.plan.cabinets:
            sentence = _(
                "“%(said)s” is not here yet: it comes in too, as large as its keys need. Say where it stands then."
            )
            self.note(line, "cabinet", sentence % {"said": new.name})
        self.plan.cabinets[name] = new
        self.plan.hung_in[number] = name
        new.hang(row, slot)

    def _place(self, line: Line) -> tuple[int | str, int | None, int | None] | None:
        said, row, slot = line.get("cabinet", ""), line.get("row"), line.get("slot")
        if isinstance(slot, tuple):
            row, slot = slot
        if isinstance(row, tuple):
            row, slot = row
        if not said:
            if row or slot:
                self.wrong(line, "cabinet", _("The cabinet of this slot is missing."))
            return None
        cabinet = self.cabinets.setdefault(_plain(said), NewCabinet(said, _plain(said)))
        names = {"cabinet": cabinet.name, "rows": cabinet.rows, "slots": cabinet.slots}
        if bool(row) != bool(slot):
            self.wrong(line, "slot", _("Row and slot, or neither: then it gets the first empty slot."))
        elif row and slot and (row > cabinet.rows or slot > cabinet.slots):
            self.wrong(line, "slot", _("%(cabinet)s has %(rows)d rows with %(slots)d slots each.") % names)
        elif row and slot and (place := (cabinet.pk, row, slot)) in self.taken:
            other = self.taken[place]
            said_row = _("Row %(row)d has this slot already.") % {"row": other} if other else ""
            self.wrong(line, "slot", said_row or _("Another key has its place there."))
        elif self.hung[cabinet.pk] >= cabinet.rows * cabinet.slots:
            self.wrong(line, "cabinet", _("%(cabinet)s is full.") % names)
        return None if line.is_wrong else (cabinet.pk, row, slot)

    def _keeper(self, line: Line, category: str) -> int | None:
        said = line.get("keeper", "")
        found = self.keepers.get(said.lower(), self.keepers.get(said, [])) if said else []
        if said and len(found) != 1:
            if found:
                sentence = _("Several colleagues are called %(said)s: write the job number.")
            else:
                sentence = _("Nobody called %(said)s holds a post here.")
            self.wrong(line, "keeper", sentence % {"said": said})
            return None
        keeper = found[0].pk if found else self.by.id
        if category == Category.EQUIPMENT and keeper not in self.engineers:
            self.wrong(line, "keeper", str(NO_ENGINEER))
        return keeper


def _plain(name: str) -> str:
    return "".join(name.split()).lower()


__all__ = ["KeysPlan", "Register"]
