"""What the acts ask for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import FilesField, OperationForm, asked
from guanjia.kernel.when import HAPPENED, NOW, When
from guanjia.people.forms import ColleagueForm

from .models import Anomaly, Draw, Lot, Permit, Store, Substance, Unit

LEAST, MOST = Decimal("0.001"), Decimal("99999.999")


class QuantityField(forms.DecimalField):
    """Exact, at most three decimals, in the substance's own unit."""

    def __init__(self, *, least: Decimal = LEAST, **kwargs: Any) -> None:
        bounds = {"max_digits": 8, "decimal_places": 3, "min_value": least, "max_value": MOST}
        super().__init__(**{"label": _("Quantity"), **bounds, **kwargs})


class SubstanceFields(OperationForm):
    of = Substance
    as_it_stands = True
    asks: tuple[str, ...] = ("name", "most_per_use", "warn_days", "precautions")

    most_per_use = asked(kind=QuantityField, help_text=_("Nobody plans more for one task."))
    warn_days = asked(required=False, max_value=365)

    def clean_warn_days(self) -> int:
        said = self.cleaned_data["warn_days"]
        return 30 if said is None else int(said)


class DefineForm(SubstanceFields):
    asks = ("goods", "name", "unit", "bulk", "most_per_use", "warn_days", "precautions")
    bulk = asked(kind=QuantityField, required=False, initial=None, help_text=_("For bottles, bags and boxes."))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("unit") in (Unit.BOTTLE, Unit.BAG, Unit.BOX) and not said.get("bulk"):
            self.add_error("bulk", _("Say how much one of them holds."))
        return said


class StoreForm(ColleagueForm):
    of = Store
    as_it_stands = True
    asks: tuple[str, ...] = ("name", "position", "capacity", "keyholder")
    colleagues = ("keyholder",)

    capacity = asked(kind=QuantityField)


class AddStoreForm(StoreForm):
    asks = ("kind", "name", "position", "capacity", "keyholder", "is_locked")
    is_locked = forms.BooleanField(label=_("It stands apart from other goods, under its own lock"))


class ReceiveForm(OperationForm):
    of = Lot
    asks = ("substance", "store", "batch", "expires_on", "quantity", "note")

    batch = asked(help_text=_("As on the label."))
    expires_on = asked(validators=[When(least=NOW, said=_("It has expired: do not take it in, send it back."))])
    quantity = QuantityField()
    note = forms.CharField(label=_("Supplier or slip"), max_length=200, required=False)


class OfALot(OperationForm):
    """Names a lot that has something in it, what expires first in front."""

    lot = asked(Draw.lot, queryset=Lot.objects.select_related("substance", "store"))

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
    purpose = asked(Draw.purpose)
    place = asked(Draw.place)


def _lot_words(lot: Lot) -> str:
    said = lot.substance.name, lot.batch, lot.store.name, lot.get_balance_display(), lot.get_expires_on_display()
    return "　".join(filter(None, said))


class UseForm(OperationForm):
    used = asked(Draw.used, kind=QuantityField, least=Decimal(0))


class CorrectForm(UseForm):
    reason = forms.CharField(label=_("Why it is corrected"), max_length=200)


class ReturnForm(OperationForm):
    returned = asked(Draw.returned, kind=QuantityField)


class PermitForm(ColleagueForm):
    of = Permit
    asks = ("substance", "to", "most", "purpose", "valid_until")
    colleagues = ("to",)

    most = asked(kind=QuantityField)
    valid_until = asked(
        validators=[When(NOW, timedelta(days=30), _("A permit holds from today for at most thirty days."))]
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("to") and said["to"].pk == self.by.id:
            self.add_error("to", _("Nobody permits themself."))
        return said


class ReportForm(OperationForm):
    of = Anomaly
    asks = ("draw", "substance", "words", "place", "noticed_at", "is_anyone_hurt", "photos")

    words = asked(widget=forms.Textarea)
    noticed_at = asked(required=False, help_text=_("Empty: just now."), validators=[HAPPENED])
    photos = FilesField(label=_("Photos"), required=False, most=6)

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["draw"]
        field.queryset = field.queryset.order_by("-id")

    def clean_noticed_at(self) -> Any:
        return self.cleaned_data["noticed_at"] or self.by.at


class CloseForm(OperationForm):
    measures = asked(Anomaly.measures, required=True, widget=forms.Textarea)
