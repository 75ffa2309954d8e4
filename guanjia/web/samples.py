"""What the page of patterns is filled with: `samples.yaml`, and a form with every kind of field."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from guanjia.kernel import written

from . import charts

FILE = Path(__file__).parent / "samples.yaml"


class Lending(forms.Form):
    """A form with every kind of field, two of them refused."""

    borrower = forms.ChoiceField(label=gettext_lazy("Borrower"), choices=[("1", "何静"), ("2", "许文静")])
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=80)
    back_at = forms.TimeField(label=gettext_lazy("Back at"), widget=forms.TimeInput(attrs={"type": "time"}))
    level = forms.ChoiceField(
        label=gettext_lazy("Urgency"),
        choices=[
            ("urgent", gettext_lazy("Urgent")),
            ("ordinary", gettext_lazy("Ordinary")),
            ("planned", gettext_lazy("Planned")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Running water, no power, somebody shut in, a lock that will not open: urgent."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(str(n), word) for n, word in enumerate(("给排水", "电气", "门窗", "电梯", "绿化", "其他"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("Words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    told = forms.BooleanField(label=gettext_lazy("Told the resident"), required=False)

    def clean_back_at(self) -> Any:
        raise ValidationError(_("Back at 09:30, but it is 10:24 already. Choose a later time."))

    def clean_purpose(self) -> Any:
        raise ValidationError(_("Write what the key is for; the log asks for it."), code="KEY-10")


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    found: dict[str, Any] = written.read(FILE)
    return found


def parts(side: str) -> dict[str, Any]:
    """The data of one column; `side` keeps the ids of the two apart."""
    read = _read()
    clocks = read["clocks"]
    given = {"borrower": "1", "purpose": "-", "back_at": "09:30", "level": "urgent", "kind": "0", "told": "on"}
    title = {"url": "#", "sub": "3-2-1201", "title": "厨房下水管接口漏水"}
    return {
        **read,
        "form": Lending(given, auto_id=f"{side}_%s"),
        "blank": Lending(auto_id=f"{side}b_%s"),
        "rows": [{**row, "clock": clocks[row["clock"]]} for row in read["rows"]],
        "strip": [{**clock, **title, "urgency": "" if i else "urgent"} for i, clock in enumerate(clocks[1:4])],
        "charts": _charts(read["charts"]),
        "levels": [
            {"value": "u", "label": _("Urgent"), "checked": True, "tone": "danger"},
            {"value": "o", "label": _("Ordinary")},
            {"value": "p", "label": _("Planned"), "disabled": True},
        ],
        "side": side,
    }


def _charts(read: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns that open, columns beside the usual, and a share with its target."""
    hours = charts.thinned([str(hour) for hour in range(7, 20)])
    return [
        charts.columns(
            [charts.Column(name, kept, missed, url="#", missed_url="#") for name, kept, missed in read["took"]],
            (pgettext("chart", "Took"), pgettext("chart", "In time"), pgettext("chart", "Late")),
            limit=4, limit_label=read["limit"],
        ),
        charts.columns(
            [charts.Column(h, n, usual=usual) for h, (n, usual) in zip(hours, read["hours"], strict=True)],
            (pgettext("chart", "Hour"), _("Today"), pgettext("chart", "The usual")), numbers=True,
        ),
        charts.line(
            [charts.Point(month, share, share is not None and share < 950, "#") for month, share in read["rates"]],
            (pgettext("chart", "Month"), "%"), target=950, target_label=read["goal"],
        ),
    ]  # fmt: skip


def frame() -> dict[str, Any]:
    """The rail and the top bar as config/navigation would give them."""
    return {**_read()["frame"], "bar_url": reverse("web:patterns")}


def phone() -> dict[str, Any]:
    """One page of the phone shell."""
    return {**parts("p"), **_read()["phone"], "back_url": reverse("web:patterns")}
