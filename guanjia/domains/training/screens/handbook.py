"""The handbook and what it has to follow; who is confirmed in a post, and what the roster asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.files.showing import photos
from guanjia.places.models import Project
from guanjia.web.links import link, links
from guanjia.web.registers import Column, Register, grow, minor
from guanjia.web.things import ThingPages

from .. import operations, queries
from ..models import Confirmation, Demand, Handbook, MaterialChange
from ..models.reach import READERS
from .frame import tabs

change_pages = ThingPages(
    MaterialChange, "training", create=operations.note_change, names=("changes", "new-change", "change"),
    title=_("Changes to follow"), said=_("Noted. The handbook has three working days."),
    facts=("noted_by", "noted_at", "handbook"),
)  # fmt: skip
book_pages = ThingPages(
    Handbook, "training", create=operations.write_handbook, names=("handbook", "new-handbook", "handbook-version"),
    title=_("Handbook"), said=_("Kept as a new version."),
    facts=("version", "plan", "contracts", "policies", "source", "kept_at", "second_copy_at", "editor", "updated_at"),
    photos=photos,
)  # fmt: skip


handbook = Register(
    "handbook", pages=book_pages, unit=_("versions"),
    columns=("version", grow("source"), "updated_at", minor("editor")),
    # A change is noted more often than a handbook is written.
    new=links(change_pages.new_links, book_pages.new_links, link("training:changes", _("Changes to follow"))),
    frame=tabs,
    empty=_("The know-how handbook: plan, contracts, policies. A change is in it within three working days."),
)  # fmt: skip
changes = Register(
    "changes", pages=change_pages, unit=_("changes"),
    columns=(grow("what"), "noted_at", minor("noted_by"), Column(_("In version"), "handbook.version"), "state"),
    filters=("state",),
    frame=tabs.under("training:handbook"),
    empty=_("A policy, rule or explanation that changed is noted here; the handbook follows."),
)  # fmt: skip


# -- who is confirmed --------------------------------------------------------------------------------------------------

post_pages = ThingPages(
    Confirmation, "training", create=operations.confirm_in_post, names=("posts", "new-confirmation", "confirmation"),
    title=_("Confirmed in a post"), said=_("Confirmed."),
    facts=("employee", "post", "confirmed_by", "confirmed_at"),
)  # fmt: skip
demand_pages = ThingPages(
    Demand, "training", create=operations.demand_confirmation, names=("posts", "new-demand", "demand"),
    title=_("Confirmed in a post"), said=_("From that day the roster asks for it."),
    facts=("from_on", "days", "decided_by", "decided_at", "ended_on"),
)  # fmt: skip


def post_links(project: Project, by: Actor) -> list[dict[str, Any]]:
    """Confirm somebody; begin with it, or look at what was begun."""
    found = post_pages.new_links(project, by)
    standing = queries.standing_demand(project)
    if standing is not None:
        url = demand_pages.address(standing, project)
        return [*found, {"url": url, "label": _("The roster takes confirmed staff alone")}]
    return [*found, *demand_pages.new_links(project, by)]


confirmed = Register(
    "posts", pages=post_pages, unit=_("people"), posts=READERS,
    columns=("employee", grow("post"), "confirmed_at", minor("confirmed_by")),
    new=post_links, frame=tabs,
    empty=_("Whoever was taught and passed is confirmed by somebody else, and may then hold the post alone."),
)  # fmt: skip
