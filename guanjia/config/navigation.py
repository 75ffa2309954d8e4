"""The rail: what each post opens. A room that is not built, or not open to the post, is not drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.domains.residents.models import READERS as CARERS
from guanjia.parts.compliance.queries import READERS
from guanjia.people import posts
from guanjia.shells.board.doors import READERS as BOARD

DESK = posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS | posts.ENGINEERING | posts.SECURITY | {posts.CASHIER}
COUNTER = posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS
PHONE = frozenset(
    {
        posts.TECHNICIAN,
        posts.STEWARD,
        posts.SECURITY_GUARD,
        posts.ENGINEERING_SUPERVISOR,
        posts.CLEANING_LEAD,
        posts.SECURITY_MANAGER,
    }
)
OFFICE = (
    posts.SUPERVISORS
    | posts.MANAGERS
    | {
        posts.ADMINISTRATOR,
        posts.HR_OFFICER,
        posts.COMPANY_SERVICE,
        posts.ENGINEERING_MANAGER,
        posts.SECURITY_MANAGER,
    }
)


@dataclass(frozen=True)
class Entry:
    """One place of the rail: `names` are tried in order, the first address that stands is used."""

    id: str
    icon: str
    label: Any
    names: tuple[str, ...]
    posts: frozenset[str]
    foot: bool = False
    under: tuple[str, ...] = ()  # path pieces after /p/<project>/ that belong to it
    sites: bool = False  # of a community only, not of the head office


RAIL = (
    Entry("today", "calendar-check", pgettext_lazy("rail", "Today"), ("desk:today",), posts.EVERYONE, under=("today",)),
    Entry("desk", "headset", _("Desk"), ("desk:idle",), DESK, under=("desk",)),
    Entry(
        "cases",
        "message-report",
        _("Cases"),
        ("desk:queue",),
        DESK,
        under=("cases", "case", "visits", "issues", "revisits", "trail"),
    ),
    Entry(
        "cleaning",
        "plant",
        pgettext_lazy("rail", "Cleaning"),
        ("cases:cleaning",),
        frozenset({posts.CLEANING_LEAD}),
        under=("cleaning",),
        sites=True,
    ),
    Entry("field", "tool", _("Tasks"), ("field:home", "field:tasks"), PHONE, under=("field",)),
    Entry("reception", "phone", pgettext_lazy("rail", "Counter"), ("reception:home",), COUNTER, under=("reception",)),
    Entry(
        "visitors",
        "walk",
        pgettext_lazy("rail", "Visitors"),
        ("visitors:inside",),
        posts.COUNTER | posts.SECURITY | posts.SUPERVISORS | posts.MANAGERS | {posts.STEWARD, posts.SERVICE_LEAD},
        under=("visitors", "instructions"),
    ),
    Entry(
        "custody",
        "archive",
        pgettext_lazy("rail", "Custody"),
        ("custody:home",),
        DESK | {posts.CLEANING_LEAD},
        under=(
            "custody",
            "goods",
            "gifts",
            "parcels",
            "hazmat",
            "keys",
            "key",
            "archives",
            "left-items",
            "found",
            "losses",
        ),
    ),
    Entry(
        "care",
        "heart-handshake",
        pgettext_lazy("rail", "Care"),
        ("residents:care",),
        CARERS,
        under=("care", "customers", "referrals", "experiences"),
        sites=True,
    ),
    Entry(
        "notices",
        "speakerphone",
        pgettext_lazy("rail", "Notices"),
        ("notices:list",),
        DESK,
        under=("bulletins",),
        sites=True,
    ),
    Entry("shift", "notes", pgettext_lazy("rail", "Shift"), ("shifts:home",), posts.EVERYONE, under=("shift",)),
    Entry(
        "entries",
        "clipboard-list",
        pgettext_lazy("rail", "Entries"),
        ("entries:list",),
        posts.EVERYONE,
        under=("entries", "forms"),
    ),
    Entry(
        "checks",
        "clipboard-check",
        _("Checks"),
        ("inspections:list",),
        DESK | OFFICE,
        under=("inspections", "run-sheets"),
    ),
    Entry(
        "training",
        "school",
        pgettext_lazy("rail", "Training"),
        ("training:home",),
        posts.EVERYONE,
        under=("training",),
    ),
    Entry(
        "standards",
        "book",
        _("Book"),
        ("standards:home", "office:standards"),
        OFFICE | DESK,
        under=("standards", "duties", "posts"),
    ),
    Entry("compliance", "chart-bar", _("Results"), ("compliance:board",), READERS, under=("compliance",)),
    Entry("board", "layout-dashboard", _("Board"), ("board:page",), BOARD, under=("board",), sites=True),
    Entry(
        "approvals",
        "signature",
        _("Approve"),
        ("approvals:inbox",),
        posts.EVERYONE,
        foot=True,
        under=("approvals",),
    ),
    Entry("office", "settings", _("Office"), ("office:home",), OFFICE, foot=True, under=("office",)),
)


# Places of the rail before 更多: what fits a counter screen (1366×768), and a thumb.
WIDE, NARROW = 9, 4


def rail(path: str, project: Any, held: frozenset[str], badges: dict[str, int]) -> list[dict[str, Any]]:
    """The entries of the rail for somebody's posts at a project.

    `fold` says where one stands under 更多: nowhere (empty), on a phone (`narrow`), everywhere (`always`).
    """
    rest = path.removeprefix(f"/p/{project.code}/")
    items = []
    for entry in RAIL:
        url = _address(entry, project.code) if held & entry.posts and not (entry.sites and project.is_office) else ""
        if url:
            items.append(
                {
                    "id": entry.id,
                    "icon": entry.icon,
                    "label": entry.label,
                    "url": url,
                    "foot": entry.foot,
                    "current": rest.split("/")[0] in entry.under,
                    "badge": badges.get(entry.id, ""),
                }
            )
    _fold(items)
    return items


def _fold(items: list[dict[str, Any]]) -> None:
    """One that is left over needs no 更多: it takes that place itself."""
    main = [one for one in items if not one["foot"]]
    wide = WIDE if len(main) > WIDE + 1 else len(main)
    narrow = NARROW if len(items) > NARROW + 1 else len(items)
    order = [*main, *(one for one in items if one["foot"])]
    for n, one in enumerate(order):
        one["fold"] = "always" if not one["foot"] and n >= wide else "narrow" if n >= narrow else ""


def more(items: list[dict[str, Any]]) -> dict[str, str]:
    """更多: whether it stands on a phone alone, and whether the page one is on lies under it; empty for none."""
    folded = [one for one in items if one["fold"]]
    if not folded:
        return {}
    here = next((one["fold"] for one in folded if one["current"]), "")
    is_always = any(one["fold"] == "always" for one in folded)
    return {"tone": f"{'' if is_always else 'is-narrow'} {f'is-here-{here}' if here else ''}".strip()}


def _address(entry: Entry, code: str) -> str:
    for name in entry.names:
        try:
            return reverse(name, args=[code])
        except NoReverseMatch:
            continue
    return ""
