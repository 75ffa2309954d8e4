"""The input of an inspection: a field for each item of the chosen checklist, or one list of marks for a machine."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.book import conduct
from guanjia.kernel.forms import OperationForm, PhotoField, RowsField, asked
from guanjia.kernel.languages import said_lazy
from guanjia.people.forms import ColleagueForm

from .models import Inspection, Mark, Occasion, State

RESULTS = [("ok", _("In order")), ("fault", _("Fault")), ("skipped", _("Not applicable"))]


def key(item_id: str) -> str:
    """ETQ-01.2 → etq_01_2: the name of its field."""
    return item_id.lower().replace("-", "_").replace(".", "_")


class RecordForm(ColleagueForm):
    """A checklist gone through. Every item wants an answer, a fault a note; a photo where it helps."""

    of = Inspection
    asks = ("checklist", "occasion", "employee", "spot", "place", "outsider", "marks")
    others = ("employee",)
    personal: ClassVar[frozenset[str]] = frozenset({"marks"})

    checklist = asked(choices=lambda: [(c.id, said_lazy(c.zh, c.en)) for c in conduct.checklists().values()])
    occasion = asked(initial=Occasion.DAILY)
    outsider = asked(help_text=_("The mystery customer or the assessing firm, where it was not you who looked."))
    marks = RowsField()

    def narrow(self) -> None:
        super().narrow()
        self.list = conduct.checklists().get(self.data.get("checklist") or self.initial.get("checklist") or "")
        if self.list is None or self.data.get("marks"):
            return
        self.fields["employee" if self.list.of == "person" else "place"].required = self.list.of == "person"
        for item in self.list.items:
            name = key(item.id)
            self.fields[f"r_{name}"] = forms.ChoiceField(
                label=item.zh, choices=RESULTS, widget=forms.RadioSelect, required=True
            )
            self.fields[f"n_{name}"] = forms.CharField(label=_("What was seen"), max_length=300, required=False)
            self.fields[f"f_{name}"] = PhotoField(label=_("Photo"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors or self.list is None:
            return cleaned
        if not any(cleaned.get(name) for name in ("employee", "spot", "place")):
            self.add_error("place", _("Say whom or where you looked at."))
        cleaned["marks"] = self._listed(cleaned.get("marks")) if cleaned.get("marks") else self._asked(cleaned)
        for name in [n for n in cleaned if n[:2] in ("r_", "n_", "f_")]:
            del cleaned[name]
        return cleaned

    def _asked(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        """The marks of a page's fields."""
        marks = []
        for item in self.list.items:  # type: ignore[union-attr]  # asked only with a list
            name = key(item.id)
            result, note = cleaned[f"r_{name}"], cleaned.get(f"n_{name}") or ""
            if result == State.FAULT and not note.strip():
                self.add_error(f"n_{name}", _("Say what is wrong, so that it can be corrected."))
            marks.append({"item": item.id, "result": result, "note": note, "photo": cleaned.get(f"f_{name}")})
        return marks

    def _listed(self, given: Any) -> list[dict[str, Any]]:
        """The marks of a machine: [{"item": "ETQ-01.1", "result": "ok", "note": ""}], every item once."""
        rows = given if isinstance(given, list) else []
        found = {row.get("item"): row for row in rows if isinstance(row, dict) and len(row) <= 3}
        wanted = [item.id for item in self.list.items]  # type: ignore[union-attr]  # asked only with a list
        if set(found) != set(wanted) or len(rows) != len(wanted):
            self.add_error(None, _("Every item of the checklist wants one answer."))
            return []
        marks = []
        for item_id in wanted:
            result, note = found[item_id].get("result"), str(found[item_id].get("note") or "")[:300]
            if result not in dict(RESULTS) or (result == State.FAULT and not note.strip()):
                self.add_error(None, _("Each answer is in order, not applicable, or a fault with a note."))
                return []
            marks.append({"item": item_id, "result": result, "note": note, "photo": None})
        return marks


class CorrectionForm(OperationForm):
    correction = asked(Mark.correction, required=True, min_length=2, widget=forms.Textarea(attrs={"rows": 2}))
    photo = PhotoField(label=_("Photo"), required=False)


class SendBackForm(OperationForm):
    reason = forms.CharField(label=_("What is still wrong"), max_length=300, min_length=2)
