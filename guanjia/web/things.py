"""The plain pages of a kind of thing beside its register: one thing, and a new one, from one declaration.

    pages = ThingPages(Gift, "gifts", create=receive, facts=("giver", "house", "received_at"), photos=…)
    urlpatterns = register.at("gifts")      # with the list that stands beside it: list, new, page

The page shows what can be done and what is missing for it, its papers, its limits, the facts, the photos and the story.
Photos and other cards belong to parts, so the room that declares the pages says how they are found. A thing that
deserves a page of its own design leaves this for an ordinary view, without asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, QuerySet
from django.forms import CharField
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guanjia.kernel import events, operations
from guanjia.kernel.actors import RESIDENT, Actor
from guanjia.kernel.models import Event
from guanjia.kernel.operations import Need, Offer, Operation
from guanjia.kernel.subjects import label_of, locate
from guanjia.places.models import Project

from . import sheets, words
from .doors import making, staff_page
from .links import link

Found = Callable[[Any, Actor], Iterable[dict[str, Any]]]


_limits: list[Found] = []


def limits_are(find: Found) -> None:
    """How the limits of anything are found (the part that runs the clocks knows): every page shows them, unless its
    room finds them otherwise."""
    _limits.append(find)


@dataclass(frozen=True)
class ThingPages:
    """`space` is the namespace of the room's addresses; `names` are those of the list, the form and the page in it."""

    model: Any
    space: str
    facts: tuple[str, ...] = ()
    create: Operation | None = None
    names: tuple[str, str, str] = ("list", "new", "page")
    title: Any = ""
    said: Any = ""
    # What is fetched with a thing beside its project and what its facts refer to.
    related: tuple[str, ...] = ()
    limits: Found | None = None
    photos: Found | None = None
    # Other things whose events belong to the story of this one; cards of its own, each with its `template`.
    also: Callable[[Any], Iterable[Any]] | None = None
    panels: Found | None = None
    # The verbs that come first on the bar, before the order in which they were written.
    leading: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        locate(label_of(self.model), self.address)

    def _name(self, which: int) -> str:
        return f"{self.space}:{self.names[which]}"

    # -- for the register ------------------------------------------------------------------------------------------

    def rows(self, project: Project, by: Actor) -> QuerySet[Any]:
        """Things of the project that this actor may see, with what their facts refer to."""
        fields = (self.model._meta.get_field(name) for name in self.facts)
        related = ("project", *(field.name for field in fields if field.many_to_one), *self.related)
        return self.model.visible_to(by).filter(project=project).select_related(*related)

    def address(self, thing: Any, project: Project | None = None) -> str:
        return reverse(self._name(2), args=[(project or thing.project).code, thing.pk])

    def new_links(self, project: Project, by: Actor) -> list[dict[str, Any]]:
        """To make one, for those who may."""
        return link(self._name(1), self.create)(project, by) if self.create else []

    # -- the pages -------------------------------------------------------------------------------------------------

    @property
    def new(self) -> Callable[..., HttpResponse]:
        """The form of the creating operation."""
        return staff_page(require_http_methods(["GET", "POST"])(self._new))

    @property
    def page(self) -> Callable[..., HttpResponse]:
        """One thing."""
        return staff_page(require_safe(self._page))

    def _new(self, request: Any) -> HttpResponse:
        assert self.create is not None, f"{self.space} has no page for a new one"
        project, back = request.project, reverse(self._name(0), args=[request.project.code])
        return making(
            request, self.create, project, back=back, to=lambda made: self.address(made, project), said=self.said
        )

    def _page(self, request: Any, pk: int) -> HttpResponse:
        by, project = request.actor, request.project
        thing = self.rows(project, by).filter(pk=pk).first()
        if thing is None:
            raise Http404
        others = self.also(thing) if self.also else ()
        context = {
            "thing": thing,
            "list_title": self.title,
            "list_url": reverse(self._name(0), args=[project.code]),
            "offers": bar_of(thing, by, project, self.leading),
            "limits": [one for find in ([self.limits] if self.limits else _limits) for one in find(thing, by)],
            "photos": list(self.photos(thing, by)) if self.photos else [],
            "panels": list(self.panels(thing, by)) if self.panels else [],
            "sheets": sheets.offered(thing, by),
            "facts": [fact for name in self.facts if (fact := _fact(thing, name))["value"] not in ("", None)],
            "moments": [moment_of(event, by) for event in events.timeline(thing, *others)],
        }
        return render(request, "web/thing.html", context)


def bar_of(
    thing: Any, by: Actor, project: Project, leading: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The operations of a page, but for those that stand elsewhere on it; one of them, the next step, stands out."""
    found = [one for one in operations.offers(thing, by) if not sheets.is_paper(one.operation)]
    found = [one for one in found if one.operation.verb not in without]
    found.sort(key=lambda one: one.operation.verb not in leading)
    bar = [offer_of(one, thing, project) for one in found]
    if (first := next((one for one in bar if not one["locked"] and not one["danger"]), None)) is not None:
        first["primary"] = True
    return bar


def offer_of(offer: Offer, thing: Any, project: Project) -> dict[str, Any]:
    """A verb as a page shows it: its words, its page, what it lacks."""
    url = reverse("acts:do", args=[project.code, label_of(thing), thing.pk, offer.operation.verb])
    return {
        "label": offer.operation.label,
        "url": url,
        "danger": offer.operation.danger,
        "locked": "　".join(str(need.sentence) for need in offer.missing),
        "note": offer.note,
    }


_named: dict[str, Callable[[Any], Iterable[tuple[str, Any]]]] = {}


def waits_for(need: Need, lines: Callable[[Any], Iterable[tuple[str, Any]]]) -> None:
    """What of a thing a condition waits for, once it was asked: (place on its page, words) of each."""
    _named[need.name] = lines


def missing_of(offer: Offer | None, thing: Any = None, page: str = "") -> list[dict[str, Any]]:
    """What has to be there first, each with the places on the thing's page that it names. As dicts: a template would
    call a Need."""
    return [
        {
            "sentence": need.sentence, "clause": need.clause,
            "lines": [{"url": f"{page}#{place}", "label": label} for place, label in _lines(need, thing)],
        }
        for need in (offer.missing if offer else ())
    ]  # fmt: skip


def _lines(need: Need, thing: Any) -> Iterable[tuple[str, Any]]:
    return _named[need.name](thing) if need.name in _named and thing is not None else ()


def _fact(thing: Any, name: str) -> dict[str, Any]:
    """A field as a fact: its own words for its label, its value as a person reads it."""
    field = thing._meta.get_field(name)
    value = getattr(thing, name)
    if said := getattr(thing, f"get_{name}_display", None):  # of choices, or the thing's own words
        value = said()
    elif isinstance(field, BooleanField):
        value = _("Yes") if value else _("No")
    elif name.endswith("_fen"):
        value = words.yuan(value)
    elif isinstance(value, datetime):
        value = words.stamp(value)
    elif isinstance(value, date):
        value = value.isoformat()
    return {"label": field.verbose_name, "value": value}


def _with_second(label: Any, event: Event) -> str:
    """The act, and who was beside."""
    beside = [str(other.get("name", "")) for other in event.given.get("$present", ())]
    return _("%(act)s, with %(names)s") % {"act": label, "names": ", ".join(beside)} if beside else str(label)


# What was given with an act and stands nowhere else on the page: why it was done.
WHY = ("reason", "why", "remark")


def _quote(event: Event, operation: Operation | None) -> str:
    """Why, in the words of who did it; nothing that is sealed, and no choice from a list (the record shows that)."""
    fields = operation.form.base_fields if operation and operation.form else {}
    said = (event.given.get(name) for name in WHY if type(fields.get(name)) is CharField)
    return words.hushed("　".join(one for one in said if isinstance(one, str) and one))


_about: dict[str, Callable[[Event], Any]] = {}


def about(name: str, words: Callable[[Event], Any]) -> None:
    """What the story says beside the verb of an operation: which document, which line. Nothing that is sealed."""
    _about[name] = words


def actor_of(event: Event) -> str:
    """Who did it, as a story says it: a resident stands in no event by name."""
    return event.actor_name or (_("Resident") if event.actor_kind == RESIDENT else _("System"))


def moment_of(event: Event, by: Actor) -> dict[str, Any]:
    """An event as a line of the story."""
    operation = operations.registry.get(event.name)
    what = _about[event.name](event) if event.name in _about else ""
    label = operation.label if operation else event.name
    return {
        "icon": (operation.icon if operation else "") or "point",
        "actor": actor_of(event),
        "words": _with_second(f"{label}　{what}" if what else label, event),
        "quote": "" if what else _quote(event, operation),
        "at": words.when(event.at, by.at),
        "iso": event.at.isoformat(),
        "late": _("entered %(at)s") % {"at": words.when(event.recorded_at, by.at)} if event.is_late else "",
    }
