"""The description: true to the registry, readable by people, and nothing sent after it makes the server fail."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanjia.kernel import operations
from guanjia.kernel.models import Event
from guanjia.people.tests.cast import Community
from guanjia.shells.api import schema, things
from guanjia.shells.api.tests.caller import Caller


def test_every_operation_that_people_perform_has_one_address(db: None) -> None:
    paths = Client().get("/api/openapi.json").json()["paths"]
    told = sorted(w["operationId"] for p in paths.values() for w in p.values() if "x-right" in w)
    offered = {t.model for t in things.all_things().values()}
    open_here = [o for o in operations.registry.values() if not o.internal and not things.is_own_key(o)]
    expected = [o.name for o in open_here if (o.creates or o.model) in offered]
    assert set(expected) <= set(told) and len(told) == len(set(told))


def test_a_form_is_told_with_types_lengths_and_what_is_required() -> None:
    from guanjia.kernel.tests.room import OpenForm

    told = schema.form_schema(OpenForm)
    assert told["required"] == ["words"] and told["additionalProperties"] is False
    assert told["properties"]["words"] == {"type": "string", "maxLength": 50, "minLength": 1}
    assert told["properties"]["house"] == schema.ID


def test_the_document_holds_together(db: None) -> None:
    document = Client().get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        node = document
        for step in reference.split("/"):
            node = node[step]
    for path, item in document["paths"].items():
        named = set(re.findall(r"{(\w+)}", path))
        for told in item.values():
            given_names = {p.get("name") or p["$ref"].rsplit("/", 1)[1] for p in told.get("parameters", [])}
            assert named <= given_names, path


def test_secret_fields_are_in_no_schema(db: None) -> None:
    schemas = Client().get("/api/openapi.json").json()["components"]["schemas"]
    for thing in things.all_things().values():
        assert not set(schemas[thing.label]["properties"]) & set(thing.model.SECRET)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_for_people_loads_nothing_from_elsewhere(db: None, language: str) -> None:
    answer = Client().get("/api/docs", headers={"Accept-Language": language})
    page = answer.content.decode()
    assert answer.status_code == 200 and "/api/openapi.json" in page
    assert ("登记礼品" if language == "zh-CN" else "Register a gift") in page
    assert "default-src" in answer["Content-Security-Policy"] and not re.search(r'(src|href)="https?:', page)
    assert " style=" not in page and "onclick" not in page


# -- nothing sent makes it fail --------------------------------------------------------------------------------------

TEXT = st.text(max_size=60) | st.sampled_from(
    ["", "\x00", "9" * 40, "-1", "1e99", "=1+1", "2026-02-30", "\u202e", "NaN"]
)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=6,
)


def _likely(told: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A value that the schema asks for, or near to it."""
    if "enum" in told:
        return st.sampled_from(told["enum"] or [""]) | VALUE
    if told.get("format") in ("date", "date-time"):
        return st.datetimes().map(lambda at: at.isoformat()) | VALUE
    if told.get("type") == "integer":
        return st.integers(-5, 10**12) | VALUE
    if told.get("pattern"):
        return st.integers(0, 60).map(str) | VALUE
    return VALUE


def _body(told: dict[str, Any]) -> st.SearchStrategy[Any]:
    fields = {name: _likely(field) for name, field in told.get("properties", {}).items()}
    return st.fixed_dictionaries({}, optional=fields) | st.dictionaries(TEXT, VALUE, max_size=3) | VALUE


@pytest.mark.django_db
@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_input_makes_the_server_fail(north: Community, data: st.DataObject) -> None:
    from django.db import transaction

    caller = Caller(north, data.draw(st.sampled_from(["receptionist", "steward", "supervisor", "manager", "owner"])))
    document = schema.document()
    path = data.draw(st.sampled_from(sorted(document["paths"])))
    sids = st.sampled_from([str(north.project.pk), str(north.owner.pk), str(north.house.pk)]) | TEXT
    target = path.replace("{project}", "north").replace("{id}", _quoted(data.draw(sids)))
    (method, told), *_ = document["paths"][path].items()
    with transaction.atomic():
        if method == "get":
            names = (
                [p["name"] for p in told["parameters"] if "name" in p] + ["after", "limit", "x"]
                if "parameters" in told
                else []
            )
            query = (
                {n: data.draw(TEXT) for n in data.draw(st.lists(st.sampled_from(names), max_size=2))} if names else {}
            )
            answer = caller.client.get(f"/api{target}", query, headers={"Authorization": f"Bearer {caller.token}"})
        else:
            content = told.get("requestBody", {}).get("content", {})
            body = data.draw(_body(next(iter(content.values()), {}).get("schema", {})))
            caller.base = "/api"
            answer = caller.post(target, json.dumps(body))
        assert answer.status_code < 500, (method, target, answer.content)
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert not Event.objects.filter(actor_kind="x").exists()  # the connection still answers
        transaction.set_rollback(True)


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="") or "0"
