"""The inputs of the repairs' verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import FenField, FilesField, OperationForm, SignatureField
from guanjia.kernel.when import NOW, When
from guanjia.parts.casework import categories
from guanjia.parts.casework.forms import IntakeForm
from guanjia.parts.casework.models import Case
from guanjia.parts.casework.satisfaction import Satisfaction
from guanjia.people import posts
from guanjia.people.models import Employee, Posting

from .models import Finding, Liability, Material, PauseReason

MODES = [("phone", _("Call")), ("home", _("At the home")), ("online", _("Online"))]


def technicians(project_id: int) -> Any:
    """Who may be sent: people who hold an engineering post here."""
    held = Posting.objects.filter(project_id=project_id, to_on__isnull=True, post__in=posts.ENGINEERING)
    return Employee.objects.filter(pk__in=held.values("employee"), state=Employee.State.ACTIVE)


FROM_NOW = When(least=timedelta(minutes=-1), said=_("The visit lies in the past. Choose a time from now on."))
AGREED = When(least=NOW, said=_("The agreed time lies in the past. Choose a time from now on."))
FORESEEN = When(most=timedelta(days=183), said=_("More than half a year ahead cannot be agreed."))


def moment(label: Any, *, required: bool = True, validators: Any = ()) -> forms.DateTimeField:
    """A date and time as a browser sends it."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=required, widget=widget, validators=validators)


class AppointmentForm(OperationForm):
    """A window of time: in the future, at most a day long, within half a year."""

    appointment_from = moment(_("Visit from"), validators=[FROM_NOW, FORESEEN])
    appointment_to = moment(_("to"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("appointment_from"), cleaned.get("appointment_to")
        if start and end and not start < end <= start + timedelta(days=1):
            self.add_error("appointment_to", _("The end comes after the start, on the same day."))
        if start and not end and "appointment_to" not in self.errors:
            cleaned["appointment_to"] = start + timedelta(minutes=30)
        return cleaned


class RecordForm(IntakeForm, AppointmentForm):
    """A repair as it is taken down (F-REPAIR)."""

    asks = (
        "place", "house", "spot", "location", "content", "photos", "urgency", "category", "appointment_from",
        "appointment_to", "resident", "caller_name", "caller_phone", "channel", "outside_number", "outside_due_at",
        "apart", "problem", "executor",
    )  # fmt: skip

    urgency = forms.ChoiceField(label=_("Urgency"), choices=Case.Urgency.choices, initial=Case.Urgency.ORDINARY)
    category = forms.ChoiceField(label=_("Category"), choices=categories.choices)
    problem = forms.ChoiceField(label=_("Problem"), choices=categories.problem_choices)
    executor = forms.ModelChoiceField(Employee.objects.all(), label=_("Send"), required=False)
    appointment_from = moment(_("Visit from"), required=False, validators=[FROM_NOW, FORESEEN])

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["executor"]
        field.queryset = technicians(self.subject.project_id)
        if self.by.is_resident:
            self.fields["urgency"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        branch, leaf = cleaned.get("category"), cleaned.get("problem")
        if branch and leaf:
            found = categories.problem(branch, leaf)
            if found is None:
                self.add_error("problem", _("This problem does not belong to the category."))
            elif cleaned.get("place") and cleaned["place"] not in found.places:
                self.add_error("problem", _("This problem does not occur at this kind of place."))
        if self.by.is_resident:
            # How urgent it is follows from what it is; who is sent is the house's to say.
            cleaned["urgency"] = found.urgency if branch and leaf and found else Case.Urgency.ORDINARY
            cleaned["executor"] = None
        if cleaned.get("urgency") == Case.Urgency.PLANNED and not cleaned.get("appointment_from"):
            self.add_error("appointment_from", _("A planned repair needs its date."))
        self.refuse_duplicate(Case.Kind.REPAIR, branch or "")
        return cleaned


class DispatchForm(OperationForm):
    """Whom to send; nobody named: by rule."""

    executor = forms.ModelChoiceField(Employee.objects.all(), label=_("Send"), required=False)

    def narrow(self) -> None:
        field: Any = self.fields["executor"]
        field.queryset = technicians(self.subject.project_id)


class TransferForm(DispatchForm):
    """To somebody else, with a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["executor"].required = True


class CompletionForm(OperationForm):
    """Done by when, as agreed with the resident."""

    completion_agreed_at = moment(_("Done by"), validators=[AGREED, FORESEEN])


class ArriveForm(OperationForm):
    """On site, if wanted with photos of how it was found."""

    photos = FilesField(label=_("Photos before the work"), required=False)


class PauseForm(OperationForm):
    """Why the clock stands still: one of the stated reasons."""

    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason.choices)
    words = forms.CharField(label=_("Explanation"), max_length=200, required=False)


class QuoteForm(OperationForm):
    """What paid work will cost."""

    quoted_fen = FenField(label=_("Price"))
    quote_words = forms.CharField(label=_("For"), max_length=200)


class ConsentForm(OperationForm):
    """How the resident agreed to the price."""

    mode = forms.ChoiceField(label=_("How"), choices=MODES)

    def clean_mode(self) -> str:
        return "online" if self.by.is_resident else str(self.cleaned_data["mode"])


class MaterialForm(OperationForm):
    """One line of material."""

    name = forms.CharField(label=_("Material"), max_length=40)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=10_000)
    unit = forms.CharField(label=_("Unit"), max_length=10, required=False)
    unit_fen = FenField(label=_("Unit price"), required=False)
    payer = forms.ChoiceField(label=_("Paid by"), choices=Material.Payer.choices, initial=Material.Payer.COMPANY)


class TakeBackForm(OperationForm):
    """Which line was wrong, and why."""

    line = forms.ModelChoiceField(Material.objects.all(), label=_("Line"))
    reason = forms.CharField(label=_("Reason"), max_length=200, min_length=2)

    def narrow(self) -> None:
        field: Any = self.fields["line"]
        field.queryset = Material.visible_to(self.by).filter(
            project_id=self.subject.project_id, order__case_id=self.subject.pk, taken_back_at__isnull=True
        )


class FinishForm(OperationForm):
    """What was done and found; photos after the work; the resident's signature where somebody was there."""

    work_done = forms.CharField(label=_("Work done"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, initial=Finding.FIXED)
    liability = forms.ChoiceField(label=_("Liability"), choices=[("", "—"), *Liability.choices], required=False)
    labour_minutes = forms.IntegerField(label=_("Minutes of work"), min_value=0, max_value=6000, required=False)
    labour_fen = FenField(label=_("Labour"), required=False)
    photos = FilesField(label=_("Photos after the work"), required=True)
    signature = SignatureField(label=_("Resident's signature"), required=False)


class ConfirmForm(OperationForm):
    """The customer's verdict."""

    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    rating = forms.ChoiceField(label=_("Rating"), choices=Satisfaction.choices)
    words = forms.CharField(label=_("In their words"), max_length=300, required=False)
    mode = forms.ChoiceField(label=_("How"), choices=MODES)
    signature = SignatureField(label=_("Signature"), required=False)

    def clean_mode(self) -> str:
        return "online" if self.by.is_resident else str(self.cleaned_data["mode"])


class ReworkForm(OperationForm):
    """What is still wrong."""

    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    words = forms.CharField(label=_("What is still wrong"), max_length=300)
    rating = forms.ChoiceField(label=_("Rating"), choices=Satisfaction.choices, initial=Satisfaction.UNSATISFIED)
    photos = FilesField(label=_("Photos"), required=False)


class FailedContactForm(OperationForm):
    """An attempt to reach the resident that failed."""

    mode = forms.ChoiceField(label=_("How"), choices=MODES)
    words = forms.CharField(label=_("What happened"), max_length=200)
