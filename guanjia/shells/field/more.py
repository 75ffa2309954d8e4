"""All that my post does on the phone, from one calm page; what is in my hands; a code of any kind, scanned or typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from guanjia.domains.followups.models import CARERS
from guanjia.domains.hazmat import queries as hazmat
from guanjia.domains.keys import queries as keys
from guanjia.domains.keys.showing import page_of
from guanjia.domains.parcels import counter
from guanjia.domains.parcels import queries as parcels
from guanjia.domains.residents.models import READERS
from guanjia.domains.visitors import queries as visitors
from guanjia.domains.visitors.models import GATE
from guanjia.kernel.actors import Actor
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.models import HandoutState
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web.doors import say

from . import gate
from .doors import framed, phone_page, tabs

MINE = 12


@dataclass(frozen=True)
class Way:
    """One page: open to who holds one of the rights (no right named: to everybody)."""

    icon: str
    label: Any
    name: str
    rights: tuple[str, ...] = ()
    posts: frozenset[str] = frozenset()
    # What I have there opens it to me whatever my post.
    mine: Callable[[Project, Actor], Any] | None = None

    def is_open(self, by: Actor, project: Project) -> bool:
        if self.mine is not None and self.mine(project, by).exists():
            return True
        if self.posts and not by.holds(project.pk, *self.posts):
            return False
        return not self.rights or any(by.may(right, project.pk) for right in self.rights)


GROUPS: tuple[tuple[Any, tuple[Way, ...]], ...] = (
    (_("Visitors"), (
        Way("walk", pgettext_lazy("field", "Gate"), "field:gate", posts=GATE),
        Way("users-group", _("Who is inside"), "visitors:inside", posts=GATE),
        Way("qrcode", _("Make a pass"), "visitors:new-pass", ("visitors.issue",)),
        Way("hand-stop", _("Instructions of houses"), "instructions:list", posts=GATE),
    )),
    (_("Keeping"), (
        Way("package", _("Hand out parcels"), "parcels:counter", ("parcels.hand_over",)),
        Way("plus", _("Take a parcel in"), "parcels:accept", ("parcels.accept",)),
        Way("mail", _("Letters round"), "parcels:letters", ("parcels.hand_round",)),
        Way("key", pgettext_lazy("custody", "Keys"), "keys:home", ("keys.lend", "keys.seal")),
        Way("fingerprint", _("Keys I keep"), "keys:mine", ("keys.lend", "keys.seal")),
        Way("umbrella", _("Lend umbrellas, trolleys"), "goods:list", ("goods.lend",)),
        Way("box", _("Things left here"), "left_items:list", ("left_items.collect",)),
        Way("archive", _("Archives"), "archives:list", ("archives.file_document", "archives.lend")),
        Way(
            "biohazard", _("Hazardous goods"), "hazmat:phone", ("hazmat.hand_out", "hazmat.take_back"),
            mine=hazmat.mine,
        ),
        Way("checklist", _("Counts"), "custody:counts", ("custody.mark",)),
    )),
    (_("Found and lost"), (
        Way("search", _("Register a find"), "lostfound:new", ("lostfound.register_find",)),
        Way("shield-check", _("Finds"), "lostfound:list", ("lostfound.claim", "lostfound.hand_to_security")),
        Way("help-circle", _("What is missed"), "lostfound:losses", ("lostfound.match",)),
    )),
    (pgettext_lazy("field", "Households"), (
        Way("heart-handshake", pgettext_lazy("residents", "Care list"), "residents:care", posts=READERS),
        Way("phone-check", _("Whom to revisit"), "followups:queue", ("followups.record_visit",)),
        Way("route", _("Month’s trail"), "followups:trail", posts=CARERS),
    )),
    (_("The day"), (
        Way("notes", _("Shift, log, handover"), "shifts:phone", ("shifts.log",)),
        Way("user-check", _("What my post does"), "organization:posts"),
        Way("map-pin", _("Calls to the spot"), "organization:calls", ("organization.arrive_on_site",)),
        Way(
            "plant", pgettext_lazy("field", "Cleaning"), "cases:cleaning",
            posts=posts.SUPERVISORS | {posts.CLEANING_LEAD},
        ),
        Way("share", _("Service and security"), "visitors:shared", ("visitors.share",)),
        Way("phone-call", _("Calls and walk-ins"), "reception:home", ("reception.log",)),
        Way("school", _("Training and exams"), "training:home"),
        Way("signature", _("To sign"), "approvals:phone"),
        Way("clipboard-list", _("Entries"), "entries:list"),
        Way("calendar-check", pgettext_lazy("rail", "Today"), "desk:today"),
    )),
)  # fmt: skip


@phone_page
@require_GET
def page(request: Any) -> HttpResponse:
    """What this post opens; what I have on me, the first due first."""
    project, by = request.project, request.actor
    mine = custody.handouts(project, by).filter(employee_id=by.id, state=HandoutState.OUT).order_by("due_at", "id")
    groups = []
    for label, ways in GROUPS:
        found = [
            {"icon": w.icon, "label": w.label, "url": reverse(w.name, args=[project.code])}
            for w in ways
            if w.is_open(by, project)
        ]
        if found:
            groups.append({"label": label, "ways": found})
    context = {
        "title": pgettext_lazy("field", "More"),
        "tabs": tabs(request, "more"),
        "who": by.name,
        "may_scan": any(way.is_open(by, project) for way in SCANNED),
        "groups": groups,
        "mine": [
            {"one": one, "url": reverse("custody:handout", args=[project.code, one.pk]),
             "late": bool(one.due_at) and one.due_at < by.at}
            for one in mine[:MINE]
        ],
    }  # fmt: skip
    return framed(request, "field/more.html", context)


# What a code may lead to, and to whom.
PASS, KEY, PARCEL = GROUPS[0][1][0], GROUPS[1][1][3], GROUPS[1][1][0]
SCANNED = (PASS, KEY, PARCEL)


@phone_page
@require_POST
def scan(request: Any) -> HttpResponse:
    """A pass, a key's tag or a parcel: whichever this person may know of. The code is posted, never in an address."""
    project, by = request.project, request.actor
    said = request.POST.get("q", "").strip()[:120]
    if PASS.is_open(by, project) and (found := visitors.pass_by_code(project, by, said)) is not None:
        return gate.shown(request, found, 200)
    if KEY.is_open(by, project) and (key := keys.found_by(project, by, said.rsplit("/", 1)[-1])) is not None:
        return HttpResponseRedirect(page_of(key, project))
    if PARCEL.is_open(by, project) and parcels.asked_for(project, by, said[:40]):
        answer: HttpResponse = counter.page(request, project=project.code)
        return answer
    say(request, _("No pass, key or parcel here has this code. Read it again, or type it."), tone="warn")
    return HttpResponseRedirect(reverse("field:more", args=[project.code]))
