"""The house rules, over the whole source and the whole schema. Exceptions stand in house.json and only shrink."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from guanjia.kernel.fields import InProject, ScopedForeignKey

from . import house

# Referenced by staff of all projects: an employee belongs to the head office, so no composite key can hold it.
COMPANY_WIDE = {"people.Employee", "places.Project"}
# Unique beyond the project, each for a reason.
UNIQUE_ALONE = {
    "people.Employee.account_id",  # an account is one employee
}


@pytest.mark.parametrize("rule", house.RULES)
def test_no_rule_of_the_house_is_broken_anew(rule: str) -> None:
    found, known = house.findings(rule), house.allowed().get(rule, {})
    assert not {name: hits for name, hits in found.items() if hits > known.get(name, 0)}


def test_an_exception_that_is_no_longer_needed_leaves_the_list() -> None:
    found = house.everything()
    stale = {rule: set(known) - set(found.get(rule, {})) for rule, known in house.allowed().items()}
    assert not {rule: names for rule, names in stale.items() if names}, "run: python tests/house.py --record"


def test_the_rules_find_what_they_look_for(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "guanjia" / "domains" / "x"
    (room / "templates").mkdir(parents=True)
    (room / "screens.py").write_text(
        '"""timezone.now() in words"""\nfrom django.utils import timezone\na = timezone.now()\n'
    )
    (room / "templates" / "a.html").write_text('<b style="x">{{ a|safe }}</b><script>1</script><i onclick="x"></i>')
    monkeypatch.setattr(house, "ROOT", tmp_path)
    assert house.source_findings("now") == {"guanjia/domains/x/screens.py": 1}
    for rule in ("inline_style", "inline_script", "inline_handler", "unsafe"):
        assert house.template_findings(rule), rule


def test_every_room_says_what_it_is_for() -> None:
    rooms = [c for c in apps.get_app_configs() if c.name.startswith("guanjia.") and ".tests" not in c.name]
    assert not [c.name for c in rooms if len((c.module.__doc__ or "").strip()) < 40]


# -- the schema ------------------------------------------------------------------------------------------------------


def _models() -> list[Any]:
    own = [m for m in apps.get_models() if m.__module__.startswith("guanjia.") and ".tests." not in m.__module__]
    return [m for m in own if m._meta.managed]


def _operational() -> list[Any]:
    return [m for m in _models() if any(f.name == "project" for f in m._meta.fields)]


def _has_unique(model: Any) -> list[Any]:
    return [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]


def test_every_unique_constraint_of_an_operational_table_contains_the_project() -> None:
    alone = [f"{m._meta.label}.{c.name}" for m in _operational() for c in _has_unique(m) if "project" not in c.fields]
    alone += [
        f"{m._meta.label}.{f.name}"
        for m in _operational()
        for f in m._meta.fields
        if f.unique and not f.primary_key and f"{m._meta.label}.{f.name}" not in UNIQUE_ALONE
    ]
    assert not alone


def test_every_scoped_reference_has_its_composite_constraint() -> None:
    bare = []
    for model in _operational():
        held = {(c.column, c.to) for c in model._meta.constraints if isinstance(c, InProject)}
        for field in model._meta.fields:
            if isinstance(field, ScopedForeignKey):
                target = field.related_model
                if (field.attname, target._meta.db_table) not in held:
                    bare.append(f"{model._meta.label}.{field.name}")
                if not any(tuple(c.fields) == ("project", "id") for c in _has_unique(target)):
                    bare.append(f"{target._meta.label} has no own()")
    assert not bare


def test_a_reference_between_operational_tables_is_a_scoped_one() -> None:
    plain = [
        f"{m._meta.label}.{f.name}"
        for m in _operational()
        for f in m._meta.fields
        if isinstance(f, models.ForeignKey)
        and not isinstance(f, ScopedForeignKey)
        and f.related_model._meta.label not in COMPANY_WIDE
    ]
    assert not plain


def test_names_of_constraints_and_indexes_are_short_enough_to_be_kept_whole() -> None:
    named = [(m._meta.label, entry.name) for m in _models() for entry in (*m._meta.constraints, *m._meta.indexes)]
    assert not [(label, name) for label, name in named if len(name) > 50]
    assert len({name for _label, name in named}) == len(named)


def test_nothing_is_deleted_because_something_else_is() -> None:
    loose = [
        f"{m._meta.label}.{f.name}"
        for m in _models()
        for f in m._meta.fields
        if isinstance(f, models.ForeignKey) and f.remote_field.on_delete is models.CASCADE
    ]
    assert not loose


def test_no_operational_row_points_at_an_account() -> None:
    from guanjia.people.models import Account

    assert not [
        f"{m._meta.label}.{f.name}" for m in _operational() for f in m._meta.fields if f.related_model is Account
    ]


def test_every_text_column_is_bounded_and_no_column_is_a_float() -> None:
    wide = [
        f"{m._meta.label}.{f.name}"
        for m in _models()
        for f in m._meta.fields
        if isinstance(f, models.FloatField) or (type(f) is models.TextField and not f.max_length)
    ]
    assert not wide


@pytest.mark.django_db
def test_what_is_personal_or_secret_names_fields_that_exist() -> None:
    wrong = []
    for model in _operational():
        names = {f.name for f in model._meta.fields}
        wrong += [f"{model._meta.label}.{n}" for n in (model.__dict__.get("PERSONAL") or set()) - names]
        wrong += [f"{model._meta.label}.{n}" for n in (model.__dict__.get("SECRET") or set()) - names]
    assert not wrong


@pytest.mark.django_db
def test_the_migrations_are_complete() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
