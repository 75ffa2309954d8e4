"""The board as pages show it: for a leader with links to the rows; for a wall without, and with nobody's words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia import book
from guanjia.kernel.languages import said
from guanjia.parts.casework import categories, charted, figures
from guanjia.parts.casework.models import Case, State
from guanjia.parts.clocks import explaining, timing
from guanjia.parts.clocks.models import Clock
from guanjia.parts.compliance import queries as compliance
from guanjia.parts.compliance import shown as compliance_shown
from guanjia.parts.custody.models import Handout
from guanjia.parts.standards import telling
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web import words

from .queries import LIMITS, Board, Head

SECOND = timedelta(seconds=1)
# Things to lend that stand at a counter, and the number of a home.
OPEN, HOME = frozenset({"borrowable", "key"}), re.compile(r"\d-\d")
URGENCY = {"emergency": "urgent", "planned": "planned"}


class Links:
    """Addresses of the rows behind a figure; a wall has none."""

    def __init__(self, project: Project, *, opens: bool, reads_sums: bool) -> None:
        self.code, self.opens, self.reads_sums = project.code, opens, reads_sums

    def _url(self, name: str, query: dict[str, Any]) -> str:
        return f"{reverse(name, args=[self.code])}?{urlencode(query)}" if self.opens else ""

    def cases(self, view: str, **filters: Any) -> str:
        return self._url("desk:queue", {"view": view, **filters})

    def came(self, on: str) -> str:
        return self.cases("came", on=on)

    def clocks(self, view: str) -> str:
        return self._url("clocks:board", {"view": view})

    def clause(self, clause_id: str, month: str, which: str) -> str:
        url = reverse("compliance:rows", args=[self.code, clause_id])
        return f"{url}?{urlencode({'month': month, 'which': which})}" if self.opens and self.reads_sums else ""

    def thing(self, name: str, pk: int) -> str:
        return reverse(name, args=[self.code, pk]) if self.opens else ""

    def sums(self) -> str:
        return reverse("compliance:board", args=[self.code]) if self.opens and self.reads_sums else ""


def tiles(found: Head, links: Links) -> list[dict[str, Any]]:
    """The figures in the order in which they worry."""
    waiting, since = found.to_dispatch
    return [
        _pressing(_("Over the limit"), found.pressure["late"], links.clocks("late"), "danger", _longest(found)),
        _pressing(
            _("Due soon"), found.pressure["soon"], links.clocks("soon"), "warn",
            _("%(n)d within 30 minutes") % {"n": found.pressure["near"]},
        ),
        {
            "label": _("To dispatch"), "number": waiting, "url": links.cases("to_dispatch"), "tone": "",
            "note": _("the oldest %(time)s") % {"time": _ago(since, found.at)} if since else "",
        },
        {
            "label": _("Open now"), "number": found.open, "url": links.cases("open"), "tone": "",
            "note": "", "parts": [
                {"words": _("in today %(n)d") % {"n": found.intake.count}, "url": links.cases("today")},
                {"words": _("out %(n)d") % {"n": found.ended}, "url": links.cases("ended_today")},
            ],
        },
        {
            "label": _("Visits for today"), "number": found.visits["n"], "url": links.cases("visits"), "tone": "",
            "note": _("%(n)d there") % {"n": found.visits["arrived"]},
        },
        _rate(found, links),
    ]  # fmt: skip


def _pressing(label: str, n: int, url: str, tone: str, note: str) -> dict[str, Any]:
    return {"label": label, "number": n, "url": url, "tone": tone if n else "", "note": note if n else ""}


def _longest(found: Head) -> str:
    """In the words of its own clock, which may count working hours only."""
    worst = found.clocks[0] if found.clocks else None
    if worst is None or not worst.is_over(found.at):
        return ""
    left = timing.left_seconds(worst, timing.Calendars().of(worst), found.at)
    return _("the longest %(time)s") % {"time": words.duration(-left)}


def _rate(found: Head, links: Links) -> dict[str, Any]:
    kept = found.kept
    note = _("%(met)d of %(due)d") % {"met": kept.met, "due": kept.counted(False)}
    if found.is_behind:
        note = _("sums stand at %(time)s") % {"time": words.when(found.until, found.at)}
    share = f"{kept.share()}%" if kept.counted(False) else "—"
    label = _("On time this month")
    return {"label": label, "number": share, "url": links.sums(), "tone": "", "note": note, "behind": found.is_behind}


def _ago(since: datetime, at: datetime) -> str:
    return words.duration((at - since) // SECOND)


def board(found: Board, links: Links, *, wall: bool) -> dict[str, Any]:
    """Everything under the figures."""
    month = compliance_shown.month_words(found.head.first)
    made = explaining.Calendars()
    return {
        "tiles": tiles(found.head, links),
        "clocks": [clock(one, found, links, made, wall=wall) for one in found.head.clocks],
        "clocks_url": links.clocks("all"),
        "states": states(found.head, links),
        "carried": _carried(found, links),
        "clusters": [_cluster(one, links) for one in found.clusters],
        "intake": {
            "chart": charted.by_hour(found.head.intake, numbers=True, url=links.came),
            "note": _("%(n)d today, usual %(usual)d by now")
            % {"n": found.head.intake.count, "usual": found.head.intake.usual_so_far},
        },
        "days": charted.by_day(found.head.intake, url=links.came),
        "limits": limits(found, links, month),
        "weeks": [one for _week, tally in found.weeks if (one := tally.permille()) is not None],
        "on_duty": on_duty(found),
        "owed": found.owed,
        "sums_url": links.sums(),
        "month": month,
        "as_of": words.clock_time(found.head.at),
    }


def clock(one: Clock, found: Board, links: Links, made: explaining.Calendars, *, wall: bool) -> dict[str, Any]:
    """A running limit. On the wall a case is called by its kind: what somebody wrote may name anybody."""
    bar = explaining.bar(one, found.head.at, made)
    case = found.cases.get(one.subject_id) if one.subject_label == "case" else None
    if case is None:
        clause = book.clause(one.clause_id)
        title = said(clause.title, clause.title_en)
        thing = found.things.get((one.subject_label, one.subject_id))
        return {
            "bar": bar,
            "title": (on_wall(thing) or title) if wall else title,
            "place": "" if wall else str(thing or ""),
            "who": "",
            "urgency": "",
            "url": links.thing("clocks:clock", one.pk),
        }
    who = case.executor or (case.owner if case.state != State.OPEN else None)
    return {
        "bar": bar,
        "title": kind_of(case, found.orders.get(case.pk)) if wall else case.title,
        "place": hidden(case) if wall else case.place,
        "who": who.name if who else _("not sent yet"),
        "urgency": URGENCY.get(case.urgency, ""),
        "url": links.thing("desk:case", case.pk),
    }


def kind_of(case: Case, order: Any) -> str:
    """What it is, in the words of the tree."""
    branch = categories.category(order.category) if order is not None else None
    leaf = categories.problem(order.category, order.problem) if order is not None else None
    return "　".join(one.label for one in (branch, leaf) if one) or str(case.get_kind_display())


def on_wall(thing: Any) -> str:
    """What is lent, where anybody may read it: an umbrella, a key of a common part. A paper may name somebody, the key
    of a home says whose door it opens: these are called by their limit alone.
    """
    is_open = isinstance(thing, Handout) and thing.subject_label in OPEN and not HOME.search(thing.title)
    return str(thing.title) if is_open else ""


def hidden(case: Case) -> str:
    """A house without its last two digits; a common part by its name."""
    code = str(case.house or "")
    return re.sub(r".{1,2}$", "**", code) if code else str(case.spot or "")


def states(found: Head, links: Links) -> list[dict[str, Any]]:
    whole = max(1, found.open)
    return [
        {
            "state": state, "word": State(state).label, "n": n, "share": n * 100 // whole,
            "url": links.cases("open", state=state),
        }
        for state, (n, _first) in found.standing.items()
    ]  # fmt: skip


def _carried(found: Board, links: Links) -> list[dict[str, Any]]:
    top = max((n for _pk, _name, n in found.carried), default=1)
    return [
        {"name": name, "n": n, "share": n * 100 // top, "url": links.cases("in_hand", executor=pk)}
        for pk, name, n in found.carried
    ]


def _cluster(one: figures.Cluster, links: Links) -> dict[str, Any]:
    branch = categories.category(one.category)
    return {
        "place": one.building, "what": branch.label if branch else one.category, "n": one.n,
        "usual": _("usual %(n)d") % {"n": one.usual}, "more": one.n > one.usual,
        "url": links.cases("week", building=one.building_id, category=one.category),
    }  # fmt: skip


def limits(found: Board, links: Links, month: str) -> list[dict[str, Any]]:
    """The limits of the month, those least kept first."""
    rows = []
    for clause_id, tally in found.head.month.items():
        share, rule = tally.permille(), found.rules[clause_id]
        if share is None:
            continue
        target = compliance.target_of(rule)
        goal = compliance_shown.goal_permille(target)
        rows.append({
            "title": telling.title(rule.clause), "clause": clause_id, "permille": share, "share": tally.share(),
            "goal": goal, "missed": tally.keeps(target) is False, "n": tally.missed,
            "url": links.clause(clause_id, month, "missed" if tally.missed else "all"),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (not row["missed"], row["permille"], row["clause"]))[:LIMITS]


def on_duty(found: Board) -> list[dict[str, Any]]:
    """Who is on, post by post."""
    rows: dict[str, list[str]] = {}
    for one in found.on_now:
        rows.setdefault(one.post, []).append(one.employee.name)
    return [{"post": posts.NAMES.get(post, post), "names": "、".join(names)} for post, names in rows.items()]


def day(at: datetime) -> str:
    local = timezone.localtime(at).date()
    return f"{words.month_day(local)} {words.WEEKDAYS[local.weekday()]}"
