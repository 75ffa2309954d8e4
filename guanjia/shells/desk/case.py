"""The page of one case: what can be done, who is on it, its clocks, what is missing, its facts and its story."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domains.cases.operations import note
from guanjia.domains.privacy.operations import reveal
from guanjia.domains.repairs import queries as repairs
from guanjia.kernel import operations
from guanjia.parts.casework import categories
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import ENDED, Case, State
from guanjia.parts.clocks import explaining
from guanjia.parts.clocks import queries as clocks
from guanjia.parts.outreach import queries as outreach
from guanjia.people import posts
from guanjia.people.models import Posting
from guanjia.web import sheets, words
from guanjia.web.doors import answer, staff_page

from . import queue, shown, story

# The next step stands first; the plainest ones beside it; what is rare stands behind "…".
FIRST = ("answer", "dispatch", "accept", "grab", "arrive", "resume", "finish", "confirm", "revisit")
NEXT = (*FIRST, "agree_visit", "pause", "transfer", "chase", "ask_rework", "agree_completion")
BEHIND = frozenset(
    {
        "note",
        "join",
        "observe",
        "change_urgency",
        "cancel",
        "force_close",
        "reopen",
        "quote",
        "consent_quote",
        "use_material",
        "take_back_material",
        "send_back",
        "note_failed_contact",
        "confirm_unreached",
    }
)
KEYS = {"dispatch": "a", "chase": "c", "finish": "f"}


@staff_page
def page(request: Any, pk: int) -> HttpResponse:
    """Show a case; a POST writes a note."""
    project, by = request.project, request.actor
    case = casework.visible(project, by).filter(pk=pk).first()
    if case is None:
        raise Http404
    case.project = project
    if request.method == "POST":
        url = reverse("desk:case", args=[project.code, case.pk])
        return answer(
            request, note, case, success_url=url, template="desk/case.html", context=lambda: _context(request, case)
        )
    context = _context(request, case)
    context["form"] = note.new_form(case, by)
    return render(request, "desk/case.html", context)


def _context(request: Any, case: Case) -> dict[str, Any]:
    project, by = request.project, request.actor
    only = request.GET.get("only", "") if request.GET.get("only") in ("talk", "photos") else ""
    order = repairs.order_of(case) if case.is_repair else None
    axes = [explaining.axis(explaining.explain(c, by.at), by.at) | {"id": c.pk} for c in clocks.of(case)]
    told = story.moments(case, by)
    place = queue.place_of(request, case)
    return {
        "case": case,
        "order": order,
        "urgency": shown.URGENCY.get(case.urgency, ""),
        "place": place,
        **_offers(case, by, _here(case, place)),
        "axes": axes,
        "pressing": sum(a["tone"] in ("soon", "late") for a in axes),
        "people": _triad(case, project, by),
        "facts": _facts(case, order, by),
        "gates": _gates(case, order),
        "moments": story.moments(case, by, only) if only else told,
        "sent": outreach.sent_about(case),
        "only": only,
        "photo_count": sum(len(m["photos"]) for m in told),
        "may_note": by.may(note.name, project.pk) and note.is_in_flow(case),
        "related": _related(case, project, by),
        "sheets": sheets.offered(case, by),
        "channel_icon": shown.CHANNEL_ICONS.get(case.channel, "phone"),
        "is_ended": case.state in ENDED,
    }


# -- the operations bar ------------------------------------------------------------------------------------------------


def _here(case: Case, place: dict[str, Any]) -> str:
    """Where an act leads back to: this page, in the view it was opened from."""
    url = reverse("desk:case", args=[case.project.code, case.pk])
    return f"{url}?{place['way']}" if place else ""


def _offers(case: Case, by: Any, back: str) -> dict[str, list[dict[str, Any]]]:
    steps = [o for o in operations.offers(case, by) if not sheets.is_paper(o.operation)]
    found = {o.operation.verb: _offer(case, o, back) for o in steps}
    order = [v for v in NEXT if v in found] + [v for v in found if v not in NEXT]
    plain = [v for v in order if v not in BEHIND]
    front = [found[v] for v in plain[:5]]
    primary = next((f for f in front if f["verb"] in FIRST and not f["locked"]), None)
    if primary is not None:
        primary["tone"] = "primary"
        front.sort(key=lambda f: f is not primary)
    rest = [found[v] for v in order if v in BEHIND or v in plain[5:]]
    return {"front": front, "behind": [r for r in rest if r["verb"] != "note"]}


def _offer(case: Case, offer: operations.Offer, back: str) -> dict[str, Any]:
    verb = offer.operation.verb
    url = reverse("acts:do", args=[case.project.code, "case", case.pk, verb])
    return {
        "verb": verb,
        "label": offer.operation.label,
        "danger": offer.operation.danger,
        "tone": "default",
        "url": f"{url}?{urlencode({'next': back})}" if back else url,
        "key": KEYS.get(verb, ""),
        "locked": " ".join(f"{n.sentence} {n.clause}".strip() for n in offer.missing),
        "note": offer.note,
    }


# -- people ------------------------------------------------------------------------------------------------------------


def _triad(case: Case, project: Any, by: Any) -> list[dict[str, Any]]:
    customer = casework.customers([case]).get(case.pk, {})
    may_ring = casework.may_see_contact(case, by)
    reporter = {
        "role": _("Reported by"),
        "name": customer.get("name") or (case.resident.name if case.resident else _("Unknown caller")),
        "facts": [words.masked(customer.get("phone"))] if customer.get("phone") and may_ring else [],
        "line": "" if case.resident else _("Not on file"),
        "call_url": _number_url(case, project, by) if may_ring else "",
    }
    return [
        reporter,
        _staff(_("First contact"), case.owner, project, by, _("answers for it to the end (CASE-01)"), ""),
        _staff(
            _("Assigned to"),
            case.executor,
            project,
            by,
            _("does the work"),
            _("Nobody yet.") if case.state == State.OPEN else "",
        ),
    ]


def _number_url(case: Case, project: Any, by: Any) -> str:
    """To the whole number, for a reason; only for who is on file and for posts that may ask."""
    if case.resident is None or not case.resident.phone or not by.may(reveal.name, project.pk):
        return ""
    return reverse("desk:number", args=[project.code, case.resident_id])


def _staff(role: str, person: Any, project: Any, by: Any, role_note: str, line: str) -> dict[str, Any]:
    if person is None:
        return {"role": role, "role_note": role_note, "name": "", "facts": [], "line": line}
    held = Posting.objects.filter(project=project, employee=person, to_on__isnull=True).values_list("post", flat=True)
    facts = [str(posts.NAMES[p]) for p in held[:2] if p in posts.NAMES] + ([_("you")] if person.pk == by.id else [])
    return {
        "role": role,
        "role_note": role_note,
        "name": person.name,
        "me": person.pk == by.id,
        "facts": facts,
        "line": line,
    }


# -- facts and what is missing -----------------------------------------------------------------------------------------


def _facts(case: Case, order: Any, by: Any) -> list[dict[str, Any]]:
    place = case.place + (f"　{case.location}" if case.location else "")
    facts = [
        {
            "label": _("Place"),
            "value": place or "–",
            "url": reverse("desk:house", args=[case.project.code, case.house_id]) if case.house_id else "",
        },
        {"label": _("Urgency"), "value": case.get_urgency_display()},
        {
            "label": _("Reported"),
            "value": words.when(case.reported_at, by.at),
            "note": _("entered late") if case.recorded_at > case.reported_at else "",
        },
    ]
    if case.chased:
        facts.append({"label": _("Chased"), "value": _("%(n)d times") % {"n": case.chased}, "tone": "warn"})
    if case.round > 1:
        facts.append({"label": _("Round"), "value": str(case.round), "tone": "warn"})
    return facts + shown.outside(case, by.at) + (_order_facts(order, by) if order is not None else [])


def _order_facts(order: Any, by: Any) -> list[dict[str, Any]]:
    problem = categories.problem(order.category, order.problem)
    branch = categories.category(order.category)
    facts = [{"label": _("Category"), "value": "　".join(str(x.label) for x in (branch, problem) if x)}]
    if order.appointment_from:
        span = words.when(order.appointment_from, by.at)
        span += f"–{words.clock_time(order.appointment_to)}" if order.appointment_to else ""
        facts.append({"label": _("Visit time"), "value": span})
    if order.completion_agreed_at:
        facts.append({"label": _("Done by"), "value": words.when(order.completion_agreed_at, by.at)})
    if order.quoted_fen:
        agreed = _("agreed") if order.quote_consented_at else _("not agreed yet")
        facts.append({"label": _("Price"), "value": words.yuan(order.quoted_fen), "note": agreed})
    facts += [
        {
            "label": _("Material"),
            "value": f"{line.name} × {line.quantity}{line.unit}",
            "note": _("taken back: %(why)s") % {"why": line.taken_back_reason}
            if line.taken_back_at
            else line.get_payer_display(),
            "tone": "ink-3 struck" if line.taken_back_at else "",
        }
        for line in order.materials.all()[:12]
    ]
    for label, value in (
        (_("Work done"), order.work_done),
        (_("Finding"), order.get_finding_display()),
        (_("Liability"), order.get_liability_display()),
        (_("Verdict"), order.get_rating_display()),
    ):
        if value:
            facts.append({"label": label, "value": value})
    return facts


def _gates(case: Case, order: Any) -> list[dict[str, Any]]:
    """What must exist before the case can close, with the clause and who owes it."""
    if order is None:
        return [{"label": _("Answered"), "done": case.state == State.CLOSED, "clause": "CASE-04", "owes": ""}]
    visit = order.appointment_from is not None or case.is_emergency or case.house_id is None
    executor = case.executor.name if case.executor else ""
    revisited = case.state == State.CLOSED and not case.is_forced
    return [
        {"label": _("Content, place, category"), "done": True, "clause": "RPR-01", "owes": ""},
        {"label": _("Visit agreed"), "done": visit, "clause": "CASE-05", "owes": executor},
        {"label": _("Arrived"), "done": order.arrived_at is not None, "clause": "RPR-03", "owes": executor},
        {
            "label": _("Work done, photos, material"),
            "done": order.finished_at is not None,
            "clause": "RPR-06",
            "owes": executor,
        },
        {
            "label": _("Resident confirmed and rated"),
            "done": order.confirmed_at is not None,
            "clause": "RPR-08",
            "owes": _("resident"),
        },
        {
            "label": _("Revisited by somebody else"),
            "done": revisited,
            "clause": "RPR-10",
            "owes": case.owner.name if case.owner else "",
        },
    ]


def _related(case: Case, project: Any, by: Any) -> list[dict[str, str]]:
    if not case.house_id:
        return []
    others = casework.visible(project, by).filter(house_id=case.house_id).exclude(pk=case.pk).order_by("-id")[:4]
    return [
        {
            "url": reverse("desk:case", args=[project.code, o.pk]),
            "title": o.title,
            "number": o.number,
            "state": str(o.get_state_display()),
        }
        for o in others
    ]
