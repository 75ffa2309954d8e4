"""What is owed as a form each week, month, quarter: settled by keeping it. No form, and the period stands as missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.languages import said
from guanjia.kernel.models import Event
from guanjia.parts.obligations.rules import DutyRule, owed, the_project
from guanjia.people import posts
from guanjia.people.models import Duty, Employee
from guanjia.places.models import Project

from .fields import unpacked
from .keepers import verb_of
from .models import Entry

_said = lazy(said, str)
PLANNERS = (posts.SERVICE_OFFICER, posts.STEWARD)
# Clauses that ask for the form once a period of the project, and what must stand in it to count.
ONCE: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("REV-11", "F-REV-RPT", {}),
    ("SUR-03", "F-SUR-RPT", {}),
    ("FEE-09", "F-FEE-STAT", {}),
    ("FEE-11", "F-RECON", {}),
    ("RES-11", "F-CUST-RPT", {}),
    ("RPT-05", "F-CASE-WEEK", {}),
    ("RPT-06", "F-CMP-RPR-MONTH", {}),
    ("QLT-04", "F-CONTRACTOR", {}),
    ("QLT-07", "F-MYSTERY", {}),
    ("QLT-08", "F-THIRD", {}),
    ("COM-01", "F-COM-MIN", {"kind": "committee_quarter"}),
    ("COM-02", "F-COM-MIN", {"kind": "committee_year"}),
    ("MTG-01", "F-MTG-MIN", {"meeting": "morning"}),
    ("MTG-03", "F-MTG-MIN", {"meeting": "monthly"}),
    ("MTG-12", "F-MTG-MIN", {"meeting": "coordination"}),
)


def _holding(wanted: dict[str, str]) -> Callable[[Event, Any], bool] | None:
    """Whether the entry says what is asked for; None where any entry of the form counts."""

    def counts(event: Event, entry: Entry) -> bool:
        kept = unpacked(entry.form, entry.content)
        return all(kept.get(key) == value for key, value in wanted.items())

    return counts if wanted else None


def _owed_once(clause: str, form_id: str, wanted: dict[str, str]) -> DutyRule:
    entry, form = book.clause(clause), book.form(form_id)
    return owed(
        clause, key=f"entries.{clause.lower()}", subject="project", label=_said(entry.title, entry.title_en),
        subjects=the_project, settles=[f"entries.{verb_of(form)}"], counts=_holding(wanted),
    )  # fmt: skip


def with_a_shift(days: int) -> Callable[[Project, datetime], QuerySet[Any]]:
    """Officers and stewards with a shift in the days that begin at a moment: who is away plans nothing."""

    def people(project: Project, at: datetime) -> QuerySet[Any]:
        shifts = Duty.objects.filter(
            project=project,
            post__in=PLANNERS,
            from_at__lt=at + timedelta(days=days),
            to_at__gt=at,
            ended_at__isnull=True,
        )
        return Employee.objects.filter(pk__in=shifts.values("employee"))

    return people


def by_its_author(thing: Any, event: Event) -> tuple[str, int] | None:
    return ("employee", event.actor_id) if event.actor_kind == "staff" else None


def has_a_review(event: Event, entry: Entry) -> bool:
    return bool(unpacked(entry.form, entry.content).get("review"))


for _row in ONCE:
    _owed_once(*_row)
owed(
    "PLN-01", key="entries.pln-01", subject="employee", label=_("Plans of the day"), unit=_("people"),
    subjects=with_a_shift(1), settles=["entries.keep_dayplan"], subject_of=by_its_author,
)  # fmt: skip
owed(
    "PLN-06", key="entries.pln-06", subject="employee", label=_("Reviews of the week"), unit=_("people"),
    subjects=with_a_shift(7), settles=["entries.keep_dayplan"], subject_of=by_its_author, counts=has_a_review,
)  # fmt: skip
