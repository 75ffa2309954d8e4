"""The addresses of the API. Who asks, which project, which thing: then the operation or the query does the rest."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.kernel import operations
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.people import login as people
from guanjia.places.models import Project
from guanjia.web.doors import Request

from . import clients, queries, reading, schema, things, tokens
from .doors import open_door, token_door
from .problems import Problem, answer
from .things import Thing

SIGN_IN = ("username", "password", "name", "code")


@open_door("POST")
def login(request: Request) -> HttpResponse:
    """A bearer token for a name and a password."""
    content = reading.json_object(request)
    errors = {
        name: [_("This is required and has at most %(most)d characters.") % {"most": most}]
        for name, most in (("username", 60), ("password", 200))
        if not isinstance(content.get(name), str) or not 0 < len(content[name]) <= most
    }
    errors |= {name: [_("This is not known here.")] for name in content if name not in SIGN_IN}
    for name, most in (("code", 20),):
        if name in content and (not isinstance(content[name], str) or not 0 < len(content[name]) <= most):
            errors[name] = [_("This is not the kind of value that belongs here.")]
    if not isinstance(content.get("name", ""), str) or len(content.get("name", "")) > 40:
        errors["name"] = [_("This is too long.")]
    if errors:
        raise Refused.many(errors)
    sent = {name: content[name] for name in SIGN_IN if name in content}
    token, row = tokens.issue(**sent, at=timezone.now())
    return answer({"token": token, "token_type": "Bearer", "expires_at": queries.stamp(row.expires_at)})


@token_door("POST")
def logout(request: Request) -> HttpResponse:
    """End this token."""
    tokens.revoke(request)
    return answer({}, 204)


@token_door("GET")
def me(request: Request) -> HttpResponse:
    """Who the caller is now: posts and homes by project."""
    return answer(queries.me(request.actor))


@token_door("GET")
def collection(request: Request, project: str, slug: str) -> HttpResponse:
    """A page of things, newest first."""
    by: Actor = request.actor
    place, kind = _where(by, project, slug)
    _may_read(by, slug)
    return answer(queries.page(kind, place, by, request.GET))


@token_door("GET", "POST")
def one(request: Request, project: str, slug: str, word: str) -> HttpResponse:
    """A thing, or a new one made by an operation."""
    by: Actor = request.actor
    place, kind = _where(by, project, slug)
    if request.method == "GET":
        _may_read(by, slug)
        return answer(kind.shown(queries.thing(kind, place, by, reading.number(word))))
    return _perform(request, by, kind.creators.get(word), place, place)


@token_door("GET", "POST")
def act(request: Request, project: str, slug: str, number: str, word: str) -> HttpResponse:
    """An operation on a thing; or what happened to it, and what may be done with it."""
    by: Actor = request.actor
    place, kind = _where(by, project, slug)
    if request.method == "POST":
        return _do(request, by, kind, place, reading.number(number), word)
    thing = queries.thing(kind, place, by, reading.number(number))
    _may_read(by, slug)
    if word == "events" and by.is_staff:  # who did what inside the house is not shown outside
        return answer({"items": queries.events_of(thing)})
    if word == "operations":
        return answer({"items": queries.offers_of(kind, thing, by)})
    raise Unknown(word)


def _do(request: Request, by: Actor, kind: Thing, place: Project, number: int, word: str) -> HttpResponse:
    """A verb on a thing. The operation itself looks for it, through the caller's reach, when it locks it."""
    operation = kind.verbs.get(word)
    if operation is None or operation.creates or operation.second or kind.is_project:
        return _perform(request, by, operation, queries.thing(kind, place, by, number), place)
    try:
        return _perform(request, by, operation, kind.model(pk=number, project=place), place)
    except Forbidden:
        queries.thing(kind, place, by, number)  # what is not theirs to see is not there: 404 before 403
        raise


@open_door("GET")
def openapi(request: Request) -> HttpResponse:
    """The description of everything above, generated from the registry."""
    return answer(schema.document())


@open_door("GET")
def docs(request: Request) -> HttpResponse:
    """The same for people."""
    return render(request, "api/docs.html", {"groups": schema.groups(), "document": schema.document()})


@open_door("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
def nowhere(request: Request, rest: str = "") -> HttpResponse:
    """Everything else is not found, as a problem."""
    raise Problem(404)


def _may_read(by: Actor, slug: str) -> None:
    """A program reads the kinds on its list. Raises Forbidden."""
    if not clients.may_read(by, slug):
        raise Forbidden(f"read:{slug}")


def _where(by: Actor, code: str, slug: str) -> tuple[Project, Thing]:
    """The project, if the caller has a post or home there, and the kind. Raises Unknown."""
    kind = things.all_things().get(slug)
    place = next((project for project in people.projects_of(by) if project.code == code), None)
    if kind is None or place is None:
        raise Unknown(slug)
    return place, kind


def _perform(
    request: Request, by: Actor, operation: operations.Operation | None, subject: Any, place: Project
) -> HttpResponse:
    if operation is None:
        raise Unknown("operation")
    key = reading.idempotency_key(request)
    if isinstance(operation, operations.Batch):
        rows = reading.rows(request, operation.form)
        made = operation.submit(subject, by=by, data={"rows": rows}, key=key)
        return answer({"made": len(made), "ids": [str(thing.pk) for thing in made]}, 201)
    data, files = reading.given(request, operation.form)
    at = reading.claimed(by, data, operation.form)
    data, at = reading.witnessed(at, data, operation, subject, by.at)
    data, at = reading.signed(at, data, operation, subject, by.at)
    try:
        thing = operation.submit(subject, by=at, data=data, files=files, key=key, strict=True)
    except operations.Stored as waits:
        return _put_forward(waits, place)
    kind = things.of(type(thing))
    if kind is None:
        return answer({"id": str(thing.pk)}, 201 if operation.creates else 200)
    if not operation.creates:
        return answer(kind.shown(thing))
    return answer(kind.shown(thing), 201, Location=f"/api/p/{place.code}/{kind.slug}/{thing.pk}")


def _put_forward(waits: operations.Stored, place: Project) -> HttpResponse:
    """202: not done but kept; the answer is the approval it waits for, to be looked at again."""
    kept, kind = waits.thing, things.of(type(waits.thing))
    if kind is None:
        return answer({"id": str(kept.pk), "detail": waits.sentence}, 202)
    told = {**kind.shown(kept), "detail": waits.sentence}
    return answer(told, 202, Location=f"/api/p/{place.code}/{kind.slug}/{kept.pk}")
