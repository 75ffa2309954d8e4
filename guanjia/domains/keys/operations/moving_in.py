"""The register of keys that a project kept before: many keys at once, each with its number and its place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import RefusedRows, operation, refuse_doubles
from guanjia.parts.standards.queries import today_at
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.people.queries import staff_of
from guanjia.places.models import Project

from ..forms import CabinetForm, KeyRow
from ..models import Cabinet, Category, Key
from .keeping import NO_ENGINEER

Rows = list[dict[str, Any]]


@operation(
    Project, label=_("Bring in cabinets"), form=CabinetForm, creates=Cabinet, clauses=["KEY-03"], batch=True,
    icon="layout-grid",
)  # fmt: skip
def bring_in_cabinets(project: Project, rows: Rows, *, by: Actor) -> list[Cabinet]:
    """The cabinets that a register names and nobody has added yet."""
    known = set(Cabinet.objects.filter(project=project).values_list("name", flat=True))
    refuse_doubles("name", [row["name"] for row in rows], known, _("There is a cabinet of this name."))
    return Cabinet.objects.bulk_create([Cabinet(project=project, **row) for row in rows])


@operation(
    Project, label=_("Bring in keys"), form=KeyRow, creates=Key, clauses=["KEY-03", "KEY-04", "KEY-18"], batch=True,
    icon="database-import",
)  # fmt: skip
def bring_in_keys(project: Project, rows: Rows, *, by: Actor) -> list[Key]:
    """Keys of an earlier register, all new: each number, seal and slot once, equipment keys with engineering."""
    known = Key.objects.filter(project=project)
    numbers = set(known.values_list("number", flat=True))
    refuse_doubles("number", [row["number"] for row in rows], numbers, _("This key number is on record already."))
    seals = set(known.filter(is_sealed=True).values_list("seal_no", flat=True))
    refuse_doubles("seal_no", [row["seal_no"] for row in rows], seals, _("This seal is on another key."))
    _place(project, rows)
    _keep(project, rows, by)
    today = today_at(project, by.at)
    made = [
        Key(
            project=project, is_sealed=bool(row["seal_no"]), moved_at=by.at, position=str(row["cabinet"] or ""),
            **{**row, "received_on": row["received_on"] or today},
        )
        for row in rows
    ]  # fmt: skip
    return Key.objects.bulk_create(made, 2000)


def _place(project: Project, rows: Rows) -> None:
    """Slots as the rows name them, else the first empty ones; cabinets are locked while they are looked at."""
    named = {row["cabinet"].pk for row in rows if row["cabinet"]}
    cabinets = Cabinet.objects.filter(project=project, pk__in=named).order_by("pk")
    free = {one.pk: one for one in cabinets.select_for_update(no_key=True)}
    stored = Key.objects.filter(project=project, cabinet__in=free).values_list("cabinet_id", "row", "slot")
    taken = set(stored)
    asked = [(r["cabinet"].pk, r["row"], r["slot"]) if r["cabinet"] and r["row"] else None for r in rows]
    refuse_doubles("slot", asked, taken, _("Another key has its place there."))
    taken |= {place for place in asked if place}
    for number, row in enumerate(rows):
        cabinet = row["cabinet"]
        if cabinet is None or row["row"]:
            continue
        places = ((cabinet.pk, r, s) for r in range(1, cabinet.rows + 1) for s in range(1, cabinet.slots + 1))
        place = next((one for one in places if one not in taken), None)
        if place is None:
            raise RefusedRows({number: {"cabinet": [_("%(cabinet)s is full.") % {"cabinet": cabinet}]}})
        taken.add(place)
        _cabinet, row["row"], row["slot"] = place


def _keep(project: Project, rows: Rows, by: Actor) -> None:
    """Whoever brings them in keeps them where the row names nobody."""
    own = Employee.objects.filter(pk=by.id).get()
    engineers = {
        one.pk for one in staff_of(project, by.at) if posts.ENGINEERING & {p.post for p in one.posts_now}  # type: ignore[attr-defined]  # prefetched
    }  # fmt: skip
    refused: dict[int, Any] = {}
    for number, row in enumerate(rows):
        row["keeper"] = row["keeper"] or own
        if row["category"] == Category.EQUIPMENT and row["keeper"].pk not in engineers:
            refused[number] = {"keeper": [NO_ENGINEER]}
    if refused:
        raise RefusedRows(refused)
