"""The care list and its files, customers and their portraits, layers of need and loyalty, referrals, what helped."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.people.models import CareTag, Resident
from guanjia.places.models import Project
from guanjia.web import beside, states
from guanjia.web.doors import staff_page
from guanjia.web.registers import Column, Filter, Register, by_words, grow, minor, tag
from guanjia.web.tabs import Tab, Tabs
from guanjia.web.things import ThingPages

from . import queries, showing
from .models import READERS, CareFile, Experience, Profile, Referral, ReferralState
from .operations import share_experience

states.mark({
    ReferralState.NOTED: "half brand", ReferralState.JOINED: "most info", ReferralState.REWARDED: "tick ok ended",
    ReferralState.LAPSED: "cross neutral ended",
})  # fmt: skip

beside.show("residents/kept.html", showing.beside_request)

tabs = Tabs(
    Tab("residents:care", pgettext_lazy("residents", "Care list")),
    Tab("residents:customers", pgettext_lazy("residents", "Customers")),
    Tab("residents:layers", _("Needs and loyalty")),
    Tab("residents:referrals", _("Referrals")),
    Tab("residents:experiences", pgettext_lazy("experience", "What helped")),
)


def portrait_url(row: Any, project: Project) -> str:
    return reverse("residents:customer", args=[project.code, row.resident_id])


# -- care --------------------------------------------------------------------------------------------------------------


def _beside(file: CareFile, by: Actor) -> list[dict[str, Any]]:
    """The way to the person and to the next visit, and what helped others."""
    tags = CareTag.visible_to(by).filter(resident=file.resident, ended_on__isnull=True)
    home = queries.homes_of(file.project, [file.resident_id]).get(file.resident_id)
    return [{
        "template": "residents/beside.html",
        "portrait": portrait_url(file, file.project),
        "visit": showing.visit_url(file.project, by, file.resident, home.house_id if home else None),
        "experiences": queries.experiences(file.project, by, [tag.kind for tag in tags]),
    }]  # fmt: skip


file_pages = ThingPages(
    CareFile,
    "residents",
    names=("care", "care", "care-file"),
    title=pgettext_lazy("residents", "Care list"),
    related=("resident",),
    facts=(
        "needs", "measures", "fittings", "living", "home_service", "next_visit_on", "opened_by", "opened_on",
        "ended_on",
    ),
    panels=_beside,
)  # fmt: skip


def _care_url(row: Any, project: Project) -> str:
    return file_pages.address(row.file, project) if row.file else portrait_url(row, project)


care = Register(
    "care",
    of=CareTag,
    title=pgettext_lazy("residents", "Care list"),
    unit=_("people"),
    rows=queries.listed,
    columns=(
        Column(_("Resident"), "resident"), Column(_("House"), "home"), Column(_("Care for"), "kinds"),
        Column(_("Next visit on"), "next_on", "day"),
        Column(_("Care file"), lambda row: pgettext("care", "kept") if row.file else "", is_minor=True),
        Column(pgettext_lazy("care", "This month"), "stood", "tag"),
    ),
    order=("id",),
    filters=(
        Filter(
            "kind", _("Care for"), lambda project: [k for k in CareTag.Kind.choices if k[0] in queries.VULNERABLE],
            lambda value: Q(
                resident__in=CareTag.objects.filter(kind=value, ended_on__isnull=True).values("resident")
            ),
        ),
    ),
    prepare=showing.care_rows,
    page=_care_url,
    posts=READERS,
    frame=tabs,
    empty=_("Nobody who is alone, old, very young, disabled or ill is on record in your districts."),
)  # fmt: skip


# -- customers ---------------------------------------------------------------------------------------------------------


def _profiles(project: Project, by: Actor) -> Any:
    return Profile.visible_to(by).filter(
        project=project, resident__merged_into__isnull=True, resident__erased_at__isnull=True
    )


def _of_found(rows: Any, query: str, project: Project) -> Any:
    return rows.filter(resident__in=by_words(Resident)(Resident.objects.filter(project=project), query, project))


CLOSER = [("contact", _("Contacted each month")), ("assess", _("Asked each quarter"))]
customers = Register(
    "customers",
    of=Profile,
    title=pgettext_lazy("residents", "Customers"),
    unit=_("people"),
    rows=_profiles,
    columns=(
        "resident", Column(_("House"), "home"), minor("manner"), "need_level", tag("loyalty"),
        Column(_("Looked after"), "close", "grow"),
    ),
    filters=(
        "manner", "need_level", "loyalty",
        Filter("close", _("Looked after"), lambda p: CLOSER, lambda value: Q(**{f"{value}_since__isnull": False})),
    ),
    searched=_of_found,
    hint=_("Name, last four digits, house"),
    prepare=showing.customer_rows,
    page=portrait_url,
    posts=READERS,
    frame=tabs,
    empty=_("Profiles are written from the card of a resident: how somebody is best served, in words they may read."),
)  # fmt: skip
subjects.locate("customer_profile", lambda row: portrait_url(row, row.project))
subjects.locate("care_tag", lambda row: portrait_url(row, row.project))


@staff_page
@require_safe
def customer(request: Any, pk: int) -> HttpResponse:
    """The portrait of one resident, for who serves them."""
    project, by = request.project, request.actor
    rows = Resident.visible_to(by).filter(project=project, pk=pk, merged_into__isnull=True, erased_at__isnull=True)
    found = rows.select_related("project").first()
    if found is None or not showing.may_see(found, by):
        raise Http404
    return render(request, "residents/customer.html", showing.portrait(found, by, request.path))


@staff_page
@require_safe
def layers(request: Any) -> HttpResponse:
    """The five layers of needs and the four of loyalty, each with how many and what is done."""
    project, by = request.project, request.actor
    if not by.holds(project.pk, *READERS):
        raise Http404
    return render(request, "residents/layers.html", {**showing.layers(project, by), **tabs(request)})


# -- referrals and experience ------------------------------------------------------------------------------------------

referral_pages = ThingPages(
    Referral,
    "residents",
    names=("referrals", "referrals", "referral"),
    title=_("Referrals"),
    facts=(
        "resident", "friend", "via", "about", "noted_by", "noted_at", "joined_on", "reward", "reward_fen",
        "rewarded_by", "rewarded_at", "outcome",
    ),
)  # fmt: skip
referrals = Register(
    "referrals",
    pages=referral_pages,
    unit=_("referrals"),
    columns=("resident", "friend", minor("via"), grow("about"), minor("noted_at"), "reward", "state"),
    filters=("state",),
    posts=READERS,
    frame=tabs,
    empty=_("Who recommends us is noted from their own page, and thanked once the friend has come."),
)
experience_pages = ThingPages(
    Experience,
    "residents",
    create=share_experience,
    names=("experiences", "experience-new", "experience"),
    title=pgettext_lazy("experience", "What helped"),
    said=_("Shared. It stands beside every care file of the kind."),
    facts=("kind", "words", "noted_by", "noted_at", "improved_at"),
)
experiences = Register(
    "experiences",
    pages=experience_pages,
    columns=(tag("kind"), grow("words"), minor("noted_by"), "noted_at"),
    filters=("kind",),
    searched=by_words(Experience),
    posts=READERS,
    frame=tabs,
    empty=_("What helped one household is shared here by its kind, without a name, for colleagues with one like it."),
)
