"""How long a revisit takes (REV-07): five to ten minutes are fitting; shorter or longer is said why, never refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.parts.standards import queries as standards

CLAUSE = "REV-07"


def minutes_field() -> forms.IntegerField:
    """How many minutes it took."""
    return forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=240, required=False, help_text=_("Five to ten minutes are fitting.")
    )


def why_field() -> forms.CharField:
    """Why it was shorter or longer."""
    return forms.CharField(label=_("Why shorter or longer"), max_length=100, required=False)


def fitting(project: Any, at: Any) -> tuple[int, int]:
    """The bounds that hold at the project on that day: the Book's 5 to 10, or what a manager decided."""
    rule = standards.rule_in_force(CLAUSE, project, standards.today_at(project, at))
    least, _dash, most = str(rule["limit"]).partition("-")
    return int(least), int(most or least)


def check_length(form: Any, cleaned: dict[str, Any]) -> None:
    """Outside the bounds only with a few words of reason."""
    minutes = cleaned.get("minutes")
    if not minutes or cleaned.get("why_length"):
        return
    project = getattr(form.subject, "project", form.subject)
    least, most = fitting(project, form.by.at)
    if not least <= minutes <= most:
        form.add_error(
            "why_length",
            forms.ValidationError(
                _("%(least)d to %(most)d minutes are fitting. Say why it took %(n)d."),
                code=CLAUSE,
                params={"least": least, "most": most, "n": minutes},
            ),
        )
