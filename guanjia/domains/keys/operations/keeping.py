"""Cabinets; a key comes in, gets its slot, its seal, its keeper; goes missing, is found, copied, taken out of use."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.standards.queries import today_at
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.people.queries import posts_held
from guanjia.places.models import Project

from .. import queries
from ..forms import (
    CabinetForm,
    ChangeCabinetForm,
    DuplicateForm,
    EntrustForm,
    PlaceForm,
    ReasonForm,
    SealForm,
    TagsForm,
    TakeOverForm,
)
from ..gates import copying_is_signed, is_an_owners, is_ours, keeps_it
from ..models import Cabinet, Category, Key, State, TagRule

NO_ENGINEER = _("Keys of equipment rooms are kept by engineering: name a keeper there.")


@operation(Project, label=_("Add a cabinet"), form=CabinetForm, creates=Cabinet, clauses=["KEY-03"], icon="layout-grid")
def add_cabinet(project: Project, *, by: Actor, **given: Any) -> Cabinet:
    """A cabinet with its rows and slots. Raises Refused when the name is taken."""
    if Cabinet.objects.filter(project=project, name=given["name"]).exists():
        raise Refused("name", _("There is a cabinet of this name."))
    return Cabinet.objects.create(project=project, **given)


@operation(Cabinet, label=_("Change the cabinet"), form=ChangeCabinetForm, clauses=["KEY-03"], icon="adjustments")
def change_cabinet(cabinet: Cabinet, *, by: Actor, **given: Any) -> None:
    """Where it stands, how many slots it has, its locks. Raises Refused when a key would lose its slot."""
    hung = Key.objects.filter(project_id=cabinet.project_id, cabinet=cabinet)
    outside = hung.filter(Q(row__gt=given["rows"]) | Q(slot__gt=given["slots"])).order_by("row", "slot").first()
    if outside is not None:
        told = _("Key %(number)s hangs in row %(row)d, slot %(slot)d: give it another slot first.")
        raise Refused("rows", told % {"number": outside.number, "row": outside.row, "slot": outside.slot})
    for name, value in given.items():
        setattr(cabinet, name, value)


@operation(
    Project, label=_("Take a key over"), form=TakeOverForm, creates=Key, clauses=["KEY-03", "KEY-04", "KEY-18"],
    icon="key",
)  # fmt: skip
def take_over(
    project: Project, *, by: Actor, cabinet: Cabinet | None, row: int | None, slot: int | None,
    keeper: Employee | None, seal_no: str, **given: Any,
) -> Key:  # fmt: skip
    """Numbered and on the list at once; an owner's key lies sealed, an equipment key with engineering."""
    kept_by = keeper or Employee.objects.filter(pk=by.id).get()
    _may_keep(kept_by, given["category"], project, by)
    key = Key(
        project=project, number=_next_number(project), keeper=kept_by, seal_no=seal_no, is_sealed=bool(seal_no),
        received_on=today_at(project, by.at), moved_at=by.at, **given,
    )  # fmt: skip
    _seal_is_new(key, seal_no)
    if cabinet is not None:
        _put(key, cabinet, row, slot)
    key.save(force_insert=True)
    return key


@operation(Key, label=_("Put into a slot"), form=PlaceForm, whose=keeps_it, clauses=["KEY-03"], icon="map-pin")
def place(key: Key, *, by: Actor, cabinet: Cabinet, row: int | None, slot: int | None) -> None:
    """Its own slot of a cabinet, from now on."""
    _put(key, cabinet, row, slot)


@operation(
    Key,
    label=pgettext_lazy("keys", "Seal"),
    form=SealForm,
    when=is_an_owners,
    whose=keeps_it,
    clauses=["KEY-11"],
    icon="lock",
)
def seal(key: Key, *, by: Actor, seal_no: str) -> None:
    """A new seal with a number that was never on this key, nor is on another."""
    if key.is_sealed or seal_no.strip() == key.seal_no:
        raise Refused("seal_no", _("This seal was used already: take a new one."), "KEY-11")
    _seal_is_new(key, seal_no.strip())
    key.seal_no, key.is_sealed = seal_no.strip(), True


@operation(Key, label=_("Entrust"), form=EntrustForm, whose=keeps_it, clauses=["KEY-21", "KEY-18"], icon="user")
def entrust(key: Key, *, by: Actor, keeper: Employee, position: str) -> None:
    """The steward of the building (or another keeper) holds it from now on; its slot is free."""
    _may_keep(keeper, key.category, key.project, by)
    key.keeper = keeper
    key.cabinet, key.row, key.slot, key.position = None, None, None, position or keeper.name


@operation(
    Key, label=pgettext_lazy("keys", "Report missing"), form=ReasonForm, whose=keeps_it, danger=True,
    clauses=["KEY-20"], icon="alert-triangle",
)  # fmt: skip
def report_missing(key: Key, *, by: Actor, remark: str) -> None:
    """It should lie in the store and does not; the procedure of KEY-20 starts."""
    key.remark = remark


@operation(Key, label=_("Found again"), whose=keeps_it, icon="circle-check")
def find_again(key: Key, *, by: Actor) -> None:
    """It turned up; an owner's key wants a new seal."""
    key.is_sealed = False


@operation(Key, label=_("Take out of use"), form=ReasonForm, whose=keeps_it, danger=True, icon="circle-x")
def retire(key: Key, *, by: Actor, remark: str) -> None:
    """The lock was changed, or the key is given up; its slot is free, its number stays on the list."""
    key.remark = remark
    key.cabinet, key.row, key.slot = None, None, None


@operation(
    Key, label=_("Have a copy made"), form=DuplicateForm, creates=Key, when=is_ours, needs=[copying_is_signed],
    clauses=["KEY-19"], icon="copy",
)  # fmt: skip
def duplicate(key: Key, *, by: Actor, reason: str, pieces: int, made_by: str) -> Key:
    """A copy with a number of its own on the list, after engineering agreed (the rules of approval)."""
    if key.state not in (State.IN_STORE, State.LENT, State.LOST):
        raise Refused("", _("It is no longer in use."))
    return Key.objects.create(
        project=key.project, number=_next_number(key.project), keeper_id=key.keeper_id, category=key.category,
        name=key.name, spot=key.spot, floor=key.floor, quantity=pieces, is_important=key.is_important,
        received_on=today_at(key.project, by.at), handed_by=made_by, copied_from=key, remark=reason,
        position=key.where, moved_at=by.at,
    )  # fmt: skip


@operation(Project, label=_("What stands on the tags"), form=TagsForm, clauses=["KEY-08"], icon="qrcode")
def choose_tags(project: Project, *, by: Actor, shows_address: bool) -> None:
    """The number and a code only, unless the project chooses otherwise."""
    TagRule.objects.update_or_create(project=project, defaults={"shows_address": shows_address})


def _next_number(project: Project) -> str:
    """The next that no key has; a register that was brought in has numbers of its own."""
    while True:
        number = f"K-{numbering.next_in(project.pk, 'key'):03d}"
        if not Key.objects.filter(project=project, number=number).exists():
            return number


def _put(key: Key, cabinet: Cabinet, row: int | None, slot: int | None) -> None:
    """Its slot; the cabinet is locked while it is looked at. Raises Refused when it is taken."""
    Cabinet.objects.select_for_update(no_key=True).get(project_id=cabinet.project_id, pk=cabinet.pk)
    where = (row, slot) if row and slot else queries.free_slot(cabinet)
    if where is None:
        raise Refused("cabinet", _("%(cabinet)s is full.") % {"cabinet": cabinet})
    taken = Key.objects.filter(project_id=cabinet.project_id, cabinet=cabinet, row=where[0], slot=where[1])
    if taken.exclude(pk=key.pk).exists():
        raise Refused("slot", _("Another key has its place there."))
    key.cabinet, key.position = cabinet, cabinet.name
    key.row, key.slot = where


def _seal_is_new(key: Key, seal_no: str) -> None:
    rows = Key.objects.filter(project_id=key.project_id, seal_no=seal_no, is_sealed=True)
    if seal_no and rows.exclude(pk=key.pk).exists():
        raise Refused("seal_no", _("This seal is on another key."), "KEY-11")


def _may_keep(keeper: Employee, category: str, project: Project, by: Actor) -> None:
    """Keys of equipment rooms are kept by engineering (KEY-18)."""
    if category == Category.EQUIPMENT and not posts.ENGINEERING & set(posts_held(keeper, project, by.at)):
        raise Refused("keeper", NO_ENGINEER, "KEY-18")
