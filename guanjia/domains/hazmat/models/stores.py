"""What is controlled, and the locked places where it lies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia import book
from guanjia.kernel.fields import own
from guanjia.kernel.languages import said
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

_said = lazy(said, str)
# HAZ-01: the kinds that are controlled, and no other.
GOODS = [(key, _said(zh, en)) for key, zh, en in book.enum("hazardous_goods")]
ZERO = Decimal(0)


def shown(quantity: Decimal | None) -> str:
    """A quantity without idle zeros."""
    if quantity is None:
        return ""
    return f"{quantity.normalize():f}" if quantity else "0"


class Quantity(models.DecimalField):
    """An exact quantity in the substance's own unit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 12, "decimal_places": 3, **kwargs})


class Unit(models.TextChoices):
    LITRE = "l", _("litres")
    MILLILITRE = "ml", _("millilitres")
    KILOGRAM = "kg", _("kilograms")
    GRAM = "g", _("grams")
    BOTTLE = "bottle", _("bottles")
    BAG = "bag", _("bags")
    BOX = "box", _("boxes")


# What one unit takes up of a store, in litres or kilograms; whole pieces say it on the substance.
BULK = {
    Unit.LITRE: Decimal(1),
    Unit.MILLILITRE: Decimal("0.001"),
    Unit.KILOGRAM: Decimal(1),
    Unit.GRAM: Decimal("0.001"),
}


@register("hazmat_substance")
class Substance(Scoped):
    """One product of a controlled kind, as this project keeps it."""

    goods = models.CharField(_("Controlled kind"), max_length=30, choices=GOODS)
    name = models.CharField(_("Product"), max_length=60)
    unit = models.CharField(_("Unit"), max_length=10, choices=Unit)
    bulk = Quantity(_("Litres or kilograms in one unit"), default=Decimal(1))
    # The most that one task can use: nobody plans more (HAZ-06). Empty: the plan of the task alone counts.
    most_per_use = Quantity(_("Most for one use"), null=True, blank=True)
    warn_days = models.PositiveSmallIntegerField(_("Warn so many days before it expires"), default=30)
    precautions = models.CharField(_("How to handle it"), max_length=300, blank=True)

    SEARCHED = ("name",)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "goods", "name", "unit"], name="hazmat_substance_once"),
            models.CheckConstraint(condition=Q(goods__in=[key for key, _zh in GOODS]), name="hazmat_substance_scope"),
            models.CheckConstraint(condition=Q(bulk__gt=0), name="hazmat_substance_bulk"),
        ]

    def __str__(self) -> str:
        return self.name

    def search_text(self) -> str:
        return f"{self.name} {self.get_goods_display()}"

    def said(self, quantity: Decimal | None) -> str:
        """A quantity of it, with its unit."""
        return "" if quantity is None else f"{shown(quantity)} {self.get_unit_display()}"


class StoreKind(models.TextChoices):
    WAREHOUSE = "warehouse", _("Warehouse")
    CABINET = "cabinet", _("Locked cabinet")


@register("hazmat_store")
class Store(Scoped):
    """The warehouse, or a cabinet of its own under lock (HAZ-04), and who keeps its key."""

    kind = models.CharField(_("Kind of store"), max_length=10, choices=StoreKind)
    name = models.CharField(_("Store"), max_length=40)
    position = models.CharField(pgettext_lazy("custody", "Where it stands"), max_length=100)
    capacity = Quantity(_("Holds at most (litres or kilograms)"), null=True, blank=True)
    keyholder = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Keeps the key")
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "name"], name="hazmat_store_name"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="hazmat_store_room"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_capacity_display(self) -> str:
        return shown(self.capacity)
