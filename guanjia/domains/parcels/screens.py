"""The register of parcels and letters, one of them, and what comes: accepted, sorted, turned away."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import Operation
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody import panels
from guanjia.parts.files.showing import photos
from guanjia.people.models import Resident
from guanjia.places.models import Project
from guanjia.web import states
from guanjia.web.doors import making, staff_page
from guanjia.web.links import link, links
from guanjia.web.registers import Register, minor, only, person, tag
from guanjia.web.things import ThingPages

from . import operations, queries
from .models import Parcel, State

states.mark({
    State.WAITING: "hand warn", State.COLLECTED: "tick ok ended", State.ROUND: "tick ok ended",
    State.SENT_BACK: "none neutral ended", State.TURNED_AWAY: "cross neutral ended", State.LOST: "cross danger",
})  # fmt: skip


pages = ThingPages(
    Parcel,
    "parcels",
    title=gettext_lazy("Parcels and letters"),
    related=("house__building", "house__unit", "resident"),
    facts=(
        "number", "sort", "addressee", "house", "carrier", "tracking", "quantity", "position", "came_at",
        "confirmed_at", "is_intact", "keeper", "reminders", "reminded_at", "collected_at", "refusal", "told_at",
        "remark",
    ),
    photos=photos,
    also=panels.story,
    panels=panels.hands,
)  # fmt: skip


ways_in = links(
    link("parcels:turn_away", operations.turn_away), link("parcels:mail", operations.receive_mail),
    link("parcels:accept", operations.accept),
)  # fmt: skip
_LATE = Clock.objects.filter(rule_key="parcels.collect", state=Clock.State.RUNNING, due_at__lt=Now())
register = Register(
    "parcels",
    pages=pages,
    unit=gettext_lazy("pieces"),
    columns=(
        tag("sort"), person("addressee"), "house", minor("carrier"), "position", "came_at", minor("collected_at"),
        "state",
    ),
    filters=(
        "state", "sort",
        only(
            "late", gettext_lazy("Too long"), Q(state=State.WAITING, pk__in=_LATE.values("subject_id")),
            label=gettext_lazy("Waiting too long"),
        ),
    ),
    hint=gettext_lazy("Recipient, house, waybill"),
    new=links(link("parcels:counter", gettext_lazy("Pick-up")), ways_in),
    empty=gettext_lazy("What is taken in for residents stands here until they have signed for it."),
)  # fmt: skip


def _entry(operation: Operation, said: Any) -> Any:
    """The form of something that comes; `?resident=` names for whom."""

    def view(request: Any) -> HttpResponse:
        by, project = request.actor, request.project
        wanted = request.GET.get("resident", "")
        person = _person(project, by, wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) <= 18 else None
        return making(
            request, operation, project, back=reverse("parcels:counter", args=[project.code]),
            to=lambda made: pages.address(made, project), said=said, about=person,
            initial={"resident": person.pk, "house": queries.home_of(person, by.at)} if person else {},
        )  # fmt: skip

    return staff_page(require_http_methods(["GET", "POST"])(view))


def _person(project: Project, by: Actor, wanted: str) -> Resident | None:
    return Resident.visible_to(by).filter(project=project, pk=int(wanted)).first()


accept = _entry(operations.accept, gettext_lazy("Taken in. The resident is told; print the label and stick it on."))
mail = _entry(operations.receive_mail, gettext_lazy("Registered."))
turn_away = _entry(operations.turn_away, gettext_lazy("On record: it goes back with the courier."))
