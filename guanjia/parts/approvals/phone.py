"""Approvals on the phone: the inbox as cards, one approval with its thumb bar, a no with its reason, many at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.kernel.outcomes import Outcome, Refused
from guanjia.web.doors import go, say, staff_page

from . import operations, proofs, queries, screens, showing, signing

# What is often said with a no; a tap writes it into the field.
REASONS = (
    gettext_lazy("The facts are not enough, add them first"),
    gettext_lazy("Not now: put it forward again later"),
    gettext_lazy("Another way was agreed, act on that"),
)


@staff_page
@require_GET
def inbox(request: Any) -> HttpResponse:
    """To approve, signed by me, asked by me: cards, the nearest deadline first."""
    by, project = request.actor, request.project
    tab = request.GET.get("tab", "sign")
    tab = tab if tab in screens.TABS else "sign"
    approvals, more = screens.rows(request, tab)
    here = reverse("approvals:phone", args=[project.code])
    waiting = queries.count_to_sign(by)
    context = {
        "title": _("To approve"), "tab": tab, "cards": showing.cards(approvals, project, by, phone=True),
        "switch": [
            {"label": label, "url": f"{here}?tab={name}", "current": name == tab,
             "count": waiting if name == "sign" else 0}
            for name, label in screens.labels().items()
        ],
        "tabs": tabs(request, waiting), "next_url": f"{here}?tab={tab}&before={more}" if more else "",
        "batch_url": reverse("approvals:batch", args=[project.code]) if tab == "sign" and len(approvals) > 1 else "",
    }  # fmt: skip
    return render(request, "approvals/phone_inbox.html", context)


def tabs(request: Any, waiting: int) -> list[dict[str, Any]]:
    """The tab bar of who approves on the phone."""
    code = request.project.code
    wanted = [
        ("calendar-check", pgettext("rail", "Today"), "desk:today", False, 0),
        ("clipboard-check", _("Approve"), "approvals:phone", True, waiting),
        ("message", _("Messages"), "field:notices", False, 0),
        ("user", _("Me"), "field:me", False, 0),
    ]
    found = []
    for icon, label, name, current, badge in wanted:
        try:
            url = reverse(name, args=[code])
        except NoReverseMatch:  # a shell that is not installed
            continue
        found.append({"icon": icon, "label": label, "url": url, "current": current, "badge": badge or ""})
    return found


@staff_page
@require_http_methods(["GET", "POST"])
def page(request: Any, pk: int) -> HttpResponse:
    """One approval; agree and sign in the thumb bar."""
    approval = signing.found(request, pk)
    form, pin, fault, status = operations.agree.new_form(approval, request.actor), "", "", 200
    if request.method == "POST":
        operation = operations.withdraw if request.POST.get("verb") == "withdraw" else operations.agree
        try:
            done = signing.act(request, approval, operation, signing.key_of(request))
        except Refused as outcome:
            form, pin, fault = signing.refused(
                operations.agree.new_form(approval, request.actor, request.POST), outcome
            )
            status = outcome.status
            approval = signing.found(request, pk)
        else:
            signing.tell(request, done, operation)
            return go(request, _inbox(request))
    context = showing.detail(approval, request.project, request.actor) | {
        "title": approval.shown.verb, "back_url": _inbox(request), "form": form, "pin_fault": pin, "fault": fault,
        "has_pin": proofs.has_pin(request.actor),
        "refuse_url": reverse("approvals:phone-refuse", args=[request.project.code, approval.pk]),
        "again_url": reverse("approvals:again", args=[request.project.code, approval.pk]),
    }  # fmt: skip
    return render(request, "approvals/phone_page.html", context, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def refuse(request: Any, pk: int) -> HttpResponse:
    """Why not: whoever asked acts on it."""
    approval = signing.found(request, pk)
    form, fault, status = operations.refuse.new_form(approval, request.actor), "", 200
    if request.method == "POST":
        try:
            done = signing.act(request, approval, operations.refuse, signing.key_of(request))
        except Refused as outcome:
            form, _pin, fault = signing.refused(
                operations.refuse.new_form(approval, request.actor, request.POST), outcome
            )
            status = outcome.status
        else:
            signing.tell(request, done, operations.refuse)
            return go(request, _inbox(request))
    context = showing.detail(approval, request.project, request.actor) | {
        "title": _("Not agree"), "form": form, "fault": fault, "reasons": [str(one) for one in REASONS],
        "back_url": reverse("approvals:phone-page", args=[request.project.code, approval.pk]),
    }  # fmt: skip
    return render(request, "approvals/phone_refuse.html", context, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def batch(request: Any) -> HttpResponse:
    """Several at once with one PIN: each is signed for itself, what is refused stays with its reason."""
    by, project = request.actor, request.project
    approvals = list(queries.to_sign(by)[: queries.PAGE])
    faults: dict[int, str] = {}
    pin, picked, status = "", _picked(request), 200
    if request.method == "POST":
        chosen = [one for one in approvals if one.pk in picked]
        pin, faults = _sign_all(request, chosen)
        done = len(chosen) - len(faults) if not pin else 0
        if done:
            say(request, _("%(n)d signed.") % {"n": done})
        if chosen and not faults and not pin:
            return go(request, _inbox(request))
        status = 422
        approvals = list(queries.to_sign(by)[: queries.PAGE])
    cards = showing.cards(approvals, project, by, phone=True)
    for card in cards:
        card |= {"fault": faults.get(card["pk"], ""), "picked": card["pk"] in picked}
    context = {
        "title": _("Sign several"), "back_url": _inbox(request), "cards": cards, "pin_fault": pin,
        "wants_pin": any(one.wants_pin for one in approvals), "has_pin": proofs.has_pin(by),
        "fault": _("Choose at least one.") if request.method == "POST" and not picked else "",
    }  # fmt: skip
    return render(request, "approvals/phone_batch.html", context, status=status)


def _picked(request: Any) -> set[int]:
    return {int(one) for one in request.POST.getlist("pick") if one.isascii() and one.isdigit() and len(one) < 18}


def _sign_all(request: Any, chosen: list[Any]) -> tuple[str, dict[int, str]]:
    """Each one by the same operation as alone; a wrong PIN ends it before the first."""
    from . import seats

    try:
        by = proofs.proved(request.actor, request.POST.get(proofs.FIELD, "")[:128], request.actor.at)
    except Refused as outcome:
        return outcome.sentence, {}
    faults, key = {}, signing.key_of(request)
    for one in chosen:
        try:
            operations.agree.submit(
                one, by=seats.as_signer(by, one), data={"words": ""}, key=f"{key}-{one.pk}" if key else None
            )
        except Outcome as outcome:
            faults[one.pk] = getattr(outcome, "sentence", "") or _("It has moved on.")
    return "", faults


def _inbox(request: Any) -> str:
    return reverse("approvals:phone", args=[request.project.code])
