"""What the verbs of residents and houses take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import OperationForm
from guanjia.kernel.when import AHEAD, HAPPENED
from guanjia.people.fields import PersonNameField, PhoneField, document_of
from guanjia.people.models import CareTag, Consent, Occupancy, Resident
from guanjia.places.models import Building, House, Spot, Unit

DOCUMENTS = [
    ("", _("Not on record")),
    ("idcard", _("Identity card")),
    ("passport", _("Passport")),
    ("other", _("Other")),
]
CODE = RegexValidator(r"^[0-9A-Za-z]{1,10}$", _("Digits and letters only, at most 10."))
OUT_OF_RANGE = _("This day is out of range.")
IN_RANGE: list[Callable[[Any], None]] = [
    MinValueValidator(dt.date(1950, 1, 1), OUT_OF_RANGE), MaxValueValidator(dt.date(2200, 1, 1), OUT_OF_RANGE),
]  # fmt: skip


class DayField(forms.DateField):
    """A day in a sensible range."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = IN_RANGE


class DocumentMixin(forms.Form):
    """An identity document: kind and number checked together; the number never enters the journal."""

    id_type = forms.ChoiceField(label=_("Document"), choices=DOCUMENTS, required=False)
    id_number = forms.CharField(
        label=_("Document number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": ""}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            cleaned["id_number"] = document_of(cleaned.get("id_type", ""), cleaned.get("id_number", ""))
        except forms.ValidationError as error:
            self.add_error("id_number", error)
        if cleaned.get("id_number") and not cleaned.get("id_type"):
            cleaned["id_type"] = "idcard"
        return cleaned


class PersonForm(DocumentMixin, OperationForm):
    """The facts of a person that are corrected together."""

    personal: ClassVar[frozenset[str]] = frozenset({"name", "gender", "birth_year", "phone"})
    secret: ClassVar[frozenset[str]] = frozenset({"id_number"})
    name = PersonNameField()
    gender = forms.ChoiceField(label=_("Form of address"), choices=Resident.Gender.choices, required=False)
    birth_year = forms.IntegerField(label=_("Year of birth"), min_value=1900, max_value=2100, required=False)
    is_vip = forms.BooleanField(label=_("Particular attention"), required=False)

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("This year lies in the future."))
        return year


class LivingMixin(forms.Form):
    """A house, a role there, and since when."""

    house = forms.ModelChoiceField(House.objects.filter(is_closed=False), label=_("House"))
    role = forms.ChoiceField(label=_("Role"), choices=Occupancy.Role.choices)
    relation = forms.CharField(label=_("Relation to the head"), max_length=20, required=False)
    is_head = forms.BooleanField(label=_("Head of the household"), required=False)
    from_on = DayField(label=_("Since"), required=False)
    until_on = DayField(label=_("Lease until"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("from_on") or timezone.localdate(), cleaned.get("until_on")
        if end and end < start:
            self.add_error("until_on", _("It ends before it begins."))
        return cleaned


class RegisterForm(LivingMixin, PersonForm):
    phone = PhoneField(required=False)

    asks = (
        "name", "phone", "gender", "house", "role", "relation", "is_head", "from_on", "until_on", "id_type",
        "id_number", "birth_year", "is_vip",
    )  # fmt: skip


class CorrectForm(PersonForm):
    """An empty document number leaves the one on record."""

    as_it_stands = True


class PhoneForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"phone"})
    phone = PhoneField()


class OccupancyForm(LivingMixin, OperationForm):
    """Another house for a person who is on record."""


class EndForm(OperationForm):
    ended_on = DayField(label=_("Moved out on"), validators=[HAPPENED])
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)


class MergeForm(OperationForm):
    into = forms.ModelChoiceField(
        Resident.objects.filter(merged_into__isnull=True, erased_at__isnull=True), label=_("The record that stays")
    )
    reason = forms.CharField(label=_("Why they are one person"), max_length=100)


class ConsentForm(OperationForm):
    purpose = forms.ChoiceField(label=_("Agreed to"), choices=Consent.Purpose.choices)
    mode = forms.ChoiceField(
        label=_("How"),
        choices=[("signed", _("Signed on paper")), ("spoken", _("Said on the phone")), ("portal", _("In the app"))],
    )
    ends_on = DayField(label=_("Until"), required=False, validators=[AHEAD])


class CareForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"note"})
    kind = forms.ChoiceField(label=_("Care for"), choices=CareTag.Kind.choices)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2, "data-private": ""})
    )


class ContactForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"name", "phone"})
    name = PersonNameField()
    relation = forms.CharField(label=_("Relation"), max_length=20, required=False)
    phone = PhoneField()


class BuildingForm(OperationForm):
    code = forms.CharField(label=_("Building number"), validators=[CODE], max_length=10)
    name = forms.CharField(label=_("Name"), max_length=30, required=False)
    zone_name = forms.CharField(label=_("Area"), max_length=30, required=False)
    units = forms.IntegerField(label=_("Units"), min_value=0, max_value=12)
    floors = forms.IntegerField(label=_("Floors"), min_value=1, max_value=120)
    rooms = forms.IntegerField(label=_("Houses per floor and unit"), min_value=0, max_value=30)


class HouseForm(OperationForm):
    building = forms.ModelChoiceField(Building.objects.all(), label=_("Building"))
    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit"), required=False)
    floor = forms.IntegerField(label=_("Floor"), min_value=-9, max_value=150)
    room = forms.CharField(label=_("Room"), validators=[CODE], max_length=10)
    area = forms.DecimalField(
        label=_("Area (m²)"), min_value=0, max_value=99999, max_digits=9, decimal_places=4, required=False
    )
    layout = forms.CharField(label=_("Layout"), max_length=20, required=False)
    use = forms.ChoiceField(label=_("Use"), choices=House.Use.choices, initial=House.Use.LIVED_IN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unit, building = cleaned.get("unit"), cleaned.get("building")
        if unit and building and unit.building_id != building.pk:
            self.add_error("unit", _("This unit belongs to another building."))
        return cleaned


class UseForm(OperationForm):
    as_it_stands = True

    use = forms.ChoiceField(label=_("Use"), choices=House.Use.choices)


class CloseForm(OperationForm):
    reason = forms.CharField(label=_("Reason"), max_length=100)


class SpotForm(OperationForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Spot.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=40)
    building = forms.ModelChoiceField(Building.objects.all(), label=_("Building"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unit, building = cleaned.get("unit"), cleaned.get("building")
        if unit and building and unit.building_id != building.pk:
            self.add_error("unit", _("This unit belongs to another building."))
        return cleaned
