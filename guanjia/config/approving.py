"""Approvals, as far as they know lines of work: who is concerned by what, and how a request reads for its signers.

Which calls need approval, and by whom, is data: `parts/approvals/rules.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia import book
from guanjia.domains.archives.models import Destruction
from guanjia.kernel import subjects
from guanjia.kernel.actors import system
from guanjia.kernel.operations import Call, forecast, guard, registry
from guanjia.kernel.outcomes import Unknown
from guanjia.parts.approvals import describing, questions, rules, storing
from guanjia.parts.clocks.models import Clock
from guanjia.parts.obligations import periods
from guanjia.parts.obligations import rules as duties
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.obligations.operations import owing_posts
from guanjia.parts.standards import queries as standards
from guanjia.parts.standards import telling
from guanjia.people import posts, queries
from guanjia.people.models import Posting
from guanjia.people.queries.dates import holding
from guanjia.places.models import Project
from guanjia.web import words

MINUTE = timedelta(minutes=1)  # what is due at midnight is due at the end of the day before


def bind() -> None:
    """Called once at start-up."""
    guard(storing.stand_guard)
    forecast(storing.look_ahead)
    rules.check_operations()
    questions.concerns("clocks.exempt")(whose_breach)
    questions.concerns("obligations.excuse")(whose_miss)
    questions.concerns("privacy.override_right")(whose_right)
    describing.describe("standards.change_limit", before=limits_now)(show_limit)
    describing.describe("privacy.override_right", before=right_now)(show_right)
    describing.describe("clocks.exempt")(show_breach)
    describing.describe("obligations.excuse")(show_miss)
    describing.describe("archives.clear")(show_destruction)
    describing.describe("approvals.adjust_rule", before=rule_now)(show_rule)


# -- who is concerned ------------------------------------------------------------------------------------------------


def whose_breach(call: Call) -> Iterable[int]:
    """Whoever does or owns the matter that was late: the breach is on their account."""
    thing = _thing_of(call.subject)
    return [one for name in ("executor_id", "owner_id", "employee_id") if (one := getattr(thing, name, None))]


def whose_miss(call: Call) -> Iterable[int]:
    """Whoever owed it, and everybody who holds a post that owes it: none of them signs it away."""
    obligation = call.subject
    held = Posting.objects.filter(
        holding(timezone.localdate(call.by.at)), project_id=obligation.project_id,
        post__in=owing_posts(obligation),
    )  # fmt: skip
    return [*([obligation.owner_id] if obligation.owner_id else []), *held.values_list("employee_id", flat=True)]


def whose_right(call: Call) -> Iterable[int]:
    """Nobody widens the rights of their own post, not with a colleague's help either."""
    given = call.form.cleaned_data
    if not given.get("is_allowed"):
        return []
    return queries.holders(call.subject, given["post"], call.by.at).values_list("pk", flat=True)


# -- how it reads ----------------------------------------------------------------------------------------------------


def limits_now(call: Call) -> dict[str, Any]:
    """The values that would hold on that day without the decision, and those it asks for."""
    cleaned = call.form.cleaned_data
    rule = standards.rule_in_force(cleaned["clause"], call.subject, cleaned["effective_from"])
    new = cleaned["values"]
    return {"old": {name: rule.get(name) for name in new}, "new": new}


def show_limit(approval: Any, project: Project, given: dict[str, Any], shown: describing.Shown) -> None:
    clause = book.clause(str(given["clause"]).upper())
    shown.tag, shown.icon = clause.id, "adjustments"
    shown.title = _("%(clause)s: change the limit") % {"clause": telling.title(clause)}
    old, new = approval.before.get("old", {}), approval.before.get("new", {})
    shown.changes = [
        {"label": telling.NAMES.get(n, n), "old": _said(n, old.get(n)), "new": _said(n, value)}
        for n, value in new.items()
    ]
    shown.sub = "；".join(f"{c['old']} → {c['new']}" for c in shown.changes)
    level = dict([*Project.Level.choices, *Project.Kind.choices]).get(given.get("level", ""), "")
    shown.facts = [
        {"label": _("Holds from"), "value": str(given.get("effective_from", ""))},
        {"label": _("Holds for"), "value": level or project.name},
    ]
    shown.url = _address("standards:clause", project.code, clause.id)


def _said(name: str, value: Any) -> str:
    return "–" if value is None else telling.shown(name, value)


def right_now(call: Call) -> dict[str, Any]:
    """What the post may now."""
    from guanjia.config.permissions import RIGHTS
    from guanjia.people.models import RightOverride

    given = call.form.cleaned_data
    changed = RightOverride.objects.filter(project=call.subject, post=given["post"], right=given["right"]).first()
    default = given["post"] in RIGHTS.get(given["right"], frozenset())
    return {"may": changed.is_allowed if changed else default, "default": default}


def show_right(approval: Any, project: Project, given: dict[str, Any], shown: describing.Shown) -> None:
    operation = registry.get(given.get("right", ""))
    name = operation.label if operation else given.get("right", "")
    post = posts.NAMES.get(given.get("post", ""), given.get("post", ""))
    may = {"give": True, "take": False}.get(given.get("is_allowed", ""), approval.before.get("default", False))
    shown.icon = "lock"
    shown.title = (_("%(post)s may “%(verb)s”") if may else _("%(post)s may no longer “%(verb)s”")) % {
        "post": post, "verb": name,
    }  # fmt: skip
    shown.sub = project.name
    shown.changes = [{"label": post, "old": _may(approval.before.get("may")), "new": _may(may)}]
    shown.facts = [{"label": _("Operation"), "value": f"{name}（{given.get('right', '')}）"}]
    shown.url = _address("office:rights", project.code)


def _may(is_allowed: Any) -> str:
    return _("may") if is_allowed else _("may not")


def show_breach(approval: Any, clock: Clock, given: dict[str, Any], shown: describing.Shown) -> None:
    end = clock.stopped_at or approval.asked_at
    over = words.duration(max(0, int((end - clock.due_at).total_seconds())))
    thing = _thing_of(clock)
    shown.icon, shown.tag = "shield-check", clock.clause_id
    shown.title = _("Exempt a breach of %(over)s") % {"over": over}
    shown.sub = _named(thing)
    shown.changes = [{"label": _("In the rate"), "old": _("counts as late"), "new": _("does not count")}]
    shown.facts = [
        {"label": _("Was due"), "value": words.stamp(clock.due_at)},
        {"label": _("Put down to"), "value": clock.get_cause_display()},
        {"label": _("Why it was late"), "value": clock.breach_reason},
    ]
    shown.url = _address("clocks:clock", approval.project.code, clock.pk)
    shown.files_of = thing


def show_miss(approval: Any, obligation: Obligation, given: dict[str, Any], shown: describing.Shown) -> None:
    rule = duties.registry.get(obligation.rule_key)
    shown.icon, shown.tag = "shield-check", obligation.clause_id
    shown.title = _("Excuse a miss: %(duty)s") % {"duty": rule.label if rule else obligation.clause_id}
    shown.sub = "　".join(part for part in (_named(_thing_of(obligation)), _period(obligation)) if part)
    shown.changes = [{"label": _("In the rate"), "old": _("counts as missed"), "new": _("does not count")}]
    shown.facts = [
        {"label": _("Was due"), "value": words.stamp(obligation.due_at - MINUTE)},
        *([{"label": _("Owed by"), "value": obligation.owner.name}] if obligation.owner else []),
        {"label": _("Put down to"), "value": obligation.get_cause_display()},
        {"label": _("Why it was missed"), "value": obligation.reason},
    ]
    shown.url = _address("obligations:page", approval.project.code, obligation.pk)


def show_destruction(approval: Any, entry: Destruction, given: dict[str, Any], shown: describing.Shown) -> None:
    """Document by document: nobody signs for a number."""
    documents = [line.document for line in entry.lines.select_related("document").order_by("id")]
    shown.icon, shown.tag = "trash", entry.number
    shown.title = _("Destroy %(n)d documents of the archives") % {"n": len(documents)}
    shown.sub = entry.appraisal
    shown.facts = [
        {"label": str(one), "value": _("keep until %(day)s") % {"day": one.keep_until or _("For good")}}
        for one in documents
    ]
    shown.facts += [
        {"label": _("Appraisal"), "value": entry.appraisal},
        {"label": _("Appraised as worthless"), "value": _("Yes") if entry.is_worthless else _("No")},
    ]
    shown.url = _address("archives:destructions:page", approval.project.code, entry.pk)


def _named(thing: Any) -> str:
    """A thing by its number and its words; what has neither says itself."""
    name = getattr(thing, "title", "") or str(thing or "")
    number = str(getattr(thing, "number", ""))
    return "　".join(part for part in (number if number != name else "", name) if part)


def _period(obligation: Obligation) -> str:
    """The day, week or month as it is called; a shift says its hours itself."""
    return obligation.period if obligation.period != periods.SHIFT else ""


def rule_now(call: Call) -> dict[str, Any]:
    """Who signs now."""
    from guanjia.parts.approvals import queries as approving

    name = call.form.cleaned_data["rule"]
    rule = rules.changed(rules.book_rules()[name], approving.changes_of(call.subject, [name]).get(name))
    return {"posts": list(rule.steps[-1].posts), "within": rule.steps[-1].within, "is_on": rule.is_on}


def show_rule(approval: Any, project: Project, given: dict[str, Any], shown: describing.Shown) -> None:
    from guanjia.kernel.languages import said

    rule = rules.book_rules()[given["rule"]]
    shown.icon = "adjustments"
    shown.title = _("Rule of approval: %(title)s") % {"title": said(rule.title["zh"], rule.title["en"])}
    shown.sub = project.name
    old = approval.before
    was_on, is_on = bool(old.get("is_on")), given.get("is_on") == "on"
    rows = [(_("Whether it holds"), _on(was_on), _on(is_on))]
    if given.get("posts"):
        rows.append((_("May sign"), _posts(old.get("posts", [])), _posts(given["posts"])))
    if given.get("hours"):
        hours = _("%(n)s hours") % {"n": given["hours"]}
        rows.append((_("To be signed within"), telling.within(old.get("within", "P2D")), hours))
    shown.changes = [{"label": label, "old": before, "new": after} for label, before, after in rows if before != after]


def _on(is_on: bool) -> str:
    return _("In force") if is_on else _("Not in force")


def _posts(names: Any) -> str:
    found = [str(posts.NAMES.get(name.partition("@")[0], name)) for name in names]
    return "、".join(dict.fromkeys(found))


def _thing_of(one: Clock | Obligation) -> Any:
    if "belongs_to" in one.__dict__:
        return one.__dict__["belongs_to"]
    at = one.started_at if isinstance(one, Clock) else one.from_at
    try:
        return subjects.get(one.subject_label, one.subject_id, system(at))
    except Unknown:
        return None


def _address(name: str, *args: Any) -> str:
    from django.urls import reverse

    return reverse(name, args=args)
