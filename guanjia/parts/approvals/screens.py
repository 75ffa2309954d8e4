"""The pages of approvals at the desk and in the office: inbox, one approval, asking anew, the rules."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guanjia.kernel.languages import said
from guanjia.kernel.operations import registry
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.kernel.subjects import locate
from guanjia.people import posts
from guanjia.web import beside as panels
from guanjia.web import words
from guanjia.web.doors import answer, go, perform, refused_form, say, staff_page

from . import beside, describing, operations, proofs, queries, rules, showing, signing
from .models import Approval

TABS = ("sign", "signed", "asked", "copies")
VERBS = {"agree": operations.agree, "refuse": operations.refuse, "withdraw": operations.withdraw}
locate("approval", lambda one: reverse("approvals:page", args=[one.project.code, one.pk]))
showing.mark()
panels.show("approvals/beside.html", beside.asked)


@staff_page
@require_GET
def inbox(request: Any) -> HttpResponse:
    """What waits for me at all my projects, what I signed, what I asked for, what comes as a copy."""
    by, project = request.actor, request.project
    tab = request.GET.get("tab", "sign")
    tab = tab if tab in TABS else "sign"
    approvals, more = rows(request, tab)
    here = reverse("approvals:inbox", args=[project.code])
    context = {
        "tab": tab, "cards": showing.cards(approvals, project, by),
        "tabs": [{"label": label, "url": f"{here}?tab={name}", "current": name == tab,
                  "count": queries.count_to_sign(by) if name == "sign" else ""} for name, label in labels().items()],
        "next_url": f"{here}?tab={tab}&before={more}" if more else "",
        "rules_url": reverse("approvals:rules", args=[project.code]),
        "phone_url": reverse("approvals:phone", args=[project.code]),
    }  # fmt: skip
    return render(request, "approvals/inbox.html", context)


def labels() -> dict[str, str]:
    return {
        "sign": _("To approve"), "signed": _("Signed by me"), "asked": _("Asked by me"), "copies": _("Copied to me"),
    }  # fmt: skip


def rows(request: Any, tab: str) -> tuple[list[Approval], int | None]:
    """A page of one tab; what waits is short and stands whole, the nearest deadline first."""
    by, last = request.actor, request.GET.get("before", "")
    if tab == "sign":
        return list(queries.to_sign(by)[: queries.MOST_COUNTED]), None
    found = {"signed": queries.signed, "asked": queries.asked, "copies": queries.copied}[tab](by)
    return queries.before(found, int(last) if last.isascii() and last.isdigit() and len(last) < 18 else None)


@staff_page
@require_http_methods(["GET", "POST"])
def page(request: Any, pk: int) -> HttpResponse:
    """One approval: what would change, why, who signed; sign, say no, or withdraw."""
    approval = signing.found(request, pk)
    shown: dict[str, Any] = {"pin_fault": "", "fault": "", "form": None, "verb": ""}
    status = 200
    if request.method == "POST":
        operation = VERBS.get(request.POST.get("verb", ""))
        if operation is None:
            raise Http404
        try:
            done = signing.act(request, approval, operation, signing.key_of(request))
        except Refused as outcome:
            form = operation.new_form(approval, request.actor, request.POST, auto_id=f"{operation.verb}_%s")
            form, pin, rest = signing.refused(form, outcome)
            shown = {"pin_fault": pin, "fault": rest, "form": form, "verb": operation.verb}
            status = outcome.status
            approval = signing.found(request, pk)
        else:
            signing.tell(request, done, operation)
            return go(request, _back(request, operation))
    context = showing.detail(approval, request.project, request.actor) | shown
    context |= {
        "agree_form": _form(shown, "agree", approval, request),
        "refuse_form": _form(shown, "refuse", approval, request),
        "withdraw_form": _form(shown, "withdraw", approval, request), "has_pin": proofs.has_pin(request.actor),
        "inbox_url": reverse("approvals:inbox", args=[request.project.code]),
        "again_url": reverse("approvals:again", args=[request.project.code, approval.pk]),
    }  # fmt: skip
    return render(request, "approvals/page.html", context, status=status)


def _form(shown: dict[str, Any], verb: str, approval: Approval, request: Any) -> Any:
    return (
        shown["form"] if shown["verb"] == verb else VERBS[verb].new_form(approval, request.actor, auto_id=f"{verb}_%s")
    )


def _back(request: Any, operation: Any) -> str:
    tab = "?tab=asked" if operation is operations.withdraw else ""
    return reverse("approvals:inbox", args=[request.project.code]) + tab


@staff_page
@require_http_methods(["GET", "POST"])
def again(request: Any, pk: int) -> HttpResponse:
    """Put the same forward anew: the form with everything that was written."""
    approval, by = signing.found(request, pk), request.actor
    operation, subject = registry.get(approval.operation), describing.subject_of(approval)
    if approval.requester_id != by.id or operation is None or subject is None or approval.project_id not in by.posts:
        raise Http404
    if not by.may(operation.name, approval.project_id):
        raise Forbidden(operation.name)
    back = reverse("approvals:page", args=[request.project.code, approval.pk])
    context: dict[str, Any] = {"label": operation.label, "thing": subject, "back_url": back, "operation": operation}
    if request.method == "POST":
        try:
            perform(request, operation, subject)
        except Refused as outcome:
            context["form"] = refused_form(request, operation, subject, outcome)
            return render(request, "web/act.html", context, status=outcome.status)
        say(request, _("Done: %(verb)s.") % {"verb": operation.label})
        return go(request, back)
    given = describing.given_of(approval, subject, operation)
    context["form"] = operation.new_form(subject, by, initial=given)
    return render(request, "web/act.html", context)


@staff_page
@require_GET
def rules_page(request: Any) -> HttpResponse:
    """Which acts need approval here, by whom, until when; what the project decided otherwise."""
    project, by = request.project, request.actor
    changes = queries.changes_of(project)
    may = by.may(operations.adjust_rule.name, project.pk)
    context = {
        "rules": [_rule(rule, changes.get(rule.id), project, may) for rule in rules.book_rules().values()],
        "inbox_url": reverse("approvals:inbox", args=[project.code]),
    }
    return render(request, "approvals/rules.html", context)


def _rule(rule: rules.Rule, change: Any, project: Any, may: bool) -> dict[str, Any]:
    now, operation = rules.changed(rule, change), registry.get(rule.operation)
    return {
        "title": said(rule.title["zh"], rule.title["en"]), "operation": operation.label if operation else "",
        "clauses": rule.clauses, "is_on": now.is_on, "rests": operation is None,
        "steps": [_step(step) for step in now.steps], "holds": now.holds, "sign": now.sign,
        "changed": _("%(at)s: %(reason)s") % {
            "at": words.stamp(change.decided_at), "reason": change.reason} if change else "",
        "url": reverse("approvals:rule", args=[project.code, rule.id]) if may and operation else "",
    }  # fmt: skip


def _step(step: rules.Step) -> dict[str, Any]:
    names = [posts.NAMES[p.removesuffix(rules.AT_OFFICE)] for p in step.posts]
    within = queries.hours_of(step.within)
    return {
        "who": "、".join(dict.fromkeys(str(n) for n in names)) or _("the superior of whoever asks"),
        "need": _("all of them") if step.need == "all" else _("%(n)s of them") % {"n": step.need},
        "within": words.duration(within * 3600),
        "then": "、".join(dict.fromkeys(str(posts.NAMES[p.removesuffix(rules.AT_OFFICE)]) for p in step.then)),
    }


@staff_page
@require_http_methods(["GET", "POST"])
def rule(request: Any, rule: str) -> HttpResponse:
    """Adjust one rule for this project: itself by approval."""
    project, by, operation = request.project, request.actor, operations.adjust_rule
    known = rules.book_rules().get(rule)
    if known is None or known.operation not in registry:
        raise Http404
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    back = reverse("approvals:rules", args=[project.code])
    context = {"label": said(known.title["zh"], known.title["en"]), "thing": operation.label, "back_url": back}
    if request.method == "POST":
        return answer(request, operation, project, success_url=back, template="web/act.html", context=context)
    now = rules.changed(known, queries.changes_of(project, [rule]).get(rule))
    initial = {
        "rule": rule, "is_on": "on" if now.is_on else "off", "hours": queries.hours_of(now.steps[-1].within),
        "posts": [p for p in now.steps[-1].posts if not p.endswith(rules.AT_OFFICE)],
    }  # fmt: skip
    context["form"] = operation.new_form(project, by, initial=initial)
    return render(request, "web/act.html", context)
