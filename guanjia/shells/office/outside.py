"""The world outside: channels and templates, what did not go out, webhooks, telephone systems, programs of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.kernel import operations
from guanjia.kernel.subjects import locate
from guanjia.parts.outreach import fields, routes
from guanjia.parts.outreach.models import Channel, Message, Template
from guanjia.parts.outreach.models.outbox import READERS, why
from guanjia.parts.telephone.models import Line
from guanjia.parts.webhooks.models import Delivery, Subscription
from guanjia.people import posts
from guanjia.shells.api.models import ApiClient
from guanjia.shells.board.models import Display
from guanjia.web import words

from .frame import do_url, office_page, story, verbs

SETTERS = posts.SETTERS | posts.MANAGERS
VIEWS: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("channels", gettext_lazy("Channels"), SETTERS),
    ("templates", gettext_lazy("Templates"), SETTERS),
    ("messages", gettext_lazy("Messages"), READERS),
    ("webhooks", gettext_lazy("Webhooks"), SETTERS),
    ("telephone", gettext_lazy("Telephone"), SETTERS),
    ("clients", gettext_lazy("API clients"), SETTERS),
    ("displays", gettext_lazy("Displays"), SETTERS),
)
TONES = {"on": "ok", "paused": "warn", "off": "neutral", "ended": "neutral"}


def views(request: Any, current: str) -> list[dict[str, Any]]:
    """The pages of this tab that somebody's posts open."""
    project, by = request.project, request.actor
    return [
        {"label": label, "url": reverse(f"office:{name}", args=[project.code]), "current": name == current}
        for name, label, held in VIEWS
        if by.holds(project.pk, *held)
    ]


def page(name: str) -> Callable[[Callable[[Any], dict[str, Any]]], Callable[..., HttpResponse]]:
    """One of the lists: rows with their verbs, and what can be made new."""
    held = next(posts_of for view, _label, posts_of in VIEWS if view == name)

    def bind(rows_of: Callable[[Any], dict[str, Any]]) -> Callable[..., HttpResponse]:
        @office_page("channels")
        def enter(request: Any) -> HttpResponse:
            if not request.actor.holds(request.project.pk, *held):
                raise Http404
            context = {"tabs": request.tabs, "views": views(request, name), "notes": [], **rows_of(request)}
            return render(request, "office/outside.html", context)

        return enter

    return bind


def new_verbs(request: Any, name: str, **more: Any) -> list[dict[str, Any]]:
    operation, project = operations.registry[name], request.project
    if not request.actor.may(name, project.pk):
        return []
    return [{"label": operation.label, "url": do_url(operation, project, **more), "locked": "", "danger": False}]


def row_of(thing: Any, request: Any, icon: str, sub: str, *, warn: str = "") -> dict[str, Any]:
    thing.project = request.project
    return {
        "icon": icon, "title": str(thing), "sub": sub, "warn": warn, "state": thing.get_state_display(),
        "tone": TONES.get(thing.state, "neutral"),
        "url": reverse("office:outside", args=[request.project.code, thing.SUBJECT, thing.pk]),
    }  # fmt: skip


@page("channels")
def channels(request: Any) -> dict[str, Any]:
    """The ways out, how they are doing; quiet hours."""
    project, by = request.project, request.actor
    found = Channel.visible_to(by).filter(project=project).order_by("state", "kind", "-id")[:50]
    start, end = routes.quiet_hours(project)
    quiet = _("Between %(start)s and %(end)s nothing that can wait is sent to residents.") % {
        "start": f"{start:%H:%M}", "end": f"{end:%H:%M}",
    }  # fmt: skip
    makers = [
        {**one, "label": label}
        for provider, label in Channel.Provider.choices
        for one in new_verbs(request, "outreach.set_up_channel", provider=provider)
    ]
    lent = [
        _("%(way)s goes by the head office: %(provider)s.")
        % {"way": one.get_kind_display(), "provider": "　".join(filter(None, (str(one), _trouble(one))))}
        for one in routes.lent(project)
    ]
    return {
        "title": _("Channels"), "makers": makers,
        "verbs": verbs(project, by, "outreach.set_quiet_hours", next=request.path),
        "rows": [row_of(one, request, "send", _channel(one), warn=_trouble(one)) for one in found],
        "notes": [quiet, *lent],
        "empty": _("This project has no channel of its own.") if lent
        else _("No channel is set up: notices stay inside the program. Choose a provider to begin."),
    }  # fmt: skip


def _channel(one: Channel) -> str:
    said = [str(one.get_kind_display()), one.account, one.options.get("sign_name", "")]
    if one.last_sent_at:
        said.append(_("last sent %(at)s") % {"at": words.when(one.last_sent_at)})
    return "　".join(part for part in said if part)


def _trouble(one: Channel) -> str:
    if not one.faults or one.last_fault_at is None:
        return ""
    return _("%(n)d failures in a row, last %(at)s: %(why)s") % {
        "n": one.faults, "at": words.when(one.last_fault_at), "why": why(one.last_fault),
    }  # fmt: skip


@page("templates")
def templates(request: Any) -> dict[str, Any]:
    """The words of messages."""
    project, by = request.project, request.actor
    found = Template.visible_to(by).filter(project=project).order_by("state", "about", "channel")[:200]
    about = dict(fields.abouts())
    rows = [{**row_of(one, request, "message-report", one.body), "title": _template(one, about)} for one in found]
    return {
        "title": _("Templates"), "rows": rows, "verbs": new_verbs(request, "outreach.write_template"),
        "empty": _("SMS and WeChat send approved templates only. Write down here what the provider approved."),
    }  # fmt: skip


def _template(one: Template, about: dict[str, Any]) -> str:
    return f"{about.get(one.about, one.about)}　{one.get_channel_display()}"


@page("webhooks")
def webhooks(request: Any) -> dict[str, Any]:
    """Who is told what happens."""
    found = Subscription.visible_to(request.actor).filter(project=request.project).order_by("state", "-id")[:50]
    return {
        "title": _("Webhooks"), "verbs": new_verbs(request, "webhooks.subscribe"),
        "rows": [row_of(one, request, "bell", _webhook(one), warn=one.paused_why) for one in found],
        "empty": _("Another program can be told what happens here, signed, soon after it happens."),
    }  # fmt: skip


def _webhook(one: Subscription) -> str:
    return f"{one.url}　" + _("%(n)d events") % {"n": len(one.events)}


@page("telephone")
def telephone(request: Any) -> dict[str, Any]:
    """Telephone systems that may tell what rings."""
    project = request.project
    found = Line.visible_to(request.actor).filter(project=project).order_by("state", "-id")[:20]
    where = request.build_absolute_uri(reverse("telephone:hook", args=[project.code]))
    rows = [
        row_of(
            one,
            request,
            "phone",
            _("last heard %(at)s") % {"at": words.when(one.last_at)} if one.last_at else _("not heard yet"),
        )
        for one in found
    ]
    return {
        "title": _("Telephone"), "verbs": new_verbs(request, "telephone.connect"), "rows": rows,
        "notes": [_("The system posts to %(where)s, signed.") % {"where": where}],
        "empty": _("When the telephone system tells what rings, the caller's card opens at the desk."),
    }  # fmt: skip


@page("clients")
def clients(request: Any) -> dict[str, Any]:
    """Programs that call the API."""
    found = ApiClient.visible_to(request.actor).filter(project=request.project).select_related("employee")
    rows = [row_of(one, request, "plug-connected-x", _client(one)) for one in found.order_by("state", "-id")[:50]]
    return {
        "title": _("API clients"), "verbs": new_verbs(request, "api.create_client"), "rows": rows,
        "empty": _("A program gets a token of its own: what it may, how often, until when."),
    }  # fmt: skip


def _client(one: ApiClient) -> str:
    used = words.when(one.last_used_at) if one.last_used_at else _("never")
    said = _("acts for %(who)s, last used %(at)s") % {"who": one.employee.name, "at": used}
    return f"{said}　" + _("until %(day)s") % {"day": f"{one.expires_at:%Y-%m-%d}"}


# One thing: label → its model, the list it belongs to, its facts.
MODELS: dict[str, tuple[Any, str, str]] = {
    "channel": (
        Channel, "channels",
        "provider endpoint account state faults last_fault last_fault_at rests_until last_sent_at",
    ),
    "template": (Template, "templates", "channel language purpose title body code state"),
    "message": (
        Message, "messages",
        "channel purpose masked state fault attempts provider receipt created_at next_at sent_at expires_at",
    ),
    "webhook": (Subscription, "webhooks", "url state paused_why faults last_at"),
    "webhook_delivery": (Delivery, "webhooks", "name state status fault attempts ms created_at sent_at"),
    "telephone_line": (Line, "telephone", "state last_at"),
    "api_client": (ApiClient, "clients", "employee per_minute expires_at state last_used_at"),
    "display": (Display, "displays", "paired_at state seen_at"),
}  # fmt: skip
LISTS = ((gettext_lazy("May read"), "reads"), (gettext_lazy("May do"), "acts"), (gettext_lazy("Events"), "events"))


@office_page("channels")
def thing(request: Any, label: str, pk: int) -> HttpResponse:
    """One of these: facts, what can be done, its log, its story."""
    by, project = request.actor, request.project
    model, back, names = MODELS.get(label, (None, "", ""))
    found = model.visible_to(by).filter(project=project, pk=pk).first() if model is not None else None
    if found is None:
        raise Http404
    found.project = project
    facts = [fact for name in names.split() if (fact := _fact(found, name))["value"] not in ("", None)]
    facts += [{"label": word, "value": "、".join(rows)} for word, name in LISTS if (rows := getattr(found, name, None))]
    context = {
        "tabs": request.tabs, "title": _title(found),
        "sub": str({n: w for n, w, _held in VIEWS}[back]), "back": _("Back"),
        "back_url": reverse(f"office:{back}", args=[project.code]), "verbs": verbs(found, by),
        "facts": facts,
        "moments": story(found, by, limit=20), "log": _log(found, request) if label == "webhook" else None,
    }  # fmt: skip
    return render(request, "office/outside_thing.html", context)


def _title(found: Any) -> str:
    if isinstance(found, Template):
        return _template(found, dict(fields.abouts()))
    return found.words if isinstance(found, Message) else str(found)


def _fact(found: Any, name: str) -> dict[str, Any]:
    field, value = found._meta.get_field(name), getattr(found, name)
    if name == "next_at" and found.state != "queued":
        value = None
    elif name == "fault":
        value = why(value)
    elif name == "provider":
        value = dict(Channel.Provider.choices).get(value, value)
    if field.choices:
        value = getattr(found, f"get_{name}_display")()
    elif name == "language":
        value = dict(settings.LANGUAGES).get(value, value)
    elif hasattr(value, "tzinfo"):
        value = words.stamp(value)
    return {"label": field.verbose_name, "value": "" if value is None else str(value)}


def _fate(one: Delivery) -> list[str]:
    """How it went, how long that took, and when it goes again."""
    waits = one.fault and one.state == "queued"
    again = _("goes %(when)s") % {"when": words.when(one.next_at)} if waits else ""
    return [why(one.fault) or str(one.status or ""), f"{one.ms} ms" if one.ms else "", again]


def _log(found: Subscription, request: Any) -> list[dict[str, Any]]:
    """The last deliveries."""
    rows = Delivery.visible_to(request.actor).filter(project=request.project, subscription=found).order_by("-id")[:30]
    return [
        {
            "icon": "circle-check" if one.state == "sent" else "alert-triangle" if one.state == "failed" else "clock",
            "title": one.name, "state": one.get_state_display(), "at": words.when(one.created_at),
            "sub": "　".join(str(part) for part in _fate(one) if part),
            "url": reverse("office:outside", args=[request.project.code, "webhook_delivery", one.pk]),
        }
        for one in rows
    ]  # fmt: skip


for _label in MODELS:
    locate(_label, lambda one, label=_label: reverse("office:outside", args=[one.project.code, label, one.pk]))  # type: ignore[misc]
