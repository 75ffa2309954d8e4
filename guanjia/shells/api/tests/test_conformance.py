"""The whole description against the running API: whatever is sent, no server error, and answers as described.

Schemathesis makes the requests from the description itself, valid and broken ones. Here a few of each operation; the
drill sends many more (bin/drill).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from guanjia.domains.repairs.tests.taking import take
from guanjia.kernel import subjects
from guanjia.people import posts
from guanjia.people.models import Account, ApiToken, Posting
from guanjia.people.tests.cast import Community
from guanjia.shells.api import things, tokens
from tests.conftest import known  # noqa: F401  (a fixture)

CHECKS = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The requests run in the transaction of the test: its connection stays when one ends, as with Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(north: Community) -> str:
    """Somebody with every post, so that what is sent reaches the operations themselves."""
    person = north.staff["manager"]
    for post in posts.EVERYONE - {posts.PROJECT_MANAGER}:
        Posting.objects.create(project=north.project, employee=person, post=post, from_on=date(2024, 1, 1))
    made = secrets.token_urlsafe(32)
    account = Account.objects.get(pk=person.account_id)
    ApiToken.objects.create(
        account_id=account.pk, digest=tokens.digest(made), is_strong=True, expires_at=timezone.now() + tokens.LIFE
    )
    return made


def known_ids(north: Community) -> dict[str, str]:
    """One existing thing of each kind, where there is one."""
    from guanjia.kernel.actors import system

    take(north, executor=north.staff["technician"])
    found = {}
    for slug, kind in things.all_things().items():
        rows = subjects.model_of(kind.label).visible_to(system())
        rows = rows.filter(pk=north.project.pk) if kind.is_project else rows.filter(project_id=north.project.pk)
        first = rows.order_by("pk").values_list("pk", flat=True).first()
        if first is not None:
            found[slug] = str(first)
    return found


def run(north: Community, token: str, examples: int) -> tuple[int, list[str]]:
    """Every operation of the description; how many requests, and what is wrong."""
    config = SchemathesisConfig.from_dict({"seed": 20260318})
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application(), config=config)
    ids, wrong, count = known_ids(north), [], 0
    for found in schema.get_all_operations():
        operation = found.ok()
        seen: list[int] = []
        try:
            _sent(operation, token, ids, examples, seen)
        except Exception as error:
            wrong.append(f"{operation.method.upper()} {operation.path}: {error}"[:1500])
        count += len(seen)
    return count, wrong


def _sent(operation: Any, token: str, ids: dict[str, str], examples: int, seen: list[int]) -> None:
    """Some requests of one operation. Raises what is wrong with the first bad answer."""
    slug = operation.path.split("/")[3] if operation.path.startswith("/p/") else ""

    @given(case=operation.as_strategy())
    @bounds(max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck))  # fmt: skip
    def one(case: Any) -> None:
        seen.append(1)
        if "project" in (case.path_parameters or {}):
            case.path_parameters["project"] = "north"
        if "id" in (case.path_parameters or {}) and slug in ids and len(seen) % 4:
            case.path_parameters["id"] = ids[slug]
        if operation.path != "/logout":
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
        case.validate_response(case.call(), checks=CHECKS)

    one()


@pytest.mark.long
@pytest.mark.django_db
def test_every_operation_answers_as_described(north: Community, token: str, known: None) -> None:  # noqa: F811  (the fixture)
    assert settings.DEBUG is False
    count, wrong = run(north, token, 2)
    assert not wrong, "\n\n".join(wrong)
    assert count > 200


@pytest.mark.drill
@pytest.mark.django_db
def test_every_operation_answers_as_described_however_often(north: Community, token: str) -> None:
    count, wrong = run(north, token, 40)
    assert not wrong, "\n\n".join(wrong)
    assert count > 3000
