"""The plain lists and pages of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.files.showing import photos
from guanjia.people import posts
from guanjia.web import states
from guanjia.web.links import link, links
from guanjia.web.registers import Column, Filter, Register, grow, minor, tag
from guanjia.web.things import ThingPages

from .. import queries
from ..models import TAKERS, Handover, Note, Outing, PassOn, Transfer, WebPermit
from ..models.handovers import State as Handing
from ..models.passing import State as Passing
from ..models.presence import State as Being
from ..models.transfers import State as Leaving
from ..operations import begin, begin_transfer, go_out, log, pass_on, permit_internet

states.mark({
    Handing.OPEN: "half warn", Handing.SIGNED: "tick ok ended", Handing.LOCKED: "hold info",
    Handing.TAKEN_UP: "tick ok ended", Handing.WITHDRAWN: "cross neutral ended", Passing.IN_FORCE: "ring brand",
    Passing.TAKEN_BACK: "cross neutral ended", Being.OUT: "half warn", Being.BACK: "tick ok ended",
    Leaving.OPEN: "half brand", Leaving.SIGNED: "most info", Leaving.CONFIRMED: "tick ok ended",
    Leaving.WITHDRAWN: "cross neutral ended",
})  # fmt: skip


handover_pages = ThingPages(
    Handover, "shifts", create=begin, names=("handovers", "begin", "handover"), title=_("Handovers")
)
handovers = Register(
    "handovers",
    pages=handover_pages,
    rows=queries.handovers,
    order=("-began_at", "-id"),
    columns=(
        "on", grow("post"), "shift", "giver",
        Column(_("Relieved by"), lambda handover: str(handover.receiver or handover.taken_up_by or ""), "person"),
        minor("signed_at"), "state",
    ),
    filters=("state", Filter("post", choices=lambda project: [(p, posts.NAMES[p]) for p in TAKERS])),
    empty=_("At the end of a shift its handover drafts itself here from what is open."),
)  # fmt: skip
note_pages = ThingPages(
    Note, "shifts:log", create=log, title=_("Shift log"), said=_("Noted in the log."),
    related=("duty",), facts=("words", "kind", "is_important", "post", "author", "at"),
    photos=photos,
)  # fmt: skip
notes = Register(
    "log",
    pages=note_pages,
    columns=("at", grow("words"), tag("kind"), minor("post"), "author"),
    filters=("kind",),
    hint=_("Words of the log"),
    empty=_("What happens during a shift is noted here, a line at a time."),
)
pass_on_pages = ThingPages(
    PassOn, "shifts:pass-ons", create=pass_on, title=_("Passed on"), said=_("Passed on. Who has read it stands here.")
)
pass_ons = Register(
    "pass-ons",
    pages=pass_on_pages,
    rows=queries.pass_ons,
    columns=(
        grow("title"), "author", "passed_at",
        Column(_("Read by"), lambda note: f"{note.read_count} / {note.readers_count}", "num"),
        Column(_("Holds until"), "until_on", "text", is_minor=True), "state",
    ),
    filters=("state",),
    hint=_("Words of what was passed on"),
    empty=_("What colleagues must know is passed on here; who has read it stands beside it."),
)  # fmt: skip
outing_pages = ThingPages(
    Outing, "shifts:outings", create=go_out, title=_("Out of the house"), said=_("Noted. Say so when you are back."),
    facts=("employee", "destination", "reason", "out_at", "due_at", "told_to", "back_at"),
)  # fmt: skip
outings = Register(
    "outings",
    pages=outing_pages,
    columns=(
        "employee", grow("destination"), minor("reason"), Column(_("Phone"), "phone", "phone"), "out_at", "due_at",
        minor("told_to"), "state",
    ),
    filters=("state",),
    new=links(outing_pages.new_links, link("shifts:permits:new", permit_internet)),
    empty=_("Who goes out during working hours says where, why and until when."),
)  # fmt: skip
permit_pages = ThingPages(
    WebPermit, "shifts:permits", create=permit_internet, title=_("Internet at work"), said=_("Allowed."),
    facts=("employee", "purpose", "granted_by", "granted_at", "until_at"),
)  # fmt: skip
permits = Register(
    "permits",
    pages=permit_pages,
    columns=("employee", grow("purpose"), "granted_by", "granted_at", "until_at"),
    empty=_("The open internet is used at work only with a supervisor's leave, which stands here."),
)
transfer_pages = ThingPages(Transfer, "shifts:transfers", create=begin_transfer, title=_("Transfers of duties"))
transfers = Register(
    "transfers",
    pages=transfer_pages,
    rows=queries.transfers,
    columns=("giver", "receiver", grow("cause"), "began_at", "state"),
    filters=("state",),
    empty=_("Who leaves a post hands the work over here: a memo, what was kept, what is open."),
)
