"""What the acts ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.forms import FilesField, OperationForm, SignatureField, asked
from guanjia.kernel.when import HAPPENED
from guanjia.parts.custody.forms import LendForm as CustodyLendForm

from .models import ArchiveFile, Consultation, Destruction, Document, DocumentState, FileKind, Secrecy, Tidying

MOST_SCANS = 20
MOST_LISTED = 100


class PlaceForm(OperationForm):
    """Where the bag stands."""

    of = ArchiveFile
    as_it_stands = True
    asks: tuple[str, ...] = ("room", "cabinet", "box")

    box = asked(help_text=_("By building, floor and room, in their order."))


class OpenForm(PlaceForm):
    asks = ("kind", "house", "resident", "title", "room", "cabinet", "box")

    house = asked(required=False)
    resident = asked(required=False)
    title = asked(help_text=_("For files of the centre."))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == FileKind.OTHER:
            said["resident"] = None
            if not said.get("title"):
                self.add_error("title", _("A file of the centre has a title."))
        elif said.get("kind"):
            for name in ("house", "resident"):
                if not said.get(name):
                    self.add_error(name, _("A household's file names its house and its person."))
        return said


class DocumentFields(OperationForm):
    of = Document

    title = asked(required=False)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=99, initial=1, required=False)
    pages = asked(required=False, min_value=1, max_value=2000)
    secrecy = asked(required=False, choices=[("", _("As usual for its kind")), *Secrecy.choices], initial=None)
    has_paper = asked()
    scans = FilesField(label=_("Scanned pages"), required=False, most=MOST_SCANS)


class FileForm(DocumentFields):
    asks = ("kind", "title", "copies", "pages", "secrecy", "has_paper", "scans", "years")
    years = forms.IntegerField(
        label=_("Years to keep"), min_value=1, max_value=99, required=False,
        help_text=_("Only for what the Book does not name: empty keeps it for good."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("has_paper") and not said.get("scans"):
            self.add_error("scans", _("Neither on paper nor scanned: then there is nothing to file."))
        if said.get("kind") == "paper" and not said.get("title"):
            self.add_error("title", _("Say what it is."))
        return said


class ChangeForm(DocumentFields):
    as_it_stands = True

    reason = forms.CharField(label=_("What changed"), max_length=200)

    @classmethod
    def standing(cls, subject: Document) -> dict[str, Any]:
        return {**super().standing(subject), "copies": subject.quantity}


class EndForm(OperationForm):
    ended_on = asked(
        ArchiveFile.ended_on, help_text=_("From this day the years to keep are counted."), validators=[HAPPENED]
    )


class PurposeForm(OperationForm):
    purpose = forms.CharField(label=_("What it is needed for"), min_length=2, max_length=200)


class ShowForm(PurposeForm):
    of = Consultation
    asks = ("outsider", "purpose")

    outsider = asked(required=True, help_text=_("Name and where they come from."))


class CopyForm(PurposeForm):
    number = forms.IntegerField(label=_("Copies made"), min_value=1, max_value=20, initial=1)


class LendForm(CustodyLendForm):
    """To a colleague, who signs for it."""

    signature = SignatureField(label=_("Borrower's signature"))

    def clean_employee(self) -> Any:
        borrower = self.cleaned_data["employee"]
        if borrower.pk == self.by.id:
            raise forms.ValidationError(_("Nobody lends to themself: ask a colleague to register it."))
        return borrower


class ProposeForm(OperationForm):
    documents = forms.ModelMultipleChoiceField(
        Document.objects.all(), label=_("Documents on file"), widget=forms.CheckboxSelectMultiple,
        help_text=_("What has outlived its time is listed; anything else is proposed from its own page."),
    )  # fmt: skip
    is_worthless = asked(Destruction.is_worthless, help_text=_("Only so before its time is over."))
    appraisal = asked(Destruction.appraisal, min_length=2, widget=forms.Textarea)

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["documents"]
        lying = field.queryset.filter(state=DocumentState.IN_STORE, destructions__isnull=True)
        field.queryset = lying.order_by("keep_until", "id")
        field.widget.choices = [(one.pk, _line(one)) for one in self._listed(lying)]

    def _listed(self, lying: Any) -> list[Document]:
        """What has expired, and the files of what was asked for or sent: never the whole archives."""
        sent = self.data.getlist("documents") if hasattr(self.data, "getlist") else []
        asked = [int(pk) for pk in [*sent, str(self.initial.get("documents", ""))] if pk.isdecimal() and len(pk) < 16]
        rows = lying.select_related("file__house").order_by("keep_until", "id")
        beside = list(rows.filter(file__in=lying.filter(pk__in=asked).values("file"))[:MOST_LISTED]) if asked else []
        expired = rows.filter(keep_until__lt=timezone.localdate(self.by.at))
        return list(dict.fromkeys([*beside, *expired[:MOST_LISTED]]))


def _line(one: Document) -> str:
    """A document as it is ticked: number, name, house, the day its time is over."""
    house = one.file.house.code if one.file.house else ""
    until = one.keep_until.isoformat() if one.keep_until else str(_("For good"))
    return "　".join(part for part in (str(one), house, until) if part)


class DestroyForm(OperationForm):
    method = asked(Destruction.method, required=True, initial=_("Shredded"))
    is_content_checked = forms.BooleanField(label=_("I compared each document with the approved list"))


class TidyForm(OperationForm):
    of = Tidying
    asks = ("place", "gone_through", "misplaced", "remark")

    gone_through = asked(min_value=1, max_value=100_000)
    misplaced = asked(initial=0, max_value=100_000)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if (said.get("misplaced") or 0) > (said.get("gone_through") or 0):
            self.add_error("misplaced", _("Not more than were gone through."))
        return said
