"""What the verbs of staff, duty, districts and projects take."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import OperationForm
from guanjia.people import posts, queries
from guanjia.people.fields import LineField, PersonNameField, PhoneField
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Duty, Employee
from guanjia.places.models import Building, District, Project, Unit

JOB_NUMBER = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]{1,29}$", _("2 to 30 letters, digits, dots or hyphens."))
# Who may be a steward (ORG-10), and who may be given a post (PRIV-03).
QUALIFIED = frozenset({Employee.Education.COLLEGE, Employee.Education.BACHELOR, Employee.Education.MASTER})
UNQUALIFIED = _("A steward has a full-time junior-college degree or above on record.")
NOT_SIGNED = _("The confidentiality agreement is not signed: no post that sees customer data.")
REPAIR_TYPES = [
    ("electrical", _("Electrical")),
    ("plumbing", _("Plumbing")),
    ("civil", _("Building works")),
    ("elevator", _("Lifts")),
    ("intercom", _("Intercom and access")),
    ("hvac", _("Air conditioning")),
    ("other", _("Other")),
]
# When the named shifts begin and end, unless the roster says otherwise.
SHIFTS = {
    Duty.Shift.EARLY: ((7, 0), (15, 0)),
    Duty.Shift.DAY: ((8, 30), (17, 30)),
    Duty.Shift.LATE: ((11, 0), (19, 0)),
    Duty.Shift.EVENING: ((15, 0), (23, 0)),
    Duty.Shift.NIGHT: ((19, 0), (7, 0)),
    Duty.Shift.OWN: ((0, 0), (0, 0)),
}


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **kwargs)


def time_of_day(label: Any, **kwargs: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **kwargs)


class CompanyForm(OperationForm):
    """Forms of the head office that name a project: any of the company's, at first the one of whom it is about."""

    as_it_stands = True

    def narrow(self) -> None:
        super().narrow()
        if "project" in self.fields:
            self.fields["project"].queryset = Project.objects.all()  # type: ignore[attr-defined]  # a choice has them


class EmployeeForm(OperationForm):
    as_it_stands = True
    personal: ClassVar[frozenset[str]] = frozenset({"phone", "email"})
    name = PersonNameField()
    phone = PhoneField(required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    department_key = forms.ChoiceField(label=_("Department"), required=False)
    education = forms.ChoiceField(label=_("Education"), choices=Employee.Education.choices, required=False)

    def narrow(self) -> None:
        super().narrow()
        known = queries.departments(self.subject.project_id).values_list("key", "name")
        self.fields["department_key"].choices = [("", "—"), *known]  # type: ignore[attr-defined]  # a choice has them


class HireForm(EmployeeForm):
    number = forms.CharField(label=_("Job number"), max_length=30, validators=[JOB_NUMBER])

    asks = ("number", "name", "phone", "email", "department_key", "education")


class PostForm(CompanyForm):
    project = forms.ModelChoiceField(Project.objects.all(), label=_("Project"))
    post = forms.ChoiceField(label=_("Post"), choices=posts.CHOICES)
    from_on = day(_("From"), required=False)


class WithdrawForm(CompanyForm):
    project = forms.ModelChoiceField(Project.objects.all(), label=_("Project"))
    post = forms.ChoiceField(label=_("Post"), choices=posts.CHOICES)
    last_on = day(_("Last day (empty: ends now)"), required=False)


class SkillForm(CompanyForm):
    project = forms.ModelChoiceField(Project.objects.all(), label=_("Project"))
    repair_type = forms.ChoiceField(label=_("Kind of repair"), choices=REPAIR_TYPES)
    level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        choices=[(0, _("Cannot")), (1, _("Can")), (2, _("Does it well")), (3, _("Teaches it"))],
    )


class DepartForm(OperationForm):
    left_on = day(_("Last day of work"), required=False)
    data_returned = forms.BooleanField(label=_("Customer data handed back"), required=False)
    devices_returned = forms.BooleanField(label=_("Devices and keys handed back"), required=False)
    statement_signed = forms.BooleanField(label=_("Statement of confidentiality signed"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)


class RosterForm(ColleagueForm):
    colleagues = ("employees",)
    employees = forms.ModelMultipleChoiceField(Employee.objects.all(), label=_("Who"))
    post = forms.ChoiceField(label=_("Post"), choices=posts.CHOICES)
    shift = forms.ChoiceField(label=_("Shift"), choices=Duty.Shift.choices)
    starts = time_of_day(_("Begins at"), required=False)
    ends = time_of_day(_("Ends at"), required=False)
    first_on = day(_("First day"))
    last_on = day(_("Last day"), required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Only on"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(enumerate((_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")))),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and not 0 <= (last - first).days <= 92:
            self.add_error("last_on", _("Plan from one day to three months at once."))
        if cleaned.get("shift") == Duty.Shift.OWN and not (cleaned.get("starts") and cleaned.get("ends")):
            self.add_error("starts", _("Say when it begins and ends."))
        return cleaned


class EndDutyForm(OperationForm):
    """One cover for all districts, or one for each (`cover_<district>`)."""

    cover = forms.ModelChoiceField(Employee.objects.all(), label=_("Cover of my districts"), required=False)

    def narrow(self) -> None:
        super().narrow()
        duty = self.subject
        others = queries.staff_of(duty.project_id, self.by.at).exclude(pk=getattr(duty, "employee_id", 0))
        self.fields["cover"].queryset = others  # type: ignore[attr-defined]  # a choice has them
        if getattr(duty, "post", "") != posts.STEWARD:
            return
        districts = list(queries.districts_of(duty.employee, duty.project, self.by.at))
        for district in districts if len(districts) > 1 else ():
            self.fields[f"cover_{district.pk}"] = forms.ModelChoiceField(
                others, label=_("Cover of %(district)s") % {"district": district.name}, required=False
            )


class CoverForm(ColleagueForm):
    colleagues = ("absent", "substitute")
    absent = forms.ModelChoiceField(Employee.objects.all(), label=_("On leave"))
    substitute = forms.ModelChoiceField(Employee.objects.all(), label=_("Substitute"))
    from_on = day(_("First day"))
    to_on = day(_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)


class DistrictForm(OperationForm):
    as_it_stands = True

    name = forms.CharField(label=_("Name"), max_length=30)
    buildings = forms.ModelMultipleChoiceField(Building.objects.all(), label=_("Buildings"), required=False)
    units = forms.ModelMultipleChoiceField(
        Unit.objects.select_related("building"), label=_("Single units"), required=False
    )

    @classmethod
    def standing(cls, subject: District) -> dict[str, Any]:
        parts = list(subject.parts.all())
        of_parts = {"buildings": [p.building_id for p in parts], "units": [p.unit_id for p in parts]}
        return {**super().standing(subject), **of_parts}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("buildings") and not cleaned.get("units"):
            self.add_error("buildings", _("Choose at least one building or unit."))
        return cleaned


class AssignForm(ColleagueForm):
    colleagues = ("employee",)
    employee = forms.ModelChoiceField(Employee.objects.all(), label=_("Steward"))
    from_on = day(_("From"), required=False)
    confirm_over_limit = forms.BooleanField(label=_("Over the limit: confirmed by the project manager"), required=False)


class SuperiorForm(OperationForm):
    post = forms.ChoiceField(label=_("Post"), choices=posts.CHOICES)
    superior = forms.ChoiceField(label=_("Reports to"), choices=posts.CHOICES)


class DepartmentForm(OperationForm):
    short_name = forms.SlugField(label=_("Short name"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=30)
    duties = forms.CharField(label=_("What it does"), max_length=200, required=False)
    phone = LineField(required=False)


class ProjectForm(OperationForm):
    """What a project may change of itself."""

    as_it_stands = True

    kind = forms.ChoiceField(
        label=_("Kind of project"), required=False,
        choices=[c for c in Project.Kind.choices if c[0] != Project.Kind.OFFICE],
        help_text=_("Decides which of the company's standards hold here; what runs keeps its own."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Service level"), choices=Project.Level.choices)
    stars = forms.IntegerField(label=_("Stars"), min_value=1, max_value=5)
    opens_at = time_of_day(_("Opens at"))
    closes_at = time_of_day(_("Closes at"))
    hotline = LineField(label=_("Hotline"), required=False)
    city = forms.CharField(label=_("City"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It closes before it opens."))
        return cleaned


class OpenProjectForm(OperationForm):
    code = forms.SlugField(label=_("Short name in addresses"), max_length=20)
    short_code = forms.CharField(
        label=_("Letters before numbers"),
        max_length=4,
        validators=[RegexValidator(r"^[A-Z]{1,4}$", _("One to four capital letters."))],
    )
    name = forms.CharField(label=_("Name"), max_length=40)
    city = forms.CharField(label=_("City"), max_length=20, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[c for c in Project.Kind.choices if c[0] != Project.Kind.OFFICE], required=False
    )
    level = forms.ChoiceField(label=_("Service level"), choices=Project.Level.choices, required=False)
    hotline = LineField(label=_("Hotline"), required=False)
