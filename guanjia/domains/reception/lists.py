"""The lists and pages of the counter's records, a declaration each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.places.models import Project
from guanjia.web import sheets, states, words
from guanjia.web.registers import Column, Register, grow, minor
from guanjia.web.things import ThingPages

from . import operations, queries
from .models import Assistance, Call, CallBack, PhoneCost, PrivateCall, Slip, StandardReply, WalkIn
from .models.base import COUNTER
from .papers import print_register
from .screens import tabs

states.mark({
    Call.State.PROMISED: "most warn", Call.State.SETTLED: "tick ok ended", CallBack.State.OPEN: "hand danger",
    Slip.State.WAITING: "hand warn", Slip.State.ACKNOWLEDGED: "tick ok ended", WalkIn.State.HERE: "half brand",
    WalkIn.State.TO_COMPLETE: "hand warn", WalkIn.State.COMPLETED: "tick ok ended",
    StandardReply.State.DRAFT: "dashed neutral", StandardReply.State.IN_USE: "most ok",
    StandardReply.State.RETIRED: "cross neutral ended",
})  # fmt: skip


def also_paper(pages: ThingPages, form: str) -> Any:
    """To make one, and the printed day."""

    def links(project: Project, by: Actor) -> list[dict[str, Any]]:
        printed = sheets.links(project, by, print_register)
        return [*pages.new_links(project, by), *({**one, "url": f"{one['url']}?register={form}"} for one in printed)]

    return links


call_pages = ThingPages(
    Call, "reception", names=("calls", "new-call", "call"), create=operations.log, title=_("Call log"),
    said=_("Written down."),
    facts=("called_at", "answered_at", "answered_by", "caller", "house", "topic", "content", "handling", "case",
           "reply_by", "reply", "replied_at", "noted_by"),
)  # fmt: skip
calls = Register(
    "calls",
    pages=call_pages,
    unit=pgettext_lazy("telephone", "calls"),
    columns=(
        "called_at", "caller", minor("house"),
        Column(_("What was said"), lambda call: words.hushed(call.case.content if call.case else call.content), "grow"),
        minor("topic"), minor("reply_by"), minor("answered_by"), "state",
    ),
    filters=("state", "topic"),
    hint=_("Caller, house, what was said, or the end of a number"),
    new=also_paper(call_pages, "F-CALL"),
    posts=COUNTER,
    frame=tabs,
    empty=_("Every call that becomes no case is written down here."),
)  # fmt: skip

back_pages = ThingPages(
    CallBack, "reception", names=("call-backs", "call-backs", "call-back"), title=_("Ring back"),
    related=("phone_call",),
    facts=("masked", "missed", "first_at", "last_at", "tries", "outcome", "words", "done_by", "done_at"),
    panels=lambda back, by: [{"template": "reception/back_panel.html", "is_open": back.state == CallBack.State.OPEN}],
)  # fmt: skip
call_backs = Register(
    "call-backs",
    pages=back_pages,
    unit=pgettext_lazy("telephone", "calls"),
    columns=(grow("masked"), "last_at", minor("missed"), minor("tries"), minor("outcome"), minor("done_by"), "state"),
    filters=("state",),
    posts=COUNTER,
    frame=tabs,
    empty=_("No call was missed. As soon as one is, it stands here until somebody rang back."),
)

slip_pages = ThingPages(
    Slip, "reception", names=("slips", "new-slip", "slip"), create=operations.take_message, title=_("Message slips"),
    said=_("Taken down. They are told, and have to acknowledge it."),
    facts=("called_at", "caller", "addressee", "message", "taken_by", "told_at", "acknowledged_at"),
)  # fmt: skip
slips = Register(
    "slips",
    pages=slip_pages,
    unit=_("slips"),
    columns=(
        "called_at", "caller", "addressee",
        Column(pgettext_lazy("desk", "Message"), lambda slip: words.hushed(slip.message), "grow"), minor("taken_by"),
        "state",
    ),
    filters=("state",),
    new=also_paper(slip_pages, "F-MSG"),
    frame=tabs,
    empty=_("Messages for colleagues who were not there."),
)  # fmt: skip

walk_in_pages = ThingPages(
    WalkIn, "reception", names=("walk-ins", "new-walk-in", "walk-in"), create=operations.receive, title=_("Walk-ins"),
    said=_("Write along while they speak; see them off when it is settled or a time is agreed."),
    facts=("arrived_at", "name", "house", "company", "topic", "words", "handling", "is_settled", "reply_by", "reply",
           "replied_at", "left_at", "received_by", "completed_at", "noted_by"),
)  # fmt: skip
walk_ins = Register(
    "walk-ins",
    pages=walk_in_pages,
    unit=_("people"),
    columns=("arrived_at", "name", minor("house"), grow("words"), minor("reply_by"), minor("received_by"), "state"),
    filters=("state", "topic"),
    hint=_("Name, house, company, or the end of a number"),
    new=also_paper(walk_in_pages, "F-VISIT"),
    posts=COUNTER,
    frame=tabs,
    empty=_("Whoever comes to the counter stands here."),
)

reply_pages = ThingPages(
    StandardReply, "reception", names=("replies", "new-reply", "reply"), create=operations.write_reply,
    title=_("Standard replies"), said=_("A draft: somebody else releases it."),
    facts=("topic", "question", "words", "also", "written_by", "released_at"),
)  # fmt: skip
replies = Register(
    "replies",
    pages=reply_pages,
    unit=_("replies"),
    rows=queries.replies,
    columns=("question", grow("words"), minor("topic"), "state"),
    filters=("state", "topic"),
    hint=_("Two characters of what is asked"),
    posts=COUNTER,
    frame=tabs,
    empty=_("What is asked often, and what everybody answers."),
)

help_pages = ThingPages(
    Assistance, "reception", names=("help", "new-help", "helped"), create=operations.help_out,
    title=pgettext_lazy("desk", "Help"),
    facts=("kind", "whom", "house", "words", "given_by", "given_at"),
)  # fmt: skip
helps = Register(
    "help",
    pages=help_pages,
    unit=_("times"),
    columns=("given_at", "kind", "whom", grow("words"), minor("given_by")),
    posts=COUNTER,
    frame=tabs,
    empty=_("A taxi called, something carried, somebody walked home."),
)

private_pages = ThingPages(
    PrivateCall, "reception", names=("private", "new-private", "private-call"), create=operations.note_private_call,
    title=_("Private calls"),
    facts=("employee", "called_at", "minutes", "why", "why_longer"),
)  # fmt: skip
private = Register(
    "private",
    pages=private_pages,
    unit=pgettext_lazy("telephone", "calls"),
    columns=("called_at", "employee", "minutes", grow("why"), minor("why_longer")),
    frame=tabs,
    empty=_("The centre's telephone is not for private calls; an emergency takes three minutes."),
)

cost_pages = ThingPages(
    PhoneCost, "reception", names=("costs", "new-cost", "cost"), create=operations.enter_phone_cost,
    title=_("Telephone bill"),
    facts=("month_on", "amount_fen", "quota_fen", "why", "entered_by"),
)  # fmt: skip
costs = Register(
    "costs",
    pages=cost_pages,
    unit=_("months"),
    order=("-month_on", "-id"),
    columns=(
        Column(_("Month"), lambda one: f"{one.month_on:%Y-%m}"), "amount_fen",
        Column(_("Quota"), lambda one: "–" if one.quota_fen is None else words.yuan(one.quota_fen), "num"), grow("why"),
    ),
    posts=COUNTER,
    frame=tabs,
    empty=_("The month's bill against the quota that the project decides (DESK-16)."),
)  # fmt: skip
