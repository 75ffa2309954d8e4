"""Certificates of who touches food or hygiene (F-CERT), what ends soon, and today's clean work clothes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files.showing import photos
from guanjia.parts.standards import queries as standards
from guanjia.people.models import Duty
from guanjia.places.models import Project
from guanjia.web.doors import go, say, staff_page
from guanjia.web.links import link, links
from guanjia.web.registers import Column, Filter, Register, dated, grow, minor
from guanjia.web.things import ThingPages

from .. import hygiene, operations
from ..models import Certificate
from ..models.reach import named
from ..operations.certificates import HEADS
from .frame import tabs

MOST = 100
pages = ThingPages(
    Certificate, "training", create=operations.register_certificate,
    names=("certificates", "new-certificate", "certificate"), title=_("Certificates"), said=_("On file."),
    photos=photos,
    facts=("employee", "kind", "number", "issued_on", "valid_until", "recorded_by", "recorded_at", "reason"),
    leading=("renew_certificate",),
)  # fmt: skip


def prepare(rows: list[Certificate], project: Project, by: Actor) -> None:
    """Whether a row still counts, all in one statement."""
    held = hygiene.valid(project, {one.employee_id for one in rows})
    today = standards.today_at(project, by.at)
    for one in rows:
        one.counts = _counts(one, held.get((one.employee_id, one.kind)), today)


def _counts(one: Certificate, last: Any, today: Any) -> str:
    if one.state == Certificate.State.STRUCK:
        return str(one.get_state_display())
    if last and last > one.valid_until:
        return str(_("Renewed"))
    if one.valid_until < today:
        return str(_("Expired"))
    return str(_("Ends soon") if one.valid_until <= today + hygiene.SOON else pgettext_lazy("certificate", "Valid"))


certificates = Register(
    "certificates", pages=pages, unit=_("certificates"),
    order=("-valid_until", "-id"),
    columns=(
        "employee", grow("kind"), minor(dated("issued_on")), dated("valid_until"), Column(_("State"), "counts", "tag"),
    ),
    filters=(Filter("kind", choices=lambda p: named("cert_kinds")),),
    new=links(pages.new_links, link("training:clothes", _("Clean work clothes"))),
    prepare=prepare, template="training/certificates.html",
    frame=lambda request, slug: {**tabs(request), "renewals": renewals(request.project, request.actor)},
    empty=_("Training and health certificates of whoever works where food or hygiene is touched."),
)  # fmt: skip


def renewals(project: Project, by: Actor) -> list[dict[str, Any]]:
    """Who of these posts lacks a certificate, or whose ends soon: with the form to enter the next."""
    may, kinds = by.may(operations.register_certificate.name, project.pk), dict(named("cert_kinds"))
    if not may:
        return []
    new, today = reverse("training:new-certificate", args=[project.code]), standards.today_at(project, by.at)
    return [
        {
            "name": one.name, "kind": kinds[kind], "until": until, "is_late": until is None or until < today,
            "url": "" if one.pk == by.id else f"{new}?employee={one.pk}&kind={kind}",
        }
        for one, kind, until in hygiene.to_renew(project, by.at)
    ]  # fmt: skip


@staff_page
@require_http_methods(["GET", "POST"])
def clothes(request: Any) -> HttpResponse:
    """Who of these posts is on today, and for whom the change of clothes is on record: many at once for a lead."""
    by, project = request.actor, request.project
    if request.method == "POST":
        ids = [int(p) for p in request.POST.getlist("pick")[:MOST] if p.isascii() and p.isdigit() and len(p) <= 18]
        duties = list(Duty.visible_to(by).filter(project=project, pk__in=ids).select_related("project").order_by("id"))
        try:
            if not duties:
                raise Refused("", _("Tick who has changed."))
            key = request.POST.get("idempotency_key", "")[:80] or None
            done = operations.change_clothes.many([(one, {}) for one in duties], by=by, key=key)
        except Refused as outcome:
            say(request, str(outcome.sentence), tone="warn")
        else:
            say(request, ngettext("%(n)d person noted.", "%(n)d people noted.", len(done)) % {"n": len(done)})
        return go(request, reverse("training:clothes", args=[project.code]))
    leads = by.holds(project.pk, *HEADS)
    rows = [{"duty": duty, "done": done} for duty, done in hygiene.to_change(project, by, leads)]
    context = {
        **tabs(request, at="training:certificates"), "rows": rows, "left": sum(not row["done"] for row in rows),
        "clause_url": reverse("standards:clause", args=[project.code, "TRN-15"]),
    }  # fmt: skip
    return render(request, "training/clothes.html", context)
