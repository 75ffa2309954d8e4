"""Screens on a wall: which show the board of this project, and pairing another."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.shells.board import pairing
from guanjia.shells.board.models import Display
from guanjia.web import words

from . import outside


@outside.page("displays")
def page(request: Any) -> dict[str, Any]:
    """Those that are paired, and how another one is."""
    where = request.build_absolute_uri(reverse("board:wall"))
    return {
        "title": _("Displays"),
        "verbs": [] if request.project.is_office else outside.new_verbs(request, "board.pair_display"),
        "rows": [outside.row_of(d, request, "device-desktop", _sub(d)) for d in pairing.displays(request.project)],
        "notes": [_("Open %(where)s on the screen; enter the six digits it shows here.") % {"where": where}],
        "empty": _("A screen on the wall shows the board of this project. No resident's name stands on it."),
    }  # fmt: skip


def _sub(one: Display) -> str:
    paired = _("paired %(at)s") % {"at": words.when(one.paired_at)}
    seen = words.when(one.seen_at) if one.seen_at else _("never")
    return f"{paired}　" + _("last seen %(at)s") % {"at": seen}
