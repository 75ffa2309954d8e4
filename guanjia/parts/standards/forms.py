"""Input of a decision: which clause, what else, from when, why. A clause is asked only for values it has."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.calendar import parse_duration
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.languages import said
from guanjia.kernel.when import When
from guanjia.places.models import Project

from . import calendars, queries

# The kinds of project for which a company decides (ORG-19).
STARS = [(str(n), "★" * n) for n in range(1, 6)]
KINDS = [choice for choice in Project.Kind.choices if choice[0] != Project.Kind.OFFICE]
UNITS = {"minutes": ("PT%dM", _("minutes")), "hours": ("PT%dH", _("hours")), "days": ("P%dD", _("days"))}
CALENDAR_NAMES = {
    calendars.ALWAYS: _("Around the clock"),
    calendars.RECEPTION: _("Reception hours"),
    calendars.WORKDAYS: _("Working days"),
}
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
NOT_BEGUN = When(timedelta(days=1), said=_("A day that has begun stays as it was. Choose tomorrow or later."))
TARGET = re.compile(r"(=|>=|<=)(\d{1,4})(?:\.(\d{1,4}))?")
# Lists of posts that a clause may have of its own.
LISTS = {
    "borrows_owner": _("May borrow owners' keys"),
    "borrows_public": _("May borrow keys of public areas"),
    "borrows_equipment": _("May borrow keys of equipment rooms"),
    "borrows_office": _("May borrow office keys"),
    "hygiene_posts": _("Posts that touch food or hygiene"),
}
# Which fields of the form make which value of a clause.
FIELDS = {
    "within": ("amount", "unit"),
    "calendar": ("calendar",),
    "soon": ("soon_minutes",),
    "target": ("target_percent",),
    "at_least": ("at_least",),
    "limit": ("limit",),
    "by": ("by_posts",),
    "roles": ("acting",),
    **{name: (name,) for name in LISTS},
    "rule": ("wording",),
}


def all_posts() -> list[tuple[str, str]]:
    return [(r.id, said(r.zh, r.en)) for r in book.roles().values()]


class ChangeForm(OperationForm):
    """One decision over one clause. Fields that the clause does not have are taken away when the clause is
    known."""

    clause = forms.CharField(max_length=12, label=_("Clause"))
    level = forms.ChoiceField(
        label=_("Holds for"), required=False,
        choices=[("", _("Everything here")), *Project.Level.choices, *STARS, *KINDS],
    )  # fmt: skip
    amount = forms.IntegerField(min_value=1, max_value=10_000, required=False, label=_("Limit"))
    unit = forms.ChoiceField(choices=[(k, v[1]) for k, v in UNITS.items()], required=False, label=_("Unit"))
    calendar = forms.ChoiceField(choices=list(CALENDAR_NAMES.items()), required=False, label=_("Counted in"))
    soon_minutes = forms.IntegerField(min_value=1, max_value=100_000, required=False, label=_("Warn (minutes before)"))
    target_percent = forms.IntegerField(min_value=0, max_value=100, required=False, label=_("Target (percent)"))
    at_least = forms.IntegerField(min_value=1, max_value=1000, required=False, label=_("At least (times)"))
    limit = forms.IntegerField(min_value=0, max_value=100_000_000, required=False, label=_("Limit"))
    by_posts = forms.MultipleChoiceField(choices=all_posts, required=False, label=_("May approve"))
    acting = forms.MultipleChoiceField(choices=all_posts, required=False, label=_("Who acts"))
    borrows_owner = forms.MultipleChoiceField(choices=all_posts, required=False, label=LISTS["borrows_owner"])
    borrows_public = forms.MultipleChoiceField(choices=all_posts, required=False, label=LISTS["borrows_public"])
    borrows_equipment = forms.MultipleChoiceField(choices=all_posts, required=False, label=LISTS["borrows_equipment"])
    borrows_office = forms.MultipleChoiceField(choices=all_posts, required=False, label=LISTS["borrows_office"])
    hygiene_posts = forms.MultipleChoiceField(choices=all_posts, required=False, label=LISTS["hygiene_posts"])
    wording = forms.CharField(
        max_length=500, required=False, label=_("The rule in other words"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only where this company words it otherwise. Nothing is measured by words."),
    )  # fmt: skip
    is_on = forms.ChoiceField(
        choices=[("on", _("In force")), ("off", _("Not in force"))], required=False, label=_("Whether it holds")
    )
    effective_from = forms.DateField(label=_("Holds from"), widget=DAY)
    reason = forms.CharField(max_length=300, min_length=2, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        super().narrow()
        if not isinstance(self.subject, Project) or not self.subject.is_office:
            self.fields.pop("level")
        clause_id = self.data.get("clause") or self.initial.get("clause") or ""
        if book.is_clause(clause_id):
            clause = book.clause(clause_id)
            kept = {field for name in clause.adjustable for field in FIELDS.get(name, ())}
            for field in {field for group in FIELDS.values() for field in group} - kept:
                self.fields.pop(field)

    def clean_clause(self) -> str:
        clause_id: str = self.cleaned_data["clause"].strip().upper()
        if not book.is_clause(clause_id):
            raise forms.ValidationError(_("The Book has no clause %(id)s."), params={"id": clause_id})
        return clause_id

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        first = queries.today_at(self.subject, self.by.at) + timedelta(days=1)
        if cleaned["effective_from"] < first:
            self.add_error(
                "effective_from",
                _("What has begun keeps its rule. Choose %(day)s or later.") % {"day": first.isoformat()},
            )
            return cleaned
        values = self.changed_values(cleaned)
        if not self.errors and not values:
            self.add_error(None, _("It is already so. Change a value, or leave it."))
        cleaned["values"] = values
        return cleaned

    def changed_values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """What differs from the rule that would hold on that day."""
        rule = queries.rule_in_force(cleaned["clause"], self.subject, cleaned["effective_from"])
        wanted = _wanted(cleaned, rule)
        if "within" in wanted and not _is_duration(rule.get("within")):
            self.add_error("amount", _("This limit is a point in time that the matter itself names, not a duration."))
        if "limit" in wanted and not isinstance(rule.get("limit"), int):
            self.add_error("limit", _("This limit is set by the matter itself, not by a number."))
        standing = {"roles": list(rule.roles), "rule": rule.words}
        return {name: value for name, value in wanted.items() if not _same(standing.get(name, rule.get(name)), value)}


def _same(standing: Any, wanted: Any) -> bool:
    """Who acts and who approves are sets: the order in which they were ticked changes nothing."""
    if isinstance(wanted, list):
        return isinstance(standing, list | tuple) and set(standing) == set(wanted)
    return bool(standing == wanted)


def _wanted(cleaned: dict[str, Any], rule: queries.Rule) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if cleaned.get("amount"):
        wanted["within"] = UNITS[cleaned.get("unit") or "hours"][0] % cleaned["amount"]
    if cleaned.get("calendar"):
        wanted["calendar"] = cleaned["calendar"]
    if cleaned.get("soon_minutes"):
        wanted["soon"] = cleaned["soon_minutes"] * 60
    if cleaned.get("target_percent") is not None:
        wanted["target"] = _target(cleaned["target_percent"], rule)
    for name in ("at_least", "limit"):
        if cleaned.get(name) is not None:
            wanted[name] = cleaned[name]
    if cleaned.get("by_posts"):
        wanted["by"] = list(cleaned["by_posts"])
    if cleaned.get("acting"):
        wanted["roles"] = list(cleaned["acting"])
    wanted |= {name: list(cleaned[name]) for name in LISTS if cleaned.get(name)}
    if (cleaned.get("wording") or "").strip():
        wanted["rule"] = cleaned["wording"].strip()
    if cleaned.get("is_on"):
        wanted["is_on"] = cleaned["is_on"] == "on"
    return wanted


def _target(percent: int, rule: queries.Rule) -> str:
    """A share as the Book writes it, with the comparator that the clause has: `>=0.95`."""
    match = TARGET.fullmatch(str(rule.get("target") or ""))
    sign = match.group(1) if match else ">="
    return f"{sign}{percent // 100}.{percent % 100:02d}"


def _is_duration(text: Any) -> bool:
    try:
        return bool(parse_duration(str(text)))
    except ValueError:
        return False


class WithdrawForm(OperationForm):
    reason = forms.CharField(max_length=300, min_length=2, label=_("Reason"))


class DayForm(OperationForm):
    """A day opened or closed against the published holidays."""

    day = forms.DateField(label=_("Day"), widget=DAY, validators=[NOT_BEGUN])
    is_open = forms.ChoiceField(choices=[("open", _("Working day")), ("closed", _("Day off"))], label=_("Counts as"))
    name = forms.CharField(max_length=40, label=_("Name"))


class KeepForm(OperationForm):
    """Our default is what this company wants: said once, with a reason, and the clause leaves the list to decide."""

    clause = forms.CharField(max_length=12, label=_("Clause"))
    reason = forms.CharField(max_length=300, min_length=2, label=_("Reason"))

    def clean_clause(self) -> str:
        clause_id: str = self.cleaned_data["clause"].strip().upper()
        if not book.is_clause(clause_id) or book.clause(clause_id).basis != "proposed":
            raise forms.ValidationError(_("The Book leaves nothing to decide here."))
        return clause_id
