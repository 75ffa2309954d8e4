"""What the acts ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.forms import FilesField, OperationForm
from guanjia.people import queries as people
from guanjia.people.models import Employee

from .models import Draw, Lot, Store, StoreKind, Substance, Unit
from .models.stores import GOODS

LEAST, MOST = Decimal("0.001"), Decimal("99999.999")


class QuantityField(forms.DecimalField):
    """Exact, at most three decimals, in the substance's own unit."""

    def __init__(self, *, least: Decimal = LEAST, **kwargs: Any) -> None:
        bounds = {"max_digits": 8, "decimal_places": 3, "min_value": least, "max_value": MOST}
        super().__init__(**{"label": _("Quantity"), **bounds, **kwargs})


class WithStaff(OperationForm):
    """Names colleagues of the project in the fields of `staffed`."""

    staffed: tuple[str, ...] = ()

    def narrow(self) -> None:
        super().narrow()
        project = getattr(self.subject, "project", self.subject)
        for name in self.staffed:
            self.fields[name].queryset = people.staff_of(project, self.by.at)  # type: ignore[attr-defined]


class SubstanceFields(OperationForm):
    name = forms.CharField(label=_("Product"), max_length=60)
    most_per_use = QuantityField(
        label=_("Most for one use"), required=False, help_text=_("Nobody plans more for one task.")
    )
    warn_days = forms.IntegerField(
        label=_("Warn so many days before it expires"), min_value=0, max_value=365, initial=30, required=False
    )
    precautions = forms.CharField(label=_("How to handle it"), max_length=300, required=False)

    def clean_warn_days(self) -> int:
        said = self.cleaned_data["warn_days"]
        return 30 if said is None else int(said)


class DefineForm(SubstanceFields):
    goods = forms.ChoiceField(label=_("Controlled kind"), choices=GOODS)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit)
    bulk = QuantityField(
        label=_("Litres or kilograms in one unit"), required=False, help_text=_("For bottles, bags and boxes.")
    )
    field_order = ("goods", "name", "unit", "bulk", "most_per_use", "warn_days", "precautions")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("unit") in (Unit.BOTTLE, Unit.BAG, Unit.BOX) and not said.get("bulk"):
            self.add_error("bulk", _("Say how much one of them holds."))
        return said


class StoreForm(WithStaff):
    staffed = ("keyholder",)

    name = forms.CharField(label=_("Store"), max_length=40)
    position = forms.CharField(label=pgettext_lazy("custody", "Where it stands"), max_length=100)
    capacity = QuantityField(label=_("Holds at most (litres or kilograms)"), required=False)
    keyholder = forms.ModelChoiceField(Employee.objects.all(), label=_("Keeps the key"), required=False)


class AddStoreForm(StoreForm):
    kind = forms.ChoiceField(label=_("Kind of store"), choices=StoreKind)
    is_locked = forms.BooleanField(label=_("It stands apart from other goods, under its own lock"))
    field_order = ("kind", "name", "position", "capacity", "keyholder", "is_locked")


class ReceiveForm(OperationForm):
    substance = forms.ModelChoiceField(Substance.objects.all(), label=_("Substance"))
    store = forms.ModelChoiceField(Store.objects.all(), label=_("Store"))
    batch = forms.CharField(label=_("Batch"), max_length=40, help_text=_("As on the label."))
    expires_on = forms.DateField(label=_("Expires on"), required=False)
    quantity = QuantityField()
    note = forms.CharField(label=_("Supplier or slip"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        expires = said.get("expires_on")
        if expires and expires < timezone.localdate(self.by.at):
            self.add_error("expires_on", _("It has expired: do not take it in, send it back."))
        return said


class OfALot(OperationForm):
    """Names a lot that has something in it, what expires first in front."""

    lot = forms.ModelChoiceField(Lot.objects.select_related("substance", "store"), label=_("Batch"))

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["lot"]
        field.queryset = field.queryset.filter(balance__gt=0).order_by("substance", "expires_on", "id")
        field.label_from_instance = _lot_words


class TransferForm(OfALot):
    store = forms.ModelChoiceField(Store.objects.all(), label=_("Into"))
    quantity = QuantityField()


class CountForm(OperationForm):
    counted = QuantityField(label=_("Quantity counted"), least=Decimal(0))
    reason = forms.CharField(label=_("Why it differs"), max_length=200, required=False)


class WriteOffForm(OperationForm):
    quantity = QuantityField()
    reason = forms.CharField(label=_("Reason and how it was disposed of"), max_length=200)


class HandOutForm(OfALot):
    """One line of the register, as far as it is known when the goods leave the store."""

    planned = QuantityField(label=_("Planned use of this task"))
    quantity = QuantityField(label=_("Handed out now"))
    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    place = forms.CharField(label=_("Place of use"), max_length=100)


def _lot_words(lot: Lot) -> str:
    said = lot.substance.name, lot.batch, lot.store.name, lot.get_balance_display(), lot.get_expires_on_display()
    return "　".join(filter(None, said))


class UseForm(OperationForm):
    used = QuantityField(label=_("Quantity used"), least=Decimal(0))


class CorrectForm(UseForm):
    reason = forms.CharField(label=_("Why it is corrected"), max_length=200)


class ReturnForm(OperationForm):
    returned = QuantityField(label=_("Quantity returned"))


class PermitForm(WithStaff):
    staffed = ("to",)

    substance = forms.ModelChoiceField(Substance.objects.all(), label=_("Substance"))
    to = forms.ModelChoiceField(Employee.objects.all(), label=_("Permitted to"))
    most = QuantityField(label=_("At most"))
    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    valid_until = forms.DateField(label=_("Valid until"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        until, today = said.get("valid_until"), timezone.localdate(self.by.at)
        if until and not 0 <= (until - today).days <= 30:
            self.add_error("valid_until", _("A permit holds from today for at most thirty days."))
        if said.get("to") and said["to"].pk == self.by.id:
            self.add_error("to", _("Nobody permits themself."))
        return said


class ReportForm(OperationForm):
    draw = forms.ModelChoiceField(Draw.objects.all(), label=_("Draw"), required=False)
    substance = forms.ModelChoiceField(Substance.objects.all(), label=_("Substance"))
    words = forms.CharField(label=_("What happened"), max_length=500, widget=forms.Textarea)
    place = forms.CharField(label=_("Where"), max_length=100)
    noticed_at = forms.DateTimeField(label=_("Noticed at"), required=False, help_text=_("Empty: just now."))
    is_anyone_hurt = forms.BooleanField(label=_("Somebody is hurt or unwell"), required=False)
    photos = FilesField(label=_("Photos"), required=False, most=6)

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["draw"]
        field.queryset = field.queryset.order_by("-id")

    def clean_noticed_at(self) -> Any:
        at = self.cleaned_data["noticed_at"]
        if at and at > self.by.at:
            raise forms.ValidationError(_("The time it happened lies in the future. Choose a time up to now."))
        return at or self.by.at


class CloseForm(OperationForm):
    measures = forms.CharField(label=_("Cause and measures"), max_length=500, widget=forms.Textarea)
