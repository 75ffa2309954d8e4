"""The doors of pages: who may enter a project's pages, numbers in addresses, and how a form meets its operation."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import register_converter
from django.urls.converters import get_converters
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.people import login, presence, second, sessions
from guanjia.places.models import Project

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request that came in by one of these doors: who acts, and in which project."""

    actor: Actor
    project: Project


Thing = TypeVar("Thing")
# Where somebody is sent before anything else; these pages let them in.
PASSWORD, SECOND = "/account/password", "/account/second"


class IdConverter:
    """An id that fits a bigint: what is longer is no address at all, so it answers 404."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(int(value))


class NameConverter:
    """A label or a verb: lower case, bounded."""

    regex = "[a-z][a-z_]{0,59}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: Any) -> str:
        return str(value)


for _name, _converter in (("id", IdConverter), ("name", NameConverter)):
    if _name not in get_converters():
        register_converter(_converter, _name)


def staff_page(view: View) -> View:
    """A page of a project for its staff: `request.project` is set; who holds no post there meets a 404."""

    @functools.wraps(view)
    def enter(request: HttpRequest, project: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return _entered(request, project, lambda by: set(by.posts) if by.is_staff else set()) or view(
            request, *args, **kwargs
        )

    return enter


def resident_page(view: View) -> View:
    """A page of a project for those who have a home there."""

    @functools.wraps(view)
    def enter(request: HttpRequest, project: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return _entered(request, project, lambda by: set(by.homes) if by.is_resident else set()) or view(
            request, *args, **kwargs
        )

    return enter


def member_page(view: View) -> View:
    """A page of a project for its staff and its residents alike; what they see there, the thing itself decides."""

    @functools.wraps(view)
    def enter(request: HttpRequest, project: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return _entered(request, project, lambda by: {*by.posts, *by.homes}) or view(request, *args, **kwargs)

    return enter


def _entered(request: Any, project: str, ids: Callable[[Actor], set[int]]) -> HttpResponse | None:
    """None to let in, with `request.project` set. Raises Http404 for a project that is not theirs."""
    if (turned_away := _at_the_door(request)) is not None:
        return turned_away
    request.project = _chosen(request, project, ids(request.actor))
    return None


def signed_in(view: View) -> View:
    """A page that belongs to no project: the start page, my account."""

    @functools.wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _at_the_door(request) or view(request, *args, **kwargs)

    return enter


def projects_of(request: Any) -> list[Project]:
    """The projects of who is signed in."""
    return login.projects_of(request.actor) if request.actor is not None else []


def _chosen(request: Any, code: str, ids: set[int]) -> Project:
    for project in projects_of(request):
        if project.code == code and project.pk in ids:
            return project
    raise Http404


def _at_the_door(request: Any) -> HttpResponse | None:
    """None to let in. Nobody: the login page, or 401 to a fragment, so that no login page lands inside a page."""
    if request.actor is None:
        return _sent_to("/login", request)
    if sessions.is_locked(request.session, request.actor.at, is_poll="X-Poll" in request.headers):
        return _sent_to("/lock", request)
    if request.user.must_change_password:
        return _sent_to(PASSWORD, request) if request.path != PASSWORD else None
    if second.is_owed(request.actor, request.session):
        return _sent_to(SECOND, request) if request.path != SECOND else None
    return None


def _sent_to(place: str, request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(_("Log in again to go on."), status=401, headers={"X-Login": place})
    back = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(place if back == "/" else f"{place}?{urlencode({'next': back})}")


# -- a form and its operation ----------------------------------------------------------------------------------------


def claimed(request: Any, project: Project | None = None) -> Actor:
    """The actor of this request, at the moment it says it happened (`at`, the project's own time). Raises Refused."""
    by: Actor = request.actor
    said = request.POST.get("at", "").strip()[:40]
    if not said:
        return by
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise Refused("at", _("This is not a time. Write it like 2026-03-18 10:24.")) from None
    if timezone.is_naive(at):
        zone = ZoneInfo((project or request.project).zone)
        at = at.replace(tzinfo=zone)
    try:
        return by.moment(at.astimezone(ZoneInfo("UTC")))
    except OverflowError:
        raise Refused("at", _("This is not a time. Write it like 2026-03-18 10:24.")) from None


def perform(request: Any, operation: Operation, subject: Any, **more: Any) -> Any:
    """Do what the form asks for, once: the key and the claimed time come with the form. Raises an Outcome."""
    key = request.POST.get("idempotency_key", "")[:80] or None
    by = witnessed(request, operation, subject, claimed(request))
    return operation.submit(subject, by=by, data=_with(request.POST, more), files=request.FILES, key=key)


def _with(given: Any, more: Mapping[str, Any]) -> Any:
    """What was sent, and what the page knows without asking."""
    if not more:
        return given
    data = given.copy()
    data.update(more)
    return data


def witnessed(request: Any, operation: Operation, subject: Any, by: Actor) -> Actor:
    """For an act that takes two: with the second person who identified on the same form. Raises Refused."""
    if not operation.second:
        return by
    project_id, at = subject.project_id, request.actor.at
    return presence.with_others(by, project_id, operation.second, request.POST, at, operation.others)


def asked_for(request: HttpRequest, operation: Operation) -> dict[str, str]:
    """What an address proposes for the fields of a form: `?lot=12`."""
    names = set(operation.form.base_fields) - operation.form.secret
    return {name: str(value)[:500] for name, value in request.GET.items() if name in names}


def refused_form(request: Any, operation: Operation, subject: Any, outcome: Refused, **more: Any) -> forms.Form:
    """The form as it was sent (`more` as for `perform`), with every refusal at its field."""
    form = operation.new_form(subject, request.actor, _with(request.POST, more), request.FILES)
    form.is_valid()
    for name, sentences in outcome.errors.items():
        field = name if name in form.fields else None
        known = [str(line) for line in form.errors.get(name or "__all__", [])]
        for sentence in sentences:
            if str(sentence) not in known:
                form.add_error(field, forms.ValidationError(sentence, code=outcome.clause or None))
    return form


def answer(
    request: Any,
    operation: Operation,
    subject: Any,
    *,
    success_url: str | Callable[[Any], str],
    template: str,
    context: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None,
    said: str | Callable[[Any], str] = "",
) -> HttpResponse:
    """Run an operation's form and go on; a refusal shows the same page again with what was typed (422, or 409)."""
    try:
        thing = perform(request, operation, subject)
    except Refused as outcome:
        shown = dict(context() if callable(context) else context or {})
        shown["form"] = refused_form(request, operation, subject, outcome)
        if isinstance(outcome, Conflict):
            shown["notices"] = [
                {"tone": "warn", "title": outcome.sentence, "words": _("What you wrote is still here.")}
            ]
        return render(request, template, shown, status=outcome.status)
    words = said(thing) if callable(said) else said
    if words:
        say(request, words)
    return go(request, success_url(thing) if callable(success_url) else success_url)


def making(
    request: Any, operation: Operation, subject: Any, *, back: str, to: str | Callable[[Any], str], said: Any = "",
    initial: Mapping[str, Any] | None = None, about: Any = None, note: str = "",
) -> HttpResponse:  # fmt: skip
    """The page on which something new is made: the form with what is proposed (`initial`, or else what the address
    names), and on `to` what it made. `about` is named in the head where that is not the subject. Raises Forbidden."""
    by = request.actor
    if not by.may(operation.name, request.project.pk):
        raise Forbidden(operation.name)
    context = {
        "operation": operation, "label": operation.label, "thing": about or subject, "back_url": back, "note": note,
    }  # fmt: skip
    if request.method == "POST":
        return answer(
            request, operation, subject, success_url=to, template="web/act.html", context=context, said=str(said)
        )
    proposed = asked_for(request, operation) if initial is None else initial
    return render(request, "web/act.html", {**context, "form": operation.new_form(subject, by, initial=proposed)})


def go(request: HttpRequest, url: str) -> HttpResponse:
    """To another page: by redirect, or by htmx's own header inside a page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the proxy in front of us says it where one is set up."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return (forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", ""))[:60]


def say(request: Any, words: Any, *, tone: str = "ok", url: str = "", link: str = "") -> None:
    """A sentence for the next page of this person."""
    notes = [*request.session.get("notices", []), {"tone": tone, "words": str(words), "url": url, "link": str(link)}]
    request.session["notices"] = notes[-4:]


def told(request: Any) -> list[dict[str, str]]:
    """The sentences that wait, taken off the pile. A page that a script fetches on its way is not one that is read:
    they wait for the next."""
    if request.headers.get("X-Requested-With") == "fetch" and request.method == "GET":
        return []
    return list(request.session.pop("notices", [])) if "notices" in request.session else []
