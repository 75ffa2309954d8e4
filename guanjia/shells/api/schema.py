"""OpenAPI 3.1 generated from the registry: an operation's form is the only definition of its input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from guanjia.kernel.forms import FilesField
from guanjia.kernel.operations import Batch, Operation
from guanjia.kernel.operations.batches import MOST_ROWS
from guanjia.parts.approvals import rules

from . import entrance, queries, reading, things
from .entrance import PROBLEM, TOO_MANY, in_json
from .inputs import ID, form_schema
from .things import Thing


def document() -> dict[str, Any]:
    """The whole description, in the language of the request."""
    paths: dict[str, Any] = dict(entrance.paths())
    for thing in things.all_things().values():
        paths |= _paths(thing)
    for methods in paths.values():
        for described in methods.values():
            described["responses"]["429"] = TOO_MANY
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Guanjia",
            "version": "1",
            "description": _(
                "The same operations and queries as on the pages. Ids are text, times are UTC, money is in fen."
            ),
        },
        "servers": [{"url": "/api"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {t.label: thing_schema(t) for t in things.all_things().values()}
            | {"Problem": entrance.problem()},
            "parameters": _parameters(),
            "responses": entrance.responses(),
        },
    }


def groups() -> list[dict[str, Any]]:
    """The operations of each kind, as the page for people lists them."""
    return [
        {
            "thing": thing,
            "fields": [things.key_of(f) for f in thing.fields],
            "filters": [things.key_of(f) for f in thing.filters],
            "operations": [_told(path, operation) for path, operation in _operations(thing)],
        }
        for thing in things.all_things().values()
    ]


def _told(path: str, operation: Operation) -> dict[str, Any]:
    schema = form_schema(operation.form)
    return {
        "path": path,
        "operation": operation,
        "fields": list(schema["properties"].items()),
        "required": schema.get("required", []),
    }


def _operations(thing: Thing) -> list[tuple[str, Operation]]:
    made = [(f"/p/{{project}}/{thing.slug}/{word}", o) for word, o in thing.creators.items()]
    return made + [(f"/p/{{project}}/{thing.slug}/{{id}}/{word}", o) for word, o in thing.verbs.items()]


def _paths(thing: Thing) -> dict[str, Any]:
    project = {"$ref": "#/components/parameters/project"}
    one = [project, {"$ref": "#/components/parameters/id"}]
    shown = {"$ref": f"#/components/schemas/{thing.label}"}
    items = {"type": "array", "items": shown, "maxItems": queries.MOST}
    page = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {"items": items, "next": {"type": ["string", "null"]}},
    }
    base = f"/p/{{project}}/{thing.slug}"
    paths: dict[str, Any] = {
        base: {"get": _read(thing, "list", page, [project, *_query(thing)])},
        f"{base}/{{id}}": {"get": _read(thing, "one", shown, one)},
        f"{base}/{{id}}/events": {"get": _read(thing, "events", _rows(), one)},
        f"{base}/{{id}}/operations": {"get": _read(thing, "operations", _rows(), one)},
    }
    for path, operation in _operations(thing):
        paths[path] = {"post": _write(operation, one if "{id}" in path else [project])}
    return paths


def _rows() -> dict[str, Any]:
    rows = {"type": "array", "items": {"type": "object"}}
    return {"type": "object", "required": ["items"], "properties": {"items": rows}}


def _read(thing: Thing, what: str, schema: dict[str, Any], parameters: list[Any]) -> dict[str, Any]:
    return {
        "operationId": f"{thing.slug}.{what}",
        "tags": [thing.slug],
        "parameters": parameters,
        "responses": {"200": in_json(schema), "4XX": PROBLEM},
    }


def _write(operation: Operation, parameters: list[Any]) -> dict[str, Any]:
    if isinstance(operation, Batch):
        return _write_many(operation, parameters)
    schema = form_schema(operation.form)
    late = _("When it happened, if not now: a late entry.")
    schema["properties"].setdefault("at", {"type": "string", "format": "date-time", "description": late})
    if operation.second:
        schema["properties"] |= entrance.second_person(operation.others)
        schema["required"] = [*schema.get("required", []), *entrance.second_person(operation.others)]
    if reading.signs(operation):
        schema["properties"] |= entrance.own_pin()
    has_files = any(isinstance(f, forms.FileField | FilesField) for f in operation.form.base_fields.values())
    content = {"multipart/form-data": {"schema": schema}}
    if not has_files:
        content["application/json"] = {"schema": schema}
    made = things.of(operation.creates or operation.model)
    shown = {"$ref": f"#/components/schemas/{made.label}"} if made else {"type": "object"}
    return _told_write(operation, parameters, schema, content, shown)


def _write_many(operation: Operation, parameters: list[Any]) -> dict[str, Any]:
    """A batch: the same form for each row, all of them or none."""
    rows = {"type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": form_schema(operation.form)}
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"rows": rows},
        "required": ["rows"],
    }
    ids = {"type": "array", "items": {"type": "string"}}
    shown = {"type": "object", "properties": {"made": {"type": "integer"}, "ids": ids}}
    return _told_write(operation, parameters, schema, {"application/json": {"schema": schema}}, shown)


def _told_write(
    operation: Operation, parameters: list[Any], schema: dict[str, Any], content: dict[str, Any], shown: dict[str, Any]
) -> dict[str, Any]:
    return {
        "operationId": operation.name,
        "summary": str(operation.label),
        "description": " ".join((operation.__doc__ or "").split()),
        "tags": [things.of(operation.model).slug] if things.of(operation.model) else [],  # type: ignore[union-attr]
        "x-right": operation.name,
        "x-clauses": list(operation.clauses),
        "parameters": [*parameters, {"$ref": "#/components/parameters/key"}],
        "requestBody": {"required": bool(schema.get("required")), "content": content},
        "responses": {"201" if operation.creates else "200": in_json(shown), **_kept(operation), "4XX": PROBLEM},
    }


def _kept(operation: Operation) -> dict[str, Any]:
    """202, where a rule may keep the call for somebody else's signature."""
    if not rules.of_operation(operation.name):
        return {}
    told = _("Not done yet: it waits for approval. The answer is the approval; look at it again for the outcome.")
    return {"202": {**in_json({"$ref": "#/components/schemas/approval"}), "description": told}}


def thing_schema(thing: Thing) -> dict[str, Any]:
    """What a thing looks like; masked fields say so."""
    properties = {}
    for field in thing.fields:
        schema: dict[str, Any] = {"title": str(field.verbose_name)}
        schema["type"] = _json_type(field, masked=field.name in thing.model.PERSONAL)
        if field.name in thing.model.PERSONAL:
            schema["description"] = _("Personal: masked.")
        properties[things.key_of(field)] = {k: v for k, v in schema.items() if v}
    return {"type": "object", "properties": properties}


def _json_type(field: models.Field[Any, Any], *, masked: bool) -> Any:
    if isinstance(field, models.JSONField) and not masked:
        return None
    kind = "string"
    if not masked and not things.is_id(field):
        if isinstance(field, models.BooleanField):
            kind = "boolean"
        elif isinstance(field, models.IntegerField):
            kind = "integer"
    return [kind, "null"] if field.null or masked else kind


def _query(thing: Thing) -> list[dict[str, Any]]:
    search = [_in_query("q", {"type": "string", "minLength": 1, "maxLength": 100})] if thing.is_searched else []
    paging = [{"$ref": "#/components/parameters/after"}, {"$ref": "#/components/parameters/limit"}]
    return paging + search + [_in_query(things.key_of(f), _filter_schema(f)) for f in thing.filters]


def _filter_schema(field: models.Field[Any, Any]) -> dict[str, Any]:
    if field.choices:
        return {"type": "string", "enum": [str(value) for value, _word in field.flatchoices]}
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    return dict(ID) if things.is_id(field) else {"type": "string", "maxLength": field.max_length or 100}


def _in_query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def _parameters() -> dict[str, Any]:
    code = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,20}$"}
    key = {"type": "string", "minLength": 1, "maxLength": 80}
    limit = {"type": "integer", "minimum": 1, "maximum": queries.MOST, "default": queries.USUAL}
    return {
        "project": {"name": "project", "in": "path", "required": True, "schema": code},
        "id": {"name": "id", "in": "path", "required": True, "schema": ID},
        "after": _in_query("after", ID) | {"description": _("`next` of the page before.")},
        "limit": _in_query("limit", limit),
        "key": {"name": "Idempotency-Key", "in": "header", "required": True, "schema": key,
                "description": _("The same for a retry, a new one for a new act.")},
    }  # fmt: skip
