"""Every operation of the product at once: named, explained, bound to the Book, bounded, narrowed, refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.utils import translation

from guanjia import book
from guanjia.config.management.commands.permissions import performed
from guanjia.config.permissions import RIGHTS
from guanjia.kernel import operations, subjects
from guanjia.kernel.actors import STAFF, Actor
from guanjia.kernel.outcomes import Forbidden, Unknown
from guanjia.people import posts
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

# Acts of the head office, which name the project they are about.
NAMES_A_PROJECT = {
    "organization.grant_post.project",
    "organization.withdraw_post.project",
    "organization.set_skill.project",
}
# The same word in both languages.
SAME_WORD: frozenset[str] = frozenset()


def test_every_operation_has_a_label_in_chinese_and_in_english() -> None:
    lacking = []
    for operation in performed():
        with translation.override("en"):
            english = str(operation.label)
        with translation.override("zh-hans"):
            chinese = str(operation.label)
        if not english or (english == chinese and operation.name not in SAME_WORD):
            lacking.append(operation.name)
    assert not lacking


def test_every_operation_says_what_it_is_for() -> None:
    assert not [o.name for o in performed() if not (o.body.__doc__ or "").strip()]


def test_every_field_has_a_label_in_chinese() -> None:
    lacking = []
    for operation in performed():
        for name, field in operation.form.base_fields.items():
            with translation.override("zh-hans"):
                words = str(field.label or "")
            hidden = isinstance(field.widget, forms.HiddenInput)
            if not hidden and not any("\u4e00" <= c <= "\u9fff" for c in words):
                lacking.append(f"{operation.name}.{name}")
    assert not lacking


def test_every_clause_that_an_operation_names_is_in_the_book() -> None:
    assert not [(o.name, c) for o in performed() for c in o.clauses if not book.is_clause(c)]


def test_every_operation_is_about_a_thing_with_a_stable_name() -> None:
    known = {subjects.model_of(label) for label in subjects.labels()}
    assert not [o.name for o in performed() if o.model not in known or (o.creates and o.creates not in known)]


def test_every_move_of_a_flow_is_an_operation() -> None:
    verbs: dict[Any, set[str]] = {}
    for operation in operations.registry.values():
        verbs.setdefault(operation.model, set()).add(operation.verb)
    flows = {label: subjects.model_of(label) for label in subjects.labels()}
    lacking = {
        label: set(model.FLOW) - verbs.get(model, set()) for label, model in flows.items() if getattr(model, "FLOW", {})
    }
    assert not {label: missing for label, missing in lacking.items() if missing}


def test_what_is_secret_or_personal_in_a_form_is_a_field_of_it() -> None:
    wrong = {o.name: (o.form.personal | o.form.secret) - _fields_of(o.form) for o in performed()}
    assert not {name: strange for name, strange in wrong.items() if strange}


def _fields_of(form: type[forms.Form]) -> set[str]:
    """The fields of every form that shares this form's list of what is personal."""
    said_by = next(base for base in form.__mro__ if "personal" in vars(base))
    found, waiting = set(form.base_fields), [said_by]
    while waiting:
        base = waiting.pop()
        found |= set(getattr(base, "base_fields", ()))
        waiting += base.__subclasses__()
    return found


def _form(operation: operations.Operation, community: Community) -> forms.Form:
    """The operation's form as the manager of a project meets it."""
    by = _actor(community.project.pk, posts.EVERYONE)
    project = community.project
    subject = project if operation.model is Project else operation.model(pk=1, project=project)
    return operation.form(by=by, subject=subject)


def _actor(project_id: int, held: frozenset[str]) -> Actor:
    return Actor(STAFF, 1, "x", 1, {project_id: held})


@pytest.mark.django_db
def test_every_reference_is_narrowed_to_the_project(north: Community, south: Community) -> None:
    foreign: dict[Any, set[int]] = {}
    for thing in (*vars(south).values(), *south.staff.values()):
        if hasattr(thing, "SUBJECT"):
            foreign.setdefault(type(thing), set()).add(thing.pk)
    wide = []
    for operation in performed():
        if operation.internal:
            continue
        for name, field in _form(operation, north).fields.items():
            if isinstance(field, forms.ModelChoiceField):
                model = field.queryset.model
                rows = field.queryset.filter(pk__in=foreign.get(model, ()))
                beyond = field.queryset.filter(project=south.project) if model is not Project else rows
                if rows.exists() or beyond.exists():
                    wide.append(f"{operation.name}.{name}")
    assert not set(wide) - NAMES_A_PROJECT


@pytest.mark.django_db
def test_every_text_and_number_is_bounded(north: Community) -> None:
    unbounded = []
    for operation in performed():
        for name, field in _form(operation, north).fields.items():
            text = isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField)
            if text and not 0 < (field.max_length or 0) <= 5000:
                unbounded.append(f"{operation.name}.{name}")
            if type(field) is forms.IntegerField and not (field.max_value or 0) < 2**31:
                unbounded.append(f"{operation.name}.{name}")
    assert not unbounded


def _ask(operation: operations.Operation, subject: Any, by: Actor) -> None:
    """Perform it; a batch that creates takes its rows beside the thing."""
    rows: tuple[list[Any], ...] = ([],) if isinstance(operation, operations.Batch) else ()
    operation(subject, *rows, by=by)


@pytest.mark.django_db
def test_every_post_without_the_right_is_refused_every_operation(north: Community) -> None:
    let_in = []
    everyone = posts.EVERYONE | {posts.RESIDENT}
    subject = SimpleNamespace(pk=1, project_id=north.project.pk)
    for operation in performed():
        for post in everyone - RIGHTS.get(operation.name, frozenset()):
            try:
                _ask(operation, subject, _actor(north.project.pk, frozenset({post})))
            except Forbidden:
                continue
            except Exception as error:
                let_in.append((operation.name, post, repr(error)))
            else:
                let_in.append((operation.name, post, "done"))
    assert not let_in


@pytest.mark.django_db
def test_every_operation_is_unknown_to_another_project(north: Community, south: Community) -> None:
    subject = SimpleNamespace(pk=1, project_id=north.project.pk)
    for operation in performed():
        with pytest.raises(Unknown):
            _ask(operation, subject, _actor(south.project.pk, posts.EVERYONE))
