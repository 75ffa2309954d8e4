"""The inputs of the verbs that all kinds of case share."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import FilesField, OperationForm
from guanjia.parts.casework.forms import PLACES, IntakeForm, phone
from guanjia.parts.casework.models import Case
from guanjia.people import posts
from guanjia.people.models import Employee, Posting
from guanjia.people.queries import holders


class EnquiryForm(IntakeForm):
    """A question; answered at once when the reply is known."""

    personal: ClassVar[frozenset[str]] = IntakeForm.personal | {"reply"}

    place = forms.ChoiceField(
        label=_("Place"), choices=[("none", _("No place")), *PLACES], initial="none", required=False
    )
    reply = forms.CharField(label=_("Reply"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse_duplicate(Case.Kind.ENQUIRY)
        return cleaned


class NoteForm(OperationForm):
    """Something that was said or seen; `contact` says with whom, for the daily progress contact (RPR-07)."""

    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    words = forms.CharField(label=_("Note"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    contact = forms.ChoiceField(
        label=_("Contact with"),
        required=False,
        choices=[
            ("", _("Nobody")),
            ("resident", _("The resident")),
            ("technician", _("The technician")),
            ("both", _("Both")),
        ],
    )
    photos = FilesField(label=_("Photos"), required=False)

    def clean_contact(self) -> str:
        """The daily contact (RPR-07) is the centre's to make; a resident's own words are none."""
        return "" if self.by.is_resident else str(self.cleaned_data["contact"])


class JoinForm(OperationForm):
    """Somebody else reports the same matter."""

    personal: ClassVar[frozenset[str]] = frozenset({"words", "caller_name", "caller_phone"})

    words = forms.CharField(label=_("What they said"), max_length=500)
    caller_name = forms.CharField(label=_("Caller"), max_length=30, required=False)
    caller_phone = forms.CharField(label=_("Contact number"), max_length=20, required=False)

    def clean_caller_phone(self) -> str:
        value = self.cleaned_data["caller_phone"]
        return phone(value) if value else ""


class ChaseForm(OperationForm):
    """The resident asks where it is."""

    personal: ClassVar[frozenset[str]] = frozenset({"words"})
    words = forms.CharField(label=_("What they said"), max_length=200, required=False)


class AnswerForm(OperationForm):
    """The reply to an enquiry."""

    reply = forms.CharField(label=_("Reply"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class OutsideReplyForm(OperationForm):
    """What the body that passed it on is told."""

    personal: ClassVar[frozenset[str]] = frozenset({"outside_reply"})

    outside_reply = forms.CharField(label=_("Reply"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class ReferForm(OperationForm):
    """To which superior, and why."""

    superior = forms.ModelChoiceField(Employee.objects.all(), label=_("Superior"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def narrow(self) -> None:
        held = Posting.objects.filter(
            project_id=self.subject.project_id, to_on__isnull=True, post__in=posts.SUPERVISORS
        )
        field: Any = self.fields["superior"]
        field.queryset = Employee.objects.filter(pk__in=held.values("employee"), state=Employee.State.ACTIVE)


class CleaningForm(OperationForm):
    """What is asked for, and of which lead."""

    need = forms.CharField(label=_("What is to be done"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    lead = forms.ModelChoiceField(Employee.objects.all(), label=_("Cleaning lead"))

    def narrow(self) -> None:
        field: Any = self.fields["lead"]
        project: Any = getattr(self.subject, "project", None)
        field.queryset = (
            holders(project, posts.CLEANING_LEAD, self.by.at) if project is not None else Employee.objects.none()
        )


class CleaningAnswerForm(OperationForm):
    answer = forms.CharField(
        label=_("What is done, until when"), max_length=200, min_length=2, widget=forms.Textarea(attrs={"rows": 2})
    )


class UrgencyForm(OperationForm):
    """Another urgency, with the reason; running clocks keep their limit, new ones start."""

    urgency = forms.ChoiceField(label=_("Urgency"), choices=Case.Urgency.choices)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ExportForm(OperationForm):
    """What was taken out, for the journal."""

    view = forms.CharField(label=_("List"), max_length=20, required=False)
    rows = forms.IntegerField(label=_("Rows"), min_value=0)
