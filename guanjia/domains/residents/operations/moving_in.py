"""Many at once: the batches by which an import (or a program) brings in places, people and homes."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation, refuse_doubles
from guanjia.people.fields import sort_key_of
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import Building, House, Project, Unit

from ..batch_forms import BuildingRow, HomeRow, HouseRow, ResidentRow, UnitRow
from .places import CM2, code_of

AT_ONCE = 2000
Rows = list[dict[str, Any]]


@operation(
    Project, label=_("Bring in buildings"), form=BuildingRow, creates=Building, clauses=["RES-01"], batch=True,
    icon="database-import",
)  # fmt: skip
def bring_in_buildings(project: Project, rows: Rows, *, by: Actor) -> list[Building]:
    """Buildings of a file, without their houses."""
    known = set(Building.objects.filter(project=project).values_list("code", flat=True))
    refuse_doubles("code", (row["code"] for row in rows), known, _("This building is on record already."))
    return Building.objects.bulk_create([Building(project=project, **row) for row in rows], AT_ONCE)


@operation(
    Project, label=_("Bring in units"), form=UnitRow, creates=Unit, clauses=["RES-01"], batch=True,
    icon="database-import",
)  # fmt: skip
def bring_in_units(project: Project, rows: Rows, *, by: Actor) -> list[Unit]:
    """Units of buildings that are on record."""
    known = set(Unit.objects.filter(project=project).values_list("building_id", "code"))
    keys = ((row["building"].pk, row["code"]) for row in rows)
    refuse_doubles("code", keys, known, _("This unit is on record already."))
    return Unit.objects.bulk_create([Unit(project=project, **row) for row in rows], AT_ONCE)


@operation(
    Project, label=_("Bring in houses"), form=HouseRow, creates=House, clauses=["RES-01"], batch=True,
    icon="database-import",
)  # fmt: skip
def bring_in_houses(project: Project, rows: Rows, *, by: Actor) -> list[House]:
    """Houses of buildings that are on record, with their codes."""
    made = []
    for row in rows:
        area = row.pop("area")
        code = code_of(row["building"], row["unit"], row["room"])
        made.append(House(project=project, code=code, area_cm2=int((area or 0) * CM2), **row))
    known = set(House.objects.filter(project=project, code__in=[h.code for h in made]).values_list("code", flat=True))
    refuse_doubles("room", (house.code for house in made), known, _("This house is on record already."))
    return House.objects.bulk_create(made, AT_ONCE)


@operation(
    Project, label=_("Bring in residents"), form=ResidentRow, creates=Resident, clauses=["RES-01", "RES-02"],
    batch=True, icon="database-import",
)  # fmt: skip
def bring_in_residents(project: Project, rows: Rows, *, by: Actor) -> list[Resident]:
    """People of a file, before their homes. A document belongs to one person."""
    made = []
    for row in rows:
        number = row.pop("id_number")
        resident = Resident(project=project, sort_key=sort_key_of(row["name"]), **row)
        resident.set_id_number(number)
        made.append(resident)
    hashes = [r.id_hash for r in made if r.id_hash]
    rows_of = Resident.objects.filter(project=project, merged_into__isnull=True, id_hash__in=hashes)
    known = set(rows_of.values_list("id_hash", flat=True))
    refuse_doubles("id_number", (r.id_hash for r in made), known, _("This document is on record already."))
    return Resident.objects.bulk_create(made, AT_ONCE)


@operation(
    Project, label=_("Bring in homes"), form=HomeRow, creates=Occupancy, clauses=["RES-01"], batch=True,
    icon="database-import",
)  # fmt: skip
def bring_in_homes(project: Project, rows: Rows, *, by: Actor) -> list[Occupancy]:
    """Who lives where. Houses are held: one head is counted before another is named."""
    houses = sorted({row["house"].pk for row in rows})
    list(House.objects.select_for_update(no_key=True).filter(project=project, pk__in=houses).values_list("pk"))
    living = Occupancy.objects.filter(project=project, house__in=houses, ended_on__isnull=True)
    known = set(living.values_list("resident_id", "house_id", "role"))
    keys = [(row["resident"].pk, row["house"].pk, row["role"]) for row in rows]
    refuse_doubles("house", keys, known, _("This person has this role at this house already."))
    headed = set(living.filter(is_head=True).values_list("house_id", flat=True))
    heads = (row["house"].pk if row["is_head"] else None for row in rows)
    refuse_doubles("is_head", heads, headed, _("This household has a head. Name the new head on the house's page."))
    today = timezone.localdate(by.at)
    made = [Occupancy(project=project, **{**row, "from_on": row["from_on"] or today}) for row in rows]
    return Occupancy.objects.bulk_create(made, AT_ONCE)
