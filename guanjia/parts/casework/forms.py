"""What every intake asks, whatever the kind."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import events
from guanjia.kernel.forms import FilesField, OperationForm
from guanjia.people.models import Employee, Occupancy, Resident
from guanjia.places.models import House, Spot

from . import categories, queries
from .models import Case

PLACES = [(categories.HOME, _("In the home")), (categories.COMMON, _("Common part"))]


def phone(value: str) -> str:
    """A Chinese mobile or landline number, digits and one dash. Raises ValidationError with a sentence."""
    digits = re.sub(r"[\s()-]", "", value)
    if not re.fullmatch(r"(\+?86)?1[3-9]\d{9}|0\d{9,11}|\d{7,8}|400\d{7}", digits):
        raise forms.ValidationError(_("This is not a phone number. A mobile has 11 digits, for example 139 0000 0000."))
    return re.sub(r"^\+?86(?=1)", "", digits)


class IntakeForm(OperationForm):
    """Who reports what, where, how urgent; `apart` says that a similar open case is another matter."""

    personal: ClassVar[frozenset[str]] = frozenset({"content", "caller_name", "caller_phone"})

    place = forms.ChoiceField(label=_("Place"), choices=PLACES, initial=categories.HOME)
    house = forms.ModelChoiceField(House.objects.all(), label=_("House"), required=False)
    spot = forms.ModelChoiceField(Spot.objects.all(), label=_("Common part"), required=False)
    location = forms.CharField(label=_("Exact spot"), max_length=60, required=False)
    content = forms.CharField(label=_("Content"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    resident = forms.ModelChoiceField(Resident.objects.all(), label=_("Resident"), required=False)
    caller_name = forms.CharField(label=_("Caller"), max_length=30, required=False)
    caller_phone = forms.CharField(label=_("Contact number"), max_length=20, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Case.Channel.choices, initial=Case.Channel.PHONE)
    outside_number = forms.CharField(label=_("Number outside"), max_length=40, required=False)
    outside_due_at = forms.DateTimeField(
        label=_("Reply outside by"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    photos = FilesField(label=_("Photos"), required=False, most=9)
    apart = forms.BooleanField(label=_("It is another matter"), required=False)

    def narrow(self) -> None:
        """Residents report for a home of theirs, and for the common parts; what the house decides is not asked."""
        super().narrow()
        resident: Any = self.fields["resident"]
        resident.queryset = events.with_keys(resident.queryset)
        if self.by.is_resident:
            house: Any = self.fields["house"]
            house.queryset = house.queryset.filter(pk__in=self._homes().values("house"))
            self.fields["channel"].required = False

    def _homes(self) -> Any:
        rows = Occupancy.objects.filter(project_id=self.subject.project_id, ended_on__isnull=True)
        return rows.filter(resident_id=self.by.homes.get(self.subject.project_id, 0))

    def _of_resident(self, cleaned: dict[str, Any]) -> None:
        """Who reports is who is signed in; channel, numbers of other bodies and who is sent are not theirs to say."""
        mine = Resident.objects.filter(project_id=self.subject.project_id)
        cleaned["resident"] = mine.filter(pk=self.by.homes.get(self.subject.project_id, 0)).first()
        cleaned["channel"], cleaned["caller_name"] = Case.Channel.PORTAL, ""
        cleaned["outside_number"], cleaned["outside_due_at"] = "", None

    def clean_caller_phone(self) -> str:
        value = self.cleaned_data["caller_phone"]
        return phone(value) if value else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.by.is_resident:
            self._of_resident(cleaned)
        if cleaned.get("place") == categories.HOME and "house" not in self.errors and not cleaned.get("house"):
            self.add_error("house", _("Say which house it is."))
        if cleaned.get("place") == categories.COMMON and "spot" not in self.errors and not cleaned.get("spot"):
            self.add_error("spot", _("Say which common part it is."))
        is_unreachable = not cleaned.get("resident") and not cleaned.get("caller_phone")
        # Nobody waits for a ring about what we found ourselves; what is passed on from outside without a number is
        # answered to the body that passed it on.
        is_ours = cleaned.get("channel") == Case.Channel.PATROL
        if is_unreachable and self.by.is_staff and not is_ours and not cleaned.get("outside_number"):
            self.add_error("caller_phone", _("Take a number to ring back: the caller is not on file."))
        self._refuse_known_outside(cleaned)
        return cleaned

    def _refuse_known_outside(self, cleaned: dict[str, Any]) -> None:
        """The same number of the same body is one case; a deadline needs its number."""
        number = cleaned.get("outside_number")
        if cleaned.get("outside_due_at") and not number and "outside_number" not in self.errors:
            self.add_error("outside_number", _("A deadline from outside comes with a number from outside."))
        if number and queries.of_outside(self.subject, cleaned.get("channel", ""), number).exists():
            self.add_error("outside_number", _("This number from outside is on record already."))

    def refuse_duplicate(self, kind: str, category: str = "") -> None:
        """An open case of the same place and category: join it, or say that it is another matter."""
        if self.errors or self.cleaned_data.get("apart"):
            return
        cleaned = self.cleaned_data
        house, spot = cleaned.get("house"), cleaned.get("spot")
        same = queries.similar(self.subject, kind, category, house=house, spot=spot, at=self.by.at)
        # What a neighbour reported is not told to a resident; two reports of one fault are joined at the desk.
        if same is not None and (self.by.is_staff or same.resident_id in self.by.homes.values()):
            self.add_error(
                "apart",
                _("“%(title)s” (%(number)s) is open here. Is it the same matter? Join it, or tick “another matter”.")
                % {"title": same.title, "number": same.number},
            )


class ReasonForm(OperationForm):
    """A reason in words."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class EmployeeForm(OperationForm):
    """Somebody of the project."""

    employee = forms.ModelChoiceField(Employee.objects.all(), label=_("Person"))

    def narrow(self) -> None:
        super().narrow()
        from guanjia.people.models import Posting

        here = Posting.objects.filter(project_id=self.subject.project_id, to_on__isnull=True).values("employee")
        field: Any = self.fields["employee"]
        field.queryset = Employee.objects.filter(pk__in=here, state=Employee.State.ACTIVE)
