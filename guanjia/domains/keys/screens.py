"""The registers of keys and their papers, and one of each."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.parts.custody import panels as custody
from guanjia.parts.files.showing import photos
from guanjia.web import states
from guanjia.web.registers import Column, Register, grow, minor, only
from guanjia.web.things import ThingPages

from . import queries, showing
from .models import Authorisation, Category, Issue, Key, PaperState, State
from .operations import authorise, take_over

states.mark({
    State.IN_STORE: "tick ok", State.LENT: "most info", State.ISSUED: "tick ok", State.LOST: "cross danger",
    State.RETIRED: "none neutral ended", PaperState.FILED: "tick ok", PaperState.WITHDRAWN: "cross neutral ended",
})  # fmt: skip

pages = ThingPages(
    Key,
    "keys",
    create=take_over,
    title=_("Key list"),
    said=_("Numbered and on the list."),
    related=queries.RELATED,
    facts=(
        "number", "category", "kind", "house", "name", "spot", "floor", "quantity", "cabinet", "row", "slot",
        "position", "keeper", "seal_no", "is_sealed", "is_important", "received_on", "handed_by", "copied_from",
        "remark",
    ),
    limits=showing.limits,
    photos=photos,
    also=custody.story,
    panels=showing.panels,
    leading=showing.LEADING,
)  # fmt: skip
COLUMNS = (
    Column(pgettext_lazy("keys", "Key"), str, "grow"), "category", Column(_("Hangs with"), "bunch", is_minor=True),
    minor("quantity"), Column(_("Where it lies"), "where"), minor("keeper"), "state",
)  # fmt: skip


register = Register(
    "keys",
    pages=pages,
    unit=pgettext_lazy("keys", "keys"),
    columns=COLUMNS,
    filters=(
        "category", "state",
        only(
            "seal", pgettext_lazy("keys", "Seal"), Q(category=Category.OWNER, state=State.IN_STORE, is_sealed=False),
            label=_("To be sealed"), value="broken",
        ),
    ),
    hint=_("Number, door or house"),
    frame=showing.tabs,
    empty=_("Take the first key over: it gets its number, its slot and its tag."),
)  # fmt: skip
mine = Register(
    "keys-mine",
    of=Key,
    title=_("Kept by me"),
    unit=pgettext_lazy("keys", "keys"),
    rows=lambda project, by: queries.kept_by(project, by, by.id),
    columns=COLUMNS,
    page=pages.address,
    frame=showing.tabs,
    empty=_("No key is entrusted to you."),
)
paper_pages = ThingPages(
    Authorisation,
    "keys",
    create=authorise,
    names=("authorisations", "authorise", "authorisation"),
    title=_("Authorisations"),
    said=_("On file."),
    facts=("house", "resident", "employee", "purpose", "signed_on", "valid_until", "filed_by", "remark"),
    photos=photos,
)
papers = Register(
    "key-authorisations",
    pages=paper_pages,
    unit=pgettext_lazy("keys", "papers"),
    columns=(
        grow("house"), "resident",
        Column(_("Authorised person"), lambda one: one.employee.name if one.employee else _("the service centre")),
        minor("signed_on"), "valid_until", "state",
    ),
    filters=("state",),
    frame=showing.tabs,
    empty=_("What owners signed for the use of their keys is filed here with its picture."),
)  # fmt: skip
issue_pages = ThingPages(
    Issue,
    "keys",
    names=("issued", "", "issue"),
    title=_("Issued to owners"),
    facts=(
        "house", "resident", "numbers", "security_door", "unit_door", "interior_door", "intercom_door", "mailbox",
        "issued_at", "issued_by",
    ),
    photos=photos,
)  # fmt: skip


def pieces(one: Issue) -> int:
    return sum((one.security_door, one.unit_door, one.interior_door, one.intercom_door, one.mailbox))


issued = Register(
    "key-issues",
    pages=issue_pages,
    unit=pgettext_lazy("keys", "entries"),
    columns=(grow("house"), "resident", Column(_("Pieces"), pieces, "num"), "issued_at", minor("issued_by")),
    frame=showing.tabs,
    empty=_("Owners take their keys from the page of a key of their house."),
)
