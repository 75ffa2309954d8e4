"""People of a file: who is the same, who is on record, who lives where, who is the head of a household."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from guanjia.kernel import crypto
from guanjia.parts.imports.kinds import Judge, Line, Tell
from guanjia.people.fields import document_of

from .known import Known
from .plan import HomeFacts, HomesPlan, HouseFacts, PersonFacts

if TYPE_CHECKING:
    from .judging import Places


class People(Judge):
    """First everybody is met (who is it), then everybody is settled (where)."""

    def __init__(self, plan: HomesPlan, known: Known, places: Places, tell: Tell) -> None:
        super().__init__(tell)
        self.plan, self.known, self.places = plan, known, places
        self.by_document: dict[str, PersonFacts] = {}
        self.by_number: dict[tuple[str, str], PersonFacts] = {}
        self.by_house: dict[tuple[Any, str], PersonFacts] = {}
        self.by_ref: dict[str, tuple[PersonFacts, Line]] = {}
        self.of_line: dict[tuple[int, int], list[PersonFacts]] = {}
        self.owned: dict[str, list[HouseFacts]] = defaultdict(list)
        self.homes: dict[tuple[int, Any, str], HomeFacts] = {}

    # -- who -------------------------------------------------------------------------------------------------------

    def meet(self, line: Line) -> None:
        """The people a row names; a house that names its owner by number is kept for `settle`."""
        house = self.places.of_line.get((line.sheet, line.number))
        names: list[str] = line.get("name", [])
        if not names:
            ref = line.get("owner_ref")
            if house is not None and ref and ref != "0":
                self.owned[ref].append(house)
            elif line.get("phone") or line.get("id_number"):
                self.wrong(line, "name", _("The name is missing."))
            return
        if line.is_wrong:
            return
        if len(names) > 1 and line.get("id_number"):
            self.wrong(line, "name", _("Several people in one row have one document. Write one person to a row."))
            return
        phones: list[str] = line.get("phone", [])
        if len(names) == 1 and len(phones) > 1:
            sentence = _("Several numbers stand here: the first is kept.")
            self.note(line, "phone", sentence)
        found = [
            self._person(line, name, phones[at] if at < len(phones) else "", house) for at, name in enumerate(names)
        ]
        self.of_line[(line.sheet, line.number)] = [one for one in found if one is not None]
        self._refer(line)

    def _refer(self, line: Line) -> None:
        people = self.of_line[(line.sheet, line.number)]
        ref = line.get("ref") or (line.get("owner_ref") if "ref" not in self.places.has[line.sheet] else None)
        if not ref or not people:
            return
        if ref in self.by_ref:
            other = self.by_ref[ref][1].number
            self.wrong(line, "ref", _("This number stands in row %(row)d already.") % {"row": other})
            return
        self.by_ref[ref] = (people[0], line)

    def _person(self, line: Line, name: str, phone: str, house: HouseFacts | None) -> PersonFacts | None:
        number = self._document(line)
        if number is None:
            return None
        hashed = crypto.blind("id_number", number) if number else ""
        found = self._same(line, name, phone, hashed, house)
        if line.is_wrong:
            return None
        facts = {
            "gender": line.get("gender", ""), "birth_year": line.get("born") or _year_of(number),
            "is_vip": bool(line.get("is_vip")), "id_type": line.get("id_type") or ("idcard" if number else ""),
            "id_number": number,
        }  # fmt: skip
        if found is None:
            found = PersonFacts(name, phone, facts, self._on_record(line, name, phone, hashed, house), line)
            if line.is_wrong:
                return None
            self.plan.people.append(found)
        if hashed:
            self.by_document[hashed] = found
        if phone:
            self.by_number[(name, phone)] = found
        if house is not None:
            self.by_house[(house.key, name)] = found
        return found

    def _document(self, line: Line) -> str | None:
        number = line.get("id_number", "")
        try:
            return document_of(line.get("id_type", ""), number)
        except forms.ValidationError as error:
            self.wrong(line, "id_number", " ".join(error.messages))
            return None

    def _same(self, line: Line, name: str, phone: str, hashed: str, house: Any) -> PersonFacts | None:
        """The same person in an earlier row: by document, by name and number, by name in one house."""
        if hashed and (found := self.by_document.get(hashed)):
            if found.name != name:
                row = {"row": found.line.number}
                self.wrong(line, "id_number", _("Row %(row)d has this document number with another name.") % row)
            return found
        if phone and (found := self.by_number.get((name, phone))):
            other = found.facts["id_number"]
            return found if not (other and hashed) else None
        if not phone and not hashed and house is not None:
            return self.by_house.get((house.key, name))
        return None

    def _on_record(self, line: Line, name: str, phone: str, hashed: str, house: HouseFacts | None) -> int | None:
        if hashed and (found := self.known.documents.get(hashed)):
            if found[1] != name:
                self.wrong(line, "id_number", _("This document number is on record with another name."))
            return found[0]
        if phone and (known := self.known.numbers.get((name, phone))):
            return known
        if not phone and not hashed and house is not None and house.id is not None:
            return self.known.living.get((house.id, name))
        return None

    # -- where -----------------------------------------------------------------------------------------------------

    def settle(self, line: Line) -> None:
        """Where the people of a row live: in its own house, or in the houses that name their owner's number."""
        people = self.of_line.get((line.sheet, line.number), [])
        if not people or line.is_wrong:
            self._drop(people, line)
            return
        house = self.places.of_line.get((line.sheet, line.number))
        houses = [house] if house is not None else self._houses_of(line)
        if not houses:
            if not line.get("room") and line.get("building"):
                sentence = _("The room is missing: write its number, for example 1201.")
            elif line.get("room"):
                sentence = _("The house of this row is wrong, see the row in which it is named.")
            else:
                sentence = _("No house is named for this person.")
            self.wrong(line, "room", sentence)
            self._drop(people, line)
            return
        for one in houses:
            for person in people:
                self._home(line, person, one)

    def _houses_of(self, line: Line) -> list[HouseFacts]:
        for key in ("owner_ref", "ref"):
            if (ref := line.get(key)) and ref in self.owned:
                return self.owned[ref]
        return []

    def _drop(self, people: list[PersonFacts], line: Line) -> None:
        """A person whose only row is wrong is not registered without a home."""
        for person in people:
            if person.line is line:
                person.is_dropped = True

    def _home(self, line: Line, person: PersonFacts, house: HouseFacts) -> None:
        role = line.get("role") or "owner"
        key = (id(person), house.key, role)
        if key in self.homes:
            row = {"row": self.homes[key].line.number}
            if self.homes[key].line is not line:
                self.wrong(line, "name", _("This person stands at this house in row %(row)d already.") % row)
            return
        from_on, until_on = line.get("from_on") or line.get("moved_in_on"), line.get("until_on")
        if from_on and until_on and until_on < from_on:
            self.wrong(line, "until_on", _("It ends before it begins."))
            return
        person.is_dropped = False
        home = HomeFacts(
            person, house, role, line, line.get("relation", ""), bool(line.get("is_head")), from_on, until_on
        )
        home.is_known = person.id is not None and (person.id, house.id, role) in self.known.homes
        self.homes[key] = home
        self.plan.homes.append(home)

    def name_heads(self) -> None:
        """One head for each household: who is marked, else the first owner; nobody where there is one on record."""
        by_house: dict[Any, list[HomeFacts]] = defaultdict(list)
        for home in self.plan.homes:
            by_house[home.house.key].append(home)
        for homes in by_house.values():
            marked = [home for home in homes if home.is_head]
            house = homes[0].house
            if house.id is not None and house.id in self.known.headed:
                for home in homes:
                    home.is_head = False
                continue
            for home in marked[1:]:
                home.is_head = False
                row = {"row": marked[0].line.number}
                sentence = _("Row %(row)d names the head of this household already: that one stays.") % row
                self.note(home.line, "is_head", sentence)
            owners = [home for home in homes if home.role == "owner" and not home.is_known]
            if not marked and owners:
                owners[0].is_head = True
        gone = {id(p) for p in self.plan.people if p.is_dropped}
        self.plan.homes = [home for home in self.plan.homes if id(home.person) not in gone]
        self.plan.people = [p for p in self.plan.people if not p.is_dropped]


def _year_of(number: str) -> int | None:
    """An identity card says when its holder was born."""
    return (
        int(number[6:10]) if len(number) == 18 and number[6:10].isdigit() and "1900" < number[6:10] < "2100" else None
    )
