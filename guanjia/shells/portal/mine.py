"""What is mine: who lives here, what I agreed to, what is kept about me, my number; messages; signing out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjia.domains.privacy.models import DataRequest
from guanjia.domains.privacy.operations import ask
from guanjia.domains.residents import queries as serving
from guanjia.domains.residents.operations import confirm_household, give_consent, withdraw_consent
from guanjia.domains.residents.showing import kept_about
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.parts.outreach import operations as outreach
from guanjia.parts.outreach import queries as notices
from guanjia.parts.outreach.models import Notice
from guanjia.people import queries as people
from guanjia.people.models import Consent
from guanjia.web.doors import address_of, go, perform, say
from guanjia.web.words import masked

from . import codes, signing, steward
from .doors import framed, mine_url, portal_page, tabs
from .models import PhoneCode
from .operations import change_number

# Where a message about something that is no matter leads.
FOLLOWED = {"parcel": "portal:parcels"}
# What each purpose means, in a sentence that can be agreed to.
MEANING = {
    "contact": gettext_lazy("The centre may call or write about services, community notices and surveys."),
    "recording": gettext_lazy("Calls with the service centre may be recorded, to settle what was agreed."),
    "parcels": gettext_lazy("The front desk may take in parcels for you while you are out."),
    "dunning": gettext_lazy("Reminders of open bills may come by message."),
    "care": gettext_lazy("What to be considerate of may be noted, and is shown only to who visits you."),
    "photos": gettext_lazy("Photos may be taken inside your home, for the repair only."),
}


@portal_page
@require_GET
def me(request: Any) -> HttpResponse:
    """The way to everything that is mine."""
    context = {
        "title": _("Mine"),
        "tabs": tabs(request, "me"),
        "resident": request.resident,
        "phone": masked(request.resident.phone),
        "role": request.home.occupancy.get_role_display(),
        "steward": steward.card_of(request.home.house, request.actor.at),
    }
    return framed(request, "portal/me.html", context)


@portal_page
@require_http_methods(["GET", "POST"])
def household(request: Any) -> HttpResponse:
    """Who is on record at this house: names and roles, of one's own household only; said to be right once a year."""
    house = request.home.house
    if request.method == "POST":
        try:
            perform(request, confirm_household, house, how="portal")
            say(request, _("Thank you. It is on record that everything is right."))
        except Refused as outcome:
            say(request, outcome.sentence, tone="warn")
        return go(request, request.path)
    rows = people.household(house, request.actor.at)
    context = {
        "title": _("Who lives here"), "back_url": mine_url(request),
        "people": [{"row": row, "is_me": row.resident_id == request.resident.pk} for row in rows],
        "confirmed_at": serving.confirmed_at(house),
    }  # fmt: skip
    return framed(request, "portal/household.html", context)


@portal_page
@require_http_methods(["GET", "POST"])
def consents(request: Any) -> HttpResponse:
    """One line a purpose: given or not, since when, until when; given and taken back with one tap."""
    resident, by = request.resident, request.actor
    if request.method == "POST":
        purpose = request.POST.get("purpose", "")[:12]
        standing = Consent.visible_to(by).filter(resident=resident, purpose=purpose, withdrawn_at__isnull=True).first()
        try:
            if request.POST.get("wish") == "withdraw":
                if standing is None:
                    raise Refused("", _("It has been withdrawn already."))
                perform(request, withdraw_consent, standing)
                say(request, _("Withdrawn. It holds from now on."))
            else:
                perform(request, give_consent, resident, purpose=purpose, mode="portal")
                say(request, _("Thank you. You can withdraw it here at any time."))
        except Refused as outcome:
            say(request, outcome.sentence, tone="warn")
        return go(request, request.path)
    rows = Consent.visible_to(by).filter(resident=resident, withdrawn_at__isnull=True)
    held = {row.purpose: row for row in rows}
    lines = [
        {"purpose": value, "label": label, "meaning": MEANING.get(value, ""), "held": held.get(value)}
        for value, label in Consent.Purpose.choices
    ]
    context = {"title": _("What I agreed to"), "back_url": mine_url(request), "lines": lines}
    return framed(request, "portal/consents.html", context)


@portal_page
@require_http_methods(["GET", "POST"])
def data(request: Any) -> HttpResponse:
    """What is kept about me, and my rights: a copy, a correction, an erasure, with the day by which it is answered."""
    resident, by = request.resident, request.actor
    errors: dict[str, list[str]] = {}
    status = 200
    if request.method == "POST":
        try:
            asked = perform(request, ask, resident)
        except Refused as outcome:
            errors, status = {n: [str(s) for s in said] for n, said in outcome.errors.items()}, outcome.status
        else:
            say(request, _("Asked for: %(what)s.") % {"what": asked.get_kind_display()})
            return go(request, request.path)
    context = {
        "title": _("My data"),
        "back_url": mine_url(request),
        "resident": resident,
        "phone": masked(resident.phone),
        "homes": request.homes,
        "cases": Case.visible_to(by).filter(project=request.project)[:100].count(),
        "consents": Consent.visible_to(by).filter(resident=resident, withdrawn_at__isnull=True).count(),
        "served": kept_about(resident, by),
        "requests": DataRequest.visible_to(by).filter(project=request.project).order_by("-id")[:10],
        "kinds": DataRequest.Kind.choices,
        "given": request.POST,
        "errors": errors,
    }
    return framed(request, "portal/data.html", context, status=status)


# -- another number --------------------------------------------------------------------------------------------------


@portal_page
@require_http_methods(["GET", "POST"])
def number(request: Any) -> HttpResponse:
    """The new number first: a code goes there."""
    form = signing.NumberForm(request.POST or None)
    form.fields["phone"].label = _("New number")
    status = 200
    if request.method == "POST" and form.is_valid():
        by = request.actor
        try:
            row = codes.ask(
                form.cleaned_data["phone"], use=PhoneCode.Use.NUMBER, at=by.at, address=address_of(request),
                account_id=by.account_id,
            )  # fmt: skip
        except Refused as outcome:
            form.add_error("phone", outcome.sentence)
            status = 429
        else:
            request.session["portal_number"] = row.pk
            if settings.DEMO:
                request.session["portal_shown"] = str(row.waiting)
            return go(request, reverse("portal:number-code", args=[request.project.code]))
    elif request.method == "POST":
        status = 422
    context = {
        "title": _("Change my number"), "back_url": mine_url(request), "form": form,
        "phone": masked(request.resident.phone),
    }  # fmt: skip
    return framed(request, "portal/number.html", context, status=status)


@portal_page
@require_http_methods(["GET", "POST"])
def number_code(request: Any) -> HttpResponse:
    """Then the code that came there; the operation takes the number only when it was proved."""
    by = request.actor
    row = PhoneCode.objects.filter(pk=request.session.get("portal_number") or 0, account_id=by.account_id).first()
    if row is None:
        return go(request, reverse("portal:number", args=[request.project.code]))
    form = signing.CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            proof = codes.prove(row.pk, form.cleaned_data["code"], at=by.at, account_id=by.account_id)
            change_number(request.resident, by=by, phone=str(proof.phone))
        except Refused as outcome:
            form.add_error("code", outcome.sentence)
            status = 422
        else:
            stay(request)
            for name in ("portal_number", "portal_shown"):
                request.session.pop(name, None)
            say(request, _("Your number is changed. From now on you sign in with it."))
            return go(request, mine_url(request))
    elif request.method == "POST":
        status = 422
    context = {
        "title": _("Change my number"), "back_url": reverse("portal:number", args=[request.project.code]), "form": form,
        "phone": str(row.phone), "shown": request.session.get("portal_shown", "") if settings.DEMO else "",
    }  # fmt: skip
    return framed(request, "portal/number_code.html", context, status=status)


def stay(request: Any) -> None:
    """The number ended every other session of this login; this one proved both."""
    request.user.refresh_from_db()
    request.session["generation"] = request.user.generation


# -- messages --------------------------------------------------------------------------------------------------------


@portal_page
@require_GET
def messages(request: Any) -> HttpResponse:
    """What I was told, newest first, a keyset page at a time."""
    before = request.GET.get("before", "")
    after = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    lines, more = notices.page(request.project, request.actor, before=after)
    here = reverse("portal:messages", args=[request.project.code])
    context = {
        "title": _("Messages"),
        "lines": lines,
        "more_url": f"{here}?before={more}" if more else "",
        "unread": any(line.notice.read_at is None for line in lines),
        "tabs": tabs(request, "messages"),
    }
    return framed(request, "portal/messages.html", context)


@portal_page
@require_POST
def follow(request: Any, pk: int) -> HttpResponse:
    """Read one, and go to what it is about."""
    notice = Notice.visible_to(request.actor).filter(project=request.project, pk=pk).first()
    if notice is None:
        raise Http404
    if notice.read_at is None:
        outreach.read(notice, by=request.actor)
    code = request.project.code
    if notice.subject_label == "case":
        return go(request, reverse("portal:matter", args=[code, notice.subject_id]))
    if notice.subject_label == "bulletin" and notice.kind == "bulletin":
        return go(request, reverse("portal:bulletin", args=[code, notice.subject_id]))
    return go(request, reverse(FOLLOWED.get(notice.subject_label, "portal:messages"), args=[code]))


@portal_page
@require_POST
def read_all(request: Any) -> HttpResponse:
    """All of them are read."""
    try:
        outreach.read_all(request.project, by=request.actor)
    except Refused as outcome:
        say(request, outcome.sentence)
    return go(request, reverse("portal:messages", args=[request.project.code]))
