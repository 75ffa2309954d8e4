"""The list of notices, a new one, and one with whom it reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.web import states
from guanjia.web.registers import Register, grow, minor, tag
from guanjia.web.things import ThingPages

from . import queries
from .models import Bulletin, State
from .operations import draft

states.mark({
    State.DRAFT: "hand warn", State.PUBLISHED: "tick ok", State.TAKEN_DOWN: "cross neutral ended",
    State.DROPPED: "cross neutral ended",
})  # fmt: skip


def panels(bulletin: Bulletin, by: Actor) -> Iterator[dict[str, Any]]:
    """The text as residents read it; whom it reached, by state, and the last that went out."""
    told, fates = queries.reached(bulletin)
    before = len(queries.audience(bulletin, by.at)) if bulletin.state == State.DRAFT else 0
    figures = [{"label": _now("Will reach"), "number": before}] if before else []
    if told:
        figures = [{"label": _now("Found in the program"), "number": told}]
    yield {"template": "notices/panel.html", "bulletin": bulletin, "figures": figures}
    is_reader = by.may("outreach.retry", bulletin.project_id)
    url = reverse("office:messages", args=[bulletin.project.code]) if is_reader else ""
    yield {"template": "notices/sent.html", "fates": fates, "url": url}


pages = ThingPages(
    Bulletin,
    "notices",
    create=draft,
    title=pgettext_lazy("bulletin", "Notices"),
    said=_("Drafted. Somebody who leads reviews and publishes it."),
    facts=("kind", "is_urgent", "author", "reviewer", "published_at", "taken_down_at"),
    panels=panels,
    leading=("publish",),
)
register = Register(
    "notices",
    pages=pages,
    unit=_("notices"),
    columns=(grow("title"), tag("kind"), "published_at", "author", minor("reviewer"), "state"),
    filters=("state", "kind"),
    hint=_("Title"),
    empty=_("What residents have to know stands here: drafted by one, reviewed and published by another."),
)
