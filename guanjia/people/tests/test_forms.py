"""Colleagues as a form names them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from guanjia.kernel.actors import STAFF, Actor
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Employee

from .cast import Community


class Naming(ColleagueForm):
    colleagues = ("keeper",)
    others = ("witness",)

    keeper = forms.ModelChoiceField(Employee.objects.all())
    witness = forms.ModelChoiceField(Employee.objects.all())


@pytest.mark.django_db
def test_named_are_those_with_a_post_here_and_as_a_witness_never_oneself(north: Community, south: Community) -> None:
    steward = north.staff["steward"]
    by = Actor(STAFF, steward.pk, steward.name, 1, {north.project.pk: frozenset({"steward"})})
    fields: dict[str, Any] = Naming(by=by, subject=north.project).fields
    keepers, witnesses = (set(fields[name].queryset) for name in ("keeper", "witness"))
    assert steward in keepers
    assert keepers - witnesses == {steward}
    assert not keepers & set(south.staff.values())
