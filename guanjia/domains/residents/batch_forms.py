"""The rows of the batches by which places, people and homes come in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import OperationForm
from guanjia.people.fields import PhoneField
from guanjia.people.models import Resident
from guanjia.places.models import Building, Unit

from .forms import CODE, DayField, HouseForm, LivingMixin, PersonForm


class BuildingRow(OperationForm):
    code = forms.CharField(label=_("Building number"), validators=[CODE], max_length=10)
    name = forms.CharField(label=_("Name"), max_length=30)
    zone_name = forms.CharField(label=_("Area"), max_length=30, required=False)
    floors = forms.IntegerField(label=_("Floors"), min_value=1, max_value=150)


class UnitRow(OperationForm):
    building = forms.ModelChoiceField(Building.objects.all(), label=_("Building"))
    code = forms.CharField(label=_("Unit"), validators=[CODE], max_length=10)


class HouseRow(HouseForm):
    """As one house is added; since when it is lived in may stand beside it."""

    moved_in_on = DayField(label=_("Moved in on"), required=False)

    def narrow(self) -> None:
        super().narrow()
        unit: forms.ModelChoiceField = self.fields["unit"]  # type: ignore[assignment]  # another kind of field than the base's
        unit.queryset = unit.queryset.select_related("building") if unit.queryset is not None else Unit.objects.none()


class ResidentRow(PersonForm):
    """A person as they are registered, before the first home."""

    phone = PhoneField(required=False)


class HomeRow(LivingMixin, OperationForm):
    resident = forms.ModelChoiceField(
        Resident.objects.filter(merged_into__isnull=True, erased_at__isnull=True), label=_("Resident")
    )
