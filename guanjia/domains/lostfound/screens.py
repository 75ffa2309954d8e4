"""The found-property register, what is missed, and which may belong together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.parts.custody import panels as custody
from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.links import link, links
from guanjia.web.registers import Column, Register, grow, minor, person
from guanjia.web.things import ThingPages

from . import queries
from .models import Find, Loss, LossState, State
from .operations import register_find, report_loss

states.mark({
    State.FOUND: "hand warn", State.SECURED: "most info", State.CLAIMED: "tick ok ended",
    State.ENDED: "none neutral ended", LossState.MISSED: "hand warn", LossState.RETURNED: "tick ok ended",
    LossState.CLOSED: "none neutral ended",
})  # fmt: skip


def find_panels(find: Find, by: Actor) -> Iterator[dict[str, Any]]:
    """Who had it, and who may miss it."""
    yield from custody.hands(find, by)
    found = queries.like_find(find, by) if find.state in queries.HERE else []
    if found:
        yield {
            "template": "lostfound/like.html",
            "title": pgettext_lazy("lostfound", "May be missed by"),
            "rows": [_row(x) for x in found],
        }


def loss_panels(loss: Loss, by: Actor) -> Iterator[dict[str, Any]]:
    """Finds that sound like it."""
    found = queries.like_loss(loss, by) if loss.state == LossState.MISSED else []
    if found:
        yield {
            "template": "lostfound/like.html",
            "title": pgettext_lazy("lostfound", "May have been found"),
            "rows": [_row(x) for x in found],
        }


def _row(thing: Find | Loss) -> dict[str, Any]:
    pages = find_pages if isinstance(thing, Find) else loss_pages
    at = thing.found_at if isinstance(thing, Find) else thing.reported_at
    return {"url": pages.address(thing), "title": thing.description, "sub": thing.place, "at": at}


find_pages = ThingPages(
    Find,
    "lostfound",
    create=register_find,
    title=pgettext_lazy("lostfound", "Found property"),
    said=pgettext_lazy("lostfound", "Registered. Hand it to security before the day ends, unless somebody claims it."),
    facts=(
        "number", "description", "features", "is_valuable", "place", "found_at", "finder", "found_by", "position",
        "keeper", "claimant", "claim_check", "claimed_at", "secured_at", "secured_by", "disposal",
    ),
    photos=photos,
    also=custody.story,
    panels=find_panels,
)  # fmt: skip
loss_pages = ThingPages(
    Loss,
    "lostfound",
    create=report_loss,
    names=("losses", "new_loss", "loss"),
    title=pgettext_lazy("lostfound", "What is missed"),
    said=pgettext_lazy("lostfound", "Registered. What sounds like it stands beside."),
    facts=("description", "place", "lost_on", "resident", "outsider", "reported_at", "find", "answer"),
    panels=loss_panels,
)


finds = Register(
    "found-property",
    pages=find_pages,
    unit=pgettext_lazy("lostfound", "finds"),
    columns=(
        grow("description"), "place", "found_at",
        Column(pgettext_lazy("lostfound", "Where it is kept"), "position", is_minor=True), minor(person("claimant")),
        "state",
    ),
    filters=("state",),
    hint=pgettext_lazy("lostfound", "Thing or place"),
    new=links(find_pages.new_links, link("lostfound:losses", pgettext_lazy("lostfound", "What is missed"))),
    empty=pgettext_lazy(
        "lostfound", "What is found here is registered by whoever picks it up, and goes to security the same day."
    ),
)  # fmt: skip
losses = Register(
    "losses",
    pages=loss_pages,
    unit=pgettext_lazy("lostfound", "losses"),
    columns=(
        grow("description"), "place", "lost_on",
        Column(
            pgettext_lazy("lostfound", "Missed by"),
            lambda loss: loss.resident.name if loss.resident else loss.outsider,
            "person",
        ),
        "state",
    ),
    filters=("state",),
    hint=pgettext_lazy("lostfound", "Thing or place"),
    empty=pgettext_lazy("lostfound", "What residents miss stands here, compared with the finds by its words."),
)  # fmt: skip
