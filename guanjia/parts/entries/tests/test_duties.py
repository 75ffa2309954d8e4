"""A form that is owed each period: kept, it is settled; of another kind, it is not; never kept, it stands as missed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjia import book
from guanjia.kernel.outcomes import Forbidden
from guanjia.parts.entries.duties import ONCE
from guanjia.parts.entries.operations import KEEPING
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.people.models import Duty
from guanjia.people.tests.cast import Community

from .test_entries import filled, keeper_of

pytestmark = pytest.mark.django_db


def made(north: Community, clause: str) -> Obligation:
    """What is owed in the period that runs now."""
    now = timezone.now()
    keeping.make_for(rules.registry[f"entries.{clause.lower()}"], north.project, now)
    return Obligation.objects.get(clause_id=clause, from_at__lte=now, due_at__gt=now)


@pytest.mark.clause(
    "REV-11", "SUR-03", "FEE-09", "FEE-11", "RES-11", "RPT-05", "RPT-06", "QLT-04", "QLT-07", "QLT-08", "COM-01",
    "COM-02", "MTG-01", "MTG-03", "MTG-12",
)  # fmt: skip
@pytest.mark.parametrize(("clause", "form_id", "wanted"), ONCE)
def test_keeping_the_form_settles_what_the_project_owes(
    north: Community, clause: str, form_id: str, wanted: dict[str, str]
) -> None:
    owed = made(north, clause)
    assert owed.done == 0
    given, form = filled(book.form(form_id), north), book.form(form_id)
    for key in wanted:
        field = next(f for f in form.fields if f.key == key)
        other = next(value for value, _zh, _en in book.enum(field.enum) if value != wanted[key])
        KEEPING[form_id](north.project, by=keeper_of(form_id, north), **given | {key: other})
    owed.refresh_from_db()
    assert owed.done == 0 or not wanted
    KEEPING[form_id](north.project, by=keeper_of(form_id, north), **given | wanted)
    owed.refresh_from_db()
    assert owed.done == 1


def test_a_form_that_nobody_kept_stands_as_missed(north: Community) -> None:
    rule = rules.registry["entries.mtg-01"]
    keeping.make_for(rule, north.project, timezone.now(), since=timezone.now() - timedelta(days=2))
    assert Obligation.objects.filter(clause_id="MTG-01", due_at__lt=timezone.now(), done=0).exists()


@pytest.mark.clause("PLN-01", "PLN-06")
def test_who_has_a_shift_plans_the_day_and_reviews_the_week(north: Community) -> None:
    now, steward = timezone.now(), north.staff["steward"]
    Duty.objects.filter(project=north.project).delete()
    Duty.objects.create(
        project=north.project, employee=steward, post="steward", from_at=now - timedelta(hours=1),
        to_at=now + timedelta(hours=7),
    )  # fmt: skip
    day, week = made(north, "PLN-01"), made(north, "PLN-06")
    assert (day.subject_label, day.subject_id) == ("employee", steward.pk)
    given = filled(book.form("F-DAYPLAN"), north)
    given.pop("review")
    KEEPING["F-DAYPLAN"](north.project, by=north.by("steward"), **given)
    day.refresh_from_db(), week.refresh_from_db()
    assert day.done == 1 and week.done == 0
    KEEPING["F-DAYPLAN"](north.project, by=north.by("steward"), **given | {"review": "本周五件都办完"})
    week.refresh_from_db()
    assert week.done == 1


def test_a_plan_of_somebody_else_settles_nothing_for_me(north: Community) -> None:
    now = timezone.now()
    Duty.objects.filter(project=north.project).delete()
    Duty.objects.create(
        project=north.project, employee=north.staff["steward"], post="steward", from_at=now - timedelta(hours=1),
        to_at=now + timedelta(hours=7),
    )  # fmt: skip
    day = made(north, "PLN-01")
    KEEPING["F-DAYPLAN"](north.project, by=north.by("supervisor"), **filled(book.form("F-DAYPLAN"), north))
    day.refresh_from_db()
    assert day.done == 0
    with pytest.raises(Forbidden):
        KEEPING["F-RECON"](north.project, by=north.by("guard"), **filled(book.form("F-RECON"), north))
