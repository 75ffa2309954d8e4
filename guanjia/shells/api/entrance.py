"""The description of signing in and out, and of what goes wrong: what no operation's form defines."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from guanjia.people import presence

PROBLEM = {"$ref": "#/components/responses/Problem"}
TOO_MANY = {"$ref": "#/components/responses/TooMany"}
_TEXT = {"type": "string"}


def in_json(schema: dict[str, Any]) -> dict[str, Any]:
    """A good answer."""
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}


def problem() -> dict[str, Any]:
    """What every failure looks like."""
    lines = {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}}
    factor = _("`code`: send the code of the authenticator app too. `enrol`: set a second factor up on the page first.")
    return {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT,
                       "errors": lines, "clause": _TEXT, "right": _TEXT, "request_id": _TEXT,
                       "second_factor": {"enum": ["code", "enrol"], "description": factor}},
    }  # fmt: skip


def responses() -> dict[str, Any]:
    """What goes wrong, as every path refers to it."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    wait = {"description": _("Seconds until it is worth asking again."), "schema": {"type": "integer", "minimum": 1}}
    return {
        "Problem": {"description": _("Nothing has changed; the answer says why."), "content": content},
        "TooMany": {
            "description": _("More requests a minute than this token has, or too many attempts to sign in."),
            "headers": {"Retry-After": wait},
            "content": content,
        },
    }


def paths() -> dict[str, Any]:
    """Signing in and out."""
    text = {"type": "string", "minLength": 1}
    code = _("Six digits of the authenticator app or a recovery code, where the account has a second factor.")
    sent = {"type": "object", "required": ["username", "password"], "additionalProperties": False, "properties": {
        "username": text | {"maxLength": 60}, "password": text | {"maxLength": 200},
        "code": text | {"maxLength": 20, "description": code},
        "name": {"type": "string", "maxLength": 40}}}  # fmt: skip
    got = {"type": "object", "required": ["token", "token_type", "expires_at"], "properties": {
        "token": {"type": "string"}, "token_type": {"const": "Bearer"},
        "expires_at": {"type": "string", "format": "date-time"}}}  # fmt: skip
    post = {"operationId": "login", "tags": [""], "security": [], "responses": {"200": in_json(got), "4XX": PROBLEM},
            "requestBody": {"required": True, "content": {"application/json": {"schema": sent}}}}  # fmt: skip
    out = {"operationId": "logout", "tags": [""], "responses": {"204": {"description": "OK"}, "4XX": PROBLEM}}
    me = {"operationId": "me", "tags": [""], "responses": {"200": in_json({"type": "object"}), "4XX": PROBLEM}}
    return {"/login": {"post": post}, "/logout": {"post": out}, "/me": {"get": me}}


def second_person(others: int = 1) -> dict[str, Any]:
    """The members of an act that takes somebody else beside, or two of them."""
    told = _("A second person at this act: a colleague's job number, and their PIN or the code of their app.")
    members: dict[str, Any] = {}
    for who, proof in presence.asked(others):
        members[who] = {"type": "string", "minLength": 1, "maxLength": 60, "description": told}
        members[proof] = {"type": "string", "minLength": 1, "maxLength": 20}
    return members


def own_pin() -> dict[str, Any]:
    """The member of a signature whose rule wants it proved."""
    told = _("Your own PIN, where the rule wants the signature proved by it.")
    return {"pin": {"type": "string", "minLength": 1, "maxLength": 128, "description": told}}
