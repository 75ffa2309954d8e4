"""What of this room waits for somebody: a handover to sign, a pass-on to read. Rows for Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project
from guanjia.web import words

from .. import queries
from . import home, registers


def waiting(project: Project, by: Actor) -> list[dict[str, Any]]:
    signing = [home.handover_row(one, project, by) for one in queries.to_sign(project, by)]
    reading = queries.to_read(project, by)
    return [
        {"title": f"{_('Handover')}　{one['title']}", "sub": one["sub"], "url": one["url"], "urgency": "",
         "icon": "arrows-exchange",
         "act": one["act"], "act_url": one["url"]}
        for one in signing
    ] + [
        {"title": one.title, "sub": f"{one.author.name}　{words.when(one.passed_at, by.at)}",
         "url": registers.pass_on_pages.address(one, project), "icon": "send",
         "urgency": "urgent" if one.is_urgent else "", "act": pgettext("shifts", "Read it"),
         "act_url": registers.pass_on_pages.address(one, project)}
        for one in reading
    ]  # fmt: skip
