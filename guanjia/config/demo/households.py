"""Who lives in the demo community: households with roles, consents, care notes and whom to ring."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from guanjia.kernel import search
from guanjia.people.fields import sort_key_of
from guanjia.people.models import CareTag, Consent, EmergencyContact, Occupancy, Resident
from guanjia.places.models import House, Project

from .names import CARE_NOTES, RELATIONS, People

# The house that stories and tests begin with is lived in, let, and needs care, whatever the seed says.
FIRST = "3-2-1201"


def first_of(homes: Iterable[Occupancy]) -> Occupancy:
    """The owner's home of the accounts that are printed: its people find something of theirs."""
    return next(home for home in homes if home.house.code == FIRST and home.role == Occupancy.Role.OWNER)


class Settlement:
    """Fills the houses of one project."""

    def __init__(self, project: Project, rng: random.Random, people: People, today: date) -> None:
        self.project, self.rng, self.people, self.today = project, rng, people, today
        self.residents: list[Resident] = []
        self.homes: list[Occupancy] = []

    def person(self, family: str = "", *, gender: str = "", born: int = 0, has_phone: bool = True) -> Resident:
        gender = gender or self.rng.choice("fm")
        name = self.people.name(gender, family)
        resident = Resident(
            project=self.project,
            name=name,
            gender=gender,
            phone=self.people.phone() if has_phone else "",
            birth_year=born or self.rng.randint(1950, 1998),
            is_vip=self.rng.random() < 0.02,
            sort_key=sort_key_of(name),
        )
        self.residents.append(resident)
        return resident

    def live(self, resident: Resident, house: House, role: str, *, is_head: bool = False, relation: str = "") -> None:
        moved_in = self.today - timedelta(days=self.rng.randint(120, 2600))
        until = self.today + timedelta(days=self.rng.randint(60, 700)) if role == "tenant" else None
        self.homes.append(
            Occupancy(
                project=self.project,
                resident=resident,
                house=house,
                role=role,
                relation=relation,
                is_head=is_head,
                from_on=moved_in,
                until_on=until,
            )
        )

    def settle(self, house: House) -> None:
        """An owner with a card on record; in lived-in houses a family or a tenant."""
        rng = self.rng
        owner = self.person()
        owner.id_type = "idcard"
        owner.set_id_number(self.people.card(owner.birth_year or 1980))
        self.live(owner, house, "owner", is_head=True)
        if house.code != FIRST and house.use != House.Use.LIVED_IN:
            return
        draw = rng.random()
        if house.code == FIRST or draw < 0.14:
            self.live(self.person(), house, "tenant")
            return
        if draw < 0.7:
            spouse = self.person(gender="m" if owner.gender == "f" else "f")
            self.live(spouse, house, "family", relation="配偶")
        if draw < 0.4:
            child = self.person(owner.name[0], born=rng.randint(2005, 2022), has_phone=False)
            self.live(child, house, "family", relation="子女")
        if 0.8 < draw < 0.88:
            elder = self.person(born=rng.randint(1938, 1950))
            self.live(elder, house, "family", relation="父母")

    def write(self) -> None:
        """Everything in a few statements."""
        Resident.objects.bulk_create(self.residents)
        Occupancy.objects.bulk_create(self.homes)
        rows = ((r.pk, r.search_text(), r.search_phones()) for r in self.residents)
        search.index_many(self.project.pk, "resident", rows)


def populate(project: Project, houses: list[House], rng: random.Random, people: People, at: datetime) -> Settlement:
    """Residents of all houses with what they agreed to and need."""
    settlement = Settlement(project, rng, people, timezone.localdate(at))
    for house in houses:
        settlement.settle(house)
    settlement.write()
    heads = [home.resident for home in settlement.homes if home.is_head]
    first = first_of(settlement.homes).resident
    Consent.objects.bulk_create(_consents(heads, rng, at, first))
    _care(settlement, first)
    return settlement


def _consents(heads: list[Resident], rng: random.Random, at: datetime, first: Resident) -> list[Consent]:
    """Most let themselves be rung, half have their parcels taken in; the first household agreed to everything."""
    given = []
    for head in heads:
        for purpose, share in (("contact", 0.95), ("recording", 0.6), ("parcels", 0.5), ("photos", 0.4)):
            if rng.random() < share or head is first:
                since = at - timedelta(days=rng.randint(100, 900))
                given.append(
                    Consent(project_id=head.project_id, resident=head, purpose=purpose, given_at=since, mode="signed")
                )
    return given


def _care(settlement: Settlement, first: Resident) -> None:
    """One household in fifteen needs care; the first one always does. Each has somebody to ring."""
    rng, people = settlement.rng, settlement.people
    tags: list[CareTag] = []
    contacts: list[EmergencyContact] = []
    adults = [r for r in settlement.residents if r.phone]
    for resident in [first, *rng.sample(adults, len(settlement.residents) // 25)]:
        if resident is first and tags:
            continue
        old = (resident.birth_year or 1980) < 1962
        kind = rng.choice(["elderly", "lonely"] if old or resident is first else list(CARE_NOTES))
        tags.append(
            CareTag(
                project=settlement.project,
                resident=resident,
                kind=kind,
                note=rng.choice(CARE_NOTES[kind]),
                noted_on=settlement.today - timedelta(days=rng.randint(10, 300)),
            )
        )
        relation = rng.choice(RELATIONS)
        contacts.append(
            EmergencyContact(
                project=settlement.project,
                resident=resident,
                name=people.name(rng.choice("fm"), resident.name[0]),
                relation=relation,
                phone=people.phone(),
            )
        )
    CareTag.objects.bulk_create(tags)
    EmergencyContact.objects.bulk_create(contacts)
