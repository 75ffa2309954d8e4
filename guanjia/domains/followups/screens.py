"""Visits of households, and the issues that visits and revisits brought up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.web import states
from guanjia.web.registers import Column, Register, grow, minor, tag
from guanjia.web.tabs import Tab, Tabs
from guanjia.web.things import ThingPages

from .models import CARERS, READERS, SOLVERS, Issue, IssueState, Visit
from .operations import note_issue, record_visit

states.mark({IssueState.OPEN: "half brand", IssueState.SOLVED: "most info", IssueState.CLOSED: "tick ok ended"})

tabs = Tabs(
    Tab("followups:queue", _("Whom to revisit"), READERS),
    Tab("followups:visits:list", _("Visits"), READERS),
    Tab("followups:issues:list", _("Issues from visits"), SOLVERS),
    Tab("followups:trail", _("Month’s trail"), CARERS),
)


visit_pages = ThingPages(
    Visit,
    "followups:visits",
    create=record_visit,
    title=_("Visits"),
    said=_("The visit is on record. Note an issue if one came up."),
    facts=(
        "house", "resident", "kind", "mode", "at", "employee", "satisfaction", "mood", "feedback", "suggestion",
        "care_words", "care_wish", "minutes",
    ),
)  # fmt: skip
visits = Register(
    "visits",
    pages=visit_pages,
    unit=_("visits"),
    columns=("house", Column(_("Feedback"), "said", "grow"), tag("kind"), minor("satisfaction"), "employee", "at"),
    filters=("kind",),
    posts=READERS,
    frame=tabs,
    empty=_("Nobody was visited yet. Record the first visit of the round as soon as you leave the door."),
)
issue_pages = ThingPages(
    Issue,
    "followups:issues",
    create=note_issue,
    title=_("Issues from visits"),
    said=_("Noted. It is closed only when the household was asked again."),
    facts=(
        "words", "house", "case", "scope", "department", "due_at", "is_important", "noted_by", "noted_at", "solution",
        "solved_by", "solved_at", "second_mode", "second_words", "second_at", "reopened",
    ),
)  # fmt: skip
issues = Register(
    "issues",
    pages=issue_pages,
    unit=_("issues"),
    columns=(grow("words"), "house", minor(tag("scope")), "department", "due_at", minor("noted_by"), "state"),
    filters=("state", "scope"),
    hint=_("Words or house"),
    posts=SOLVERS,
    frame=tabs,
    empty=_("No visit has brought up an issue. What does is noted here with a department and a day."),
)  # fmt: skip
