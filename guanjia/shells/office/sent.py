"""What went out of the house to whom, and what did not."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.parts.outreach.models import Message
from guanjia.parts.outreach.models.outbox import READERS
from guanjia.web.registers import Column, Filter, Register

from .frame import tabs
from .outside import views


def _frame(request: Any, slug: str) -> dict[str, Any]:
    return {"tabs": tabs(request, "channels"), "page_title": _("Office"), "views": views(request, slug)}


def _to(message: Message) -> str:
    return message.masked or str(message.get_channel_display())


register = Register(
    "messages",
    title=gettext_lazy("Messages"),
    unit=gettext_lazy("messages"),
    rows=lambda project, by: Message.visible_to(by).filter(project=project).select_related("project").defer("sealed"),
    columns=(
        Column(gettext_lazy("Queued at"), "created_at", "day"),
        Column(gettext_lazy("Way"), "get_channel_display", "tag"),
        Column(gettext_lazy("What"), "words", "grow"),
        Column(gettext_lazy("To"), _to),
        Column(gettext_lazy("Cause"), "cause", is_minor=True),
        Column(gettext_lazy("State"), "get_state_display", "tag"),
    ),
    filters=(
        Filter("state", gettext_lazy("State"), lambda project: Message.State.choices, lambda value: Q(state=value)),
        Filter(
            "way", gettext_lazy("Way"), lambda project: Message._meta.get_field("channel").flatchoices,
            lambda value: Q(channel=value),
        ),
    ),
    page=lambda message, project: reverse("office:outside", args=[project.code, "message", message.pk]),
    posts=READERS,
    frame=_frame,
    template="office/messages.html",
    empty=gettext_lazy("Nothing was sent yet."),
)  # fmt: skip
