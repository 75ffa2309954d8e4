"""What went out of the house to whom, and what did not."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.parts.outreach.models import Message
from guanjia.parts.outreach.models.outbox import READERS
from guanjia.web.registers import Column, Filter, Register, tag

from .frame import tabs
from .outside import views


def _frame(request: Any, slug: str) -> dict[str, Any]:
    return {"tabs": tabs(request, "channels"), "page_title": _("Office"), "views": views(request, slug)}


def _to(message: Message) -> str:
    return message.masked or str(message.get_channel_display())


register = Register(
    "messages",
    of=Message,
    title=gettext_lazy("Messages"),
    unit=gettext_lazy("messages"),
    rows=lambda project, by: Message.visible_to(by).filter(project=project).select_related("project").defer("sealed"),
    columns=(
        "created_at", tag("channel"), Column(gettext_lazy("What"), "words", "grow"), Column(gettext_lazy("To"), _to),
        Column(gettext_lazy("Cause"), "cause", is_minor=True), "state",
    ),
    filters=(
        "state",
        Filter("way", field="channel"),
    ),
    page=lambda message, project: reverse("office:outside", args=[project.code, "message", message.pk]),
    posts=READERS,
    frame=_frame,
    template="office/messages.html",
    empty=gettext_lazy("Nothing was sent yet."),
)  # fmt: skip
