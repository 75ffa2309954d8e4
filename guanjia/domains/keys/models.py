"""Cabinets, keys, written authorisations of owners, and what was issued to them for good."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.parts.custody.models import IN_STORE, LENT, LOST, Kept

# No letter or digit that is read for another one.
MOST_ROWS, MOST_SLOTS = 30, 12
TAG_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_tag() -> str:
    """What stands in the code of a tag: says nothing about the door."""
    return get_random_string(10, TAG_LETTERS)


class Category(models.TextChoices):
    OWNER = "owner_key", _("Owner's key")
    PUBLIC = "public_key", _("Public-area key")
    EQUIPMENT = "equipment_key", _("Equipment-room key")
    OFFICE = "office_key", _("Office key")


class Kind(models.TextChoices):
    SECURITY_DOOR = "security_door", _("Security door")
    UNIT_DOOR = "unit_door", _("Unit door")
    INTERIOR_DOOR = "interior_door", _("Interior door")
    INTERCOM_DOOR = "intercom_door", _("Intercom door")
    MAILBOX = "mailbox", _("Mailbox")


class State(models.TextChoices):
    IN_STORE = IN_STORE, _("In store")
    LENT = LENT, pgettext_lazy("keys", "Lent")
    ISSUED = "issued", pgettext_lazy("keys", "Issued to the owner")
    LOST = LOST, pgettext_lazy("keys", "Lost")
    RETIRED = "retired", _("Out of use")


@register("key_cabinet")
class Cabinet(Scoped):
    """A cabinet with its rows and slots; one with two locks is opened by two persons."""

    name = models.CharField(_("Cabinet"), max_length=20)
    place = models.CharField(pgettext_lazy("custody", "Where it stands"), max_length=60)
    rows = models.PositiveSmallIntegerField(pgettext_lazy("keys", "Rows"))
    slots = models.PositiveSmallIntegerField(_("Slots in a row"))
    is_dual = models.BooleanField(_("Two locks"), default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "name"], name="keys_cabinet_name"),
            models.CheckConstraint(
                condition=Q(rows__gt=0, rows__lte=MOST_ROWS, slots__gt=0, slots__lte=MOST_SLOTS),
                name="keys_cabinet_size",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@register("key")
class Key(Kept):
    """One numbered key (or bunch of equal pieces), from taking over to the end; never without a keeper."""

    number = models.CharField(_("Number"), max_length=20)
    category = models.CharField(_("Category"), max_length=15, choices=Category)
    kind = models.CharField(pgettext_lazy("custody", "Kind"), max_length=15, choices=Kind, blank=True)
    name = models.CharField(_("Door, room or equipment"), max_length=60, blank=True)
    house = ScopedForeignKey("places.House", null=True, related_name="+", verbose_name=_("House"))
    spot = ScopedForeignKey("places.Spot", null=True, related_name="+", verbose_name=_("Common part"))
    floor = models.CharField(_("Floor"), max_length=10, blank=True)
    cabinet = ScopedForeignKey(Cabinet, null=True, related_name="keys", verbose_name=_("Cabinet"))
    row = models.PositiveSmallIntegerField(pgettext_lazy("keys", "Row"), null=True)
    slot = models.PositiveSmallIntegerField(_("Slot"), null=True)
    tag = models.CharField(_("Code of the tag"), max_length=10, default=new_tag)
    seal_no = models.CharField(_("Seal number"), max_length=30, blank=True)
    is_sealed = models.BooleanField(_("Sealed"), default=False)
    is_important = models.BooleanField(_("Important"), default=False)
    received_on = models.DateField(_("Taken over on"))
    handed_by = models.CharField(pgettext_lazy("keys", "Handed in by"), max_length=60)
    copied_from = ScopedForeignKey("self", null=True, related_name="copies", verbose_name=_("Copy of"))
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.IN_STORE)

    FLOW: ClassVar[dict[str, Any]] = {
        "lend": ({State.IN_STORE}, State.LENT),
        "lend_in_two": ({State.IN_STORE}, State.LENT),
        "place": ({State.IN_STORE}, None),
        "seal": ({State.IN_STORE}, None),
        "entrust": ({State.IN_STORE}, None),
        "report_missing": ({State.IN_STORE}, State.LOST),
        "find_again": ({State.LOST}, State.IN_STORE),
        "take_in_again": ({State.ISSUED}, State.IN_STORE),
        "retire": ({State.IN_STORE, State.LOST}, State.RETIRED),
    }
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"handed_by"})
    SEARCHED = ("number", "name", "floor")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="keys_key_number"),
            models.UniqueConstraint(fields=["project", "tag"], name="keys_key_tag"),
            # A slot holds one key, also while that key is out.
            models.UniqueConstraint(fields=["project", "cabinet", "row", "slot"], name="keys_key_slot"),
            models.UniqueConstraint(fields=["project", "seal_no"], condition=Q(is_sealed=True), name="keys_key_seal"),
            models.CheckConstraint(
                condition=Q(cabinet__isnull=True, row__isnull=True, slot__isnull=True)
                | Q(cabinet__isnull=False, row__gt=0, slot__gt=0),
                name="keys_key_placed",
            ),
            models.CheckConstraint(
                condition=Q(category="owner_key", house__isnull=False) & ~Q(kind="")
                | ~Q(category="owner_key") & Q(house__isnull=True, kind="") & ~Q(name=""),
                name="keys_key_of_what",
            ),
            models.CheckConstraint(condition=Q(is_sealed=False) | ~Q(seal_no=""), name="keys_key_sealed"),
            models.CheckConstraint(condition=~Q(state="lent") | Q(is_sealed=False), name="keys_key_seal_broken"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "category", "state", "-id"], name="keys_key_category"),
            models.Index(fields=["project", "house"], name="keys_key_house"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        """What it opens, without a person's name."""
        if self.house is None:
            return self.name
        return " ".join(part for part in (self.house.code, str(self.get_kind_display()), self.name) if part)

    @property
    def bunch(self) -> str:
        """What hangs together on one ring (KEY-07): a suite, a floor, an equipment."""
        if self.house is not None:
            return self.house.code
        building = self.spot.building.name if self.spot and self.spot.building else ""
        if self.category == Category.PUBLIC and (building or self.floor):
            return " ".join(part for part in (building, self.floor) if part)
        return self.name

    @property
    def where(self) -> str:
        """Cabinet, row and slot; else where its keeper has it."""
        return f"{self.cabinet.name} {self.row}-{self.slot}" if self.cabinet else self.position

    def search_text(self) -> str:
        place = f"{self.house.code} {self.house.code.replace('-', '')}" if self.house else ""
        return f"{self.number} {self.name} {place} {self.floor} {self.spot or ''}"


class PaperState(models.TextChoices):
    FILED = "filed", _("On file")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@register("key_authorisation")
class Authorisation(Scoped):
    """F-KEY-AUTH: an owner allows the centre, or one of its people, to use the keys of their house until a day."""

    house = ScopedForeignKey("places.House", related_name="+", verbose_name=_("House"))
    resident = ScopedForeignKey("people.Resident", related_name="+", verbose_name=pgettext_lazy("keys", "Owner"))
    # Nobody named: the centre's people, as their work asks.
    employee = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Authorised person")
    )
    purpose = models.CharField(_("Purpose"), max_length=200)
    signed_on = models.DateField(_("Signed on"))
    valid_until = models.DateField(_("Valid until"))
    filed_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Filed by"))
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=PaperState, default=PaperState.FILED)
    moved_at = models.DateTimeField()

    State = PaperState
    FLOW: ClassVar[dict[str, Any]] = {"withdraw": ({PaperState.FILED}, PaperState.WITHDRAWN)}
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"purpose"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=Q(valid_until__gte=models.F("signed_on")), name="keys_authorisation_days"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "house", "valid_until"], name="keys_authorisation_house")
        ]

    def __str__(self) -> str:
        who = self.employee.name if self.employee else _("the service centre")
        return f"{self.house.code} → {who} ({self.valid_until:%Y-%m-%d})"

    def person(self) -> tuple[str, int]:
        """Sealed under the owner's key."""
        return "resident", self.resident_id


@register("key_issue")
class Issue(Scoped):
    """F-KEY-ISSUE: an owner took the keys of their house, identity verified, each kind counted, signed for."""

    house = ScopedForeignKey("places.House", related_name="+", verbose_name=_("House"))
    resident = ScopedForeignKey("people.Resident", related_name="+", verbose_name=pgettext_lazy("keys", "Owner"))
    issued_at = models.DateTimeField(pgettext_lazy("keys", "Issued at"))
    issued_by = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("keys", "Issued by")
    )
    proof = models.CharField(_("Identity verified by"), max_length=10)
    numbers = models.CharField(pgettext_lazy("custody", "Keys"), max_length=500)
    security_door = models.PositiveSmallIntegerField(_("Security door"), default=0)
    unit_door = models.PositiveSmallIntegerField(_("Unit door"), default=0)
    interior_door = models.PositiveSmallIntegerField(_("Interior door"), default=0)
    intercom_door = models.PositiveSmallIntegerField(_("Intercom door"), default=0)
    mailbox = models.PositiveSmallIntegerField(_("Mailbox"), default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(security_door__gt=0)
                | Q(unit_door__gt=0)
                | Q(interior_door__gt=0)
                | Q(intercom_door__gt=0)
                | Q(mailbox__gt=0),
                name="keys_issue_some",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="keys_issue_newest")]

    def __str__(self) -> str:
        return f"{self.house.code} {self.numbers}"

    def person(self) -> tuple[str, int]:
        """Sealed under the owner's key."""
        return "resident", self.resident_id


@register("key_tag_rule")
class TagRule(Scoped):
    """What a project prints on its tags (KEY-08): the number and a code only, or the address beside."""

    shows_address = models.BooleanField(_("The address stands on the tag"), default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["project"], name="keys_tagrule_one")]

    def __str__(self) -> str:
        return str(_("What stands on the tags of keys"))
