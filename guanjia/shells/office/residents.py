"""Residents: the list, and one resident's file. Numbers are masked; to see one is an act with a reason."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domains.privacy import operations as privacy_operations
from guanjia.domains.privacy import queries as privacy
from guanjia.domains.residents import operations as residents
from guanjia.domains.residents.showing import may_see
from guanjia.kernel.actors import Actor
from guanjia.parts.outreach import queries as outreach
from guanjia.parts.outreach import routes
from guanjia.parts.outreach.operations.wishes import STOPPABLE
from guanjia.people import queries, reach
from guanjia.people.models import AccountHome, CareTag, Consent, EmergencyContact, Occupancy, Resident
from guanjia.places import queries as places
from guanjia.places.models import House, Project
from guanjia.web import sheets, words
from guanjia.web.registers import Column, Filter, Register, by_words

from .frame import FILES, do_url, office_page, register_frame, story, verbs
from .moves import moves


def rows(project: Project, by: Actor) -> QuerySet[Resident]:
    homes = Occupancy.objects.filter(ended_on__isnull=True).select_related("house").order_by("id")
    return queries.residents(project).prefetch_related(Prefetch("occupancies", queryset=homes, to_attr="homes_now"))


def _houses(resident: Any) -> str:
    return "、".join(dict.fromkeys(o.house.code for o in resident.homes_now))


def _roles(resident: Any) -> str:
    return "、".join(dict.fromkeys(str(o.get_role_display()) for o in resident.homes_now))


def _searched(found: QuerySet[Resident], query: str, project: Project) -> QuerySet[Resident]:
    """By words, or everybody of the house that is meant."""
    house = places.house_by_code(project, query)
    if house is not None:
        return found.filter(occupancies__house=house, occupancies__ended_on__isnull=True).distinct()
    return by_words(Resident)(found, query, project)


def _new(project: Project, by: Actor) -> list[dict[str, Any]]:
    return [{"label": v["label"], "url": v["url"]} for v in verbs(project, by, residents.register.name)]


register = Register(
    "residents",
    of=Resident,
    title=gettext_lazy("Residents"),
    unit=gettext_lazy("people"),
    rows=rows,
    columns=(
        Column(gettext_lazy("Full name"), "name", "person"), Column(gettext_lazy("House"), _houses),
        Column(gettext_lazy("Role"), _roles), Column(gettext_lazy("Phone"), "phone", "phone"),
        Column(gettext_lazy("Form of address"), "gender", is_minor=True),
        Column(
            gettext_lazy("Attention"), lambda r: _("Particular attention") if r.is_vip else "", "tag", is_minor=True
        ),
    ),
    order=("sort_key", "id"),
    filters=(
        Filter(
            "role",
            gettext_lazy("Role"),
            lambda project: Occupancy.Role.choices,
            lambda role: Q(pk__in=Occupancy.objects.filter(role=role, ended_on__isnull=True).values("resident")),
        ),
        Filter(
            "building",
            gettext_lazy("Building"),
            lambda project: [(b.pk, b.name) for b in places.buildings(project)],
            lambda pk: Q(
                pk__in=Occupancy.objects.filter(
                    house__in=House.objects.filter(building_id=int(pk)), ended_on__isnull=True
                ).values("resident")
            ),
        ),
    ),
    searched=_searched,
    hint=gettext_lazy("Name, last four digits, house"),
    page=lambda resident, project: reverse("office:resident", args=[project.code, resident.pk]),
    new=_new,
    export=privacy_operations.export,
    posts=FILES,
    frame=register_frame,
)  # fmt: skip
VERBS = (
    residents.change_phone.name,
    residents.correct.name,
    residents.open_access.name,
    privacy_operations.disclose.name,
    privacy_operations.ask.name,
    residents.merge.name,
    privacy_operations.erase.name,
)
ADDS = (
    residents.add_occupancy.name,
    residents.give_consent.name,
    residents.add_care_tag.name,
    residents.add_emergency_contact.name,
)


@office_page("residents")
def page(request: Any, pk: int) -> HttpResponse:
    """The file of one resident: homes, household, consents, care, contacts, story."""
    project, by = request.project, request.actor
    person = Resident.visible_to(by).filter(project=project, pk=pk).select_related("project").first()
    if person is None:
        raise Http404
    if person.merged_into_id:
        return HttpResponseRedirect(reverse("office:resident", args=[project.code, queries.standing(person).pk]))
    homes = queries.homes_of(person, by.at)
    may_see_care = reach.reaches(by, person, reach.SEES_CARE)
    context = {
        "tabs": request.tabs,
        "resident": person,
        "facts": _facts(person, homes, by),
        "homes": [{"home": home, "verbs": verbs(home, by)} for home in homes],
        "household": _household(person, homes, by),
        "consents": [_consent(c, by) for c in Consent.objects.filter(resident=person).order_by("withdrawn_at", "-id")],
        "care": [
            {"tag": tag, "verbs": verbs(tag, by)}
            for tag in CareTag.visible_to(by).filter(resident=person, ended_on__isnull=True).select_related("noted_by")
        ],
        "contacts": [
            {"contact": c, "phone": words.masked(c.phone), "verbs": verbs(c, by)}
            for c in EmergencyContact.objects.filter(resident=person).order_by("id")
        ],
        "verbs": verbs(person, by, *VERBS),
        "adds": {v["url"].split("/")[-1]: v for v in verbs(person, by, *ADDS)},
        "moves": moves(person, by),
        "moments": story(person, by),
        "sent": outreach.sent_to(person, limit=8),
        "wishes": _wishes(person, by),
        "may_see_care": may_see_care,
        "portrait": reverse("residents:customer", args=[project.code, person.pk]) if may_see(person, by) else "",
    }
    return render(request, "office/resident.html", context)


def _facts(person: Resident, homes: list[Occupancy], by: Actor) -> list[dict[str, Any]]:
    """Masked; the link to see in full stands where this person may ask for it."""
    steward = queries.steward_of(homes[0].house, by.at) if homes else None
    show = privacy_operations.reveal.offer(person, by) if person.phone else None
    facts: list[dict[str, Any]] = [
        {
            "label": _("Phone"),
            "value": words.masked(person.phone) or "–",
            "url": do_url(privacy_operations.reveal, person) if show else "",
        }
    ]
    if privacy.may_see_documents(by, person.project_id):
        number = privacy.masked_document(str(person.id_number or ""))
        facts.append(
            {
                "label": _("Document"),
                "value": number or _("not on record"),
                "url": do_url(privacy_operations.reveal_document, person) if number else "",
            }
        )
    login = AccountHome.objects.filter(project=person.project_id, resident_id=person.pk, ended_at__isnull=True).exists()
    return [
        *facts,
        {"label": _("Year of birth"), "value": person.birth_year or "–"},
        {"label": _("Steward"), "value": steward.name if steward else "–"},
        {"label": _("Login"), "value": _("in use") if login else _("none")},
    ]


def _household(person: Resident, homes: list[Occupancy], by: Actor) -> list[dict[str, Any]]:
    others = []
    for home in homes[:2]:
        for one in queries.household(home.house, by.at):
            if one.resident_id != person.pk:
                url = reverse("office:resident", args=[person.project.code, one.resident_id])
                others.append({"occupancy": one, "url": url, "house": home.house.code})
    return others


def _wishes(person: Resident, by: Actor) -> list[dict[str, Any]]:
    """What is sent to them, purpose by purpose, and the switch for each, for who rings the desk instead of doing it."""
    stopped = routes.stopped_purposes(person)
    return [
        {
            "label": label,
            "is_on": value not in stopped,
            "verbs": verbs(person, by, f"outreach.{'resume' if value in stopped else 'stop'}_messages", purpose=value),
        }
        for value, label in STOPPABLE
    ]


def _consent(consent: Consent, by: Actor) -> dict[str, Any]:
    stands = consent.withdrawn_at is None
    return {
        "title": consent.get_purpose_display(),
        "sub": f"{words.when(consent.given_at, by.at)}"
        + ("" if stands else f"　{_('withdrawn')} {words.when(consent.withdrawn_at, by.at)}"),
        "icon": "circle-check" if stands else "circle-x",
        "tone": "ok" if stands else "neutral",
        "verbs": verbs(consent, by) if stands else [],
        "sheets": sheets.offered(consent, by),
    }
