"""The guard of operations: a call that a rule names is kept as an approval, and what is held does not move."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from guanjia.kernel import events, numbering, subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, as_json
from guanjia.kernel.operations import Call, Operation, Outlook, rehearse
from guanjia.kernel.outcomes import Conflict, Refused, Stored
from guanjia.parts.files import queries as files
from guanjia.people.models import Employee
from guanjia.places.models import Project

from . import describing, operations, queries, questions, rules, seats, steps
from .models import Approval

# Where an actor carries the approval that it runs because of.
APPROVED = "approved"
FILES = "$files"


def stand_guard(call: Call) -> Stored | None:
    """Asked for every call of a person, before its body: pass, refuse what is held, or keep it for signatures."""
    approved = call.by.memo.get(APPROVED)
    refuse_held(call, approved if isinstance(approved, int) else None)
    if approved is not None or not rules.of_operation(call.operation.name):
        return None
    rule = queries.rule_for(call.operation.name, project_of(call.subject), lambda one: questions.asked(one, call))
    return Stored(*keep(call, rule)) if rule is not None else None


def refuse_held(call: Call, approved: int | None) -> None:
    """Nothing moves a thing while an approval holds it, save what that approval asked for."""
    label = subjects.label_of(call.subject)
    if label not in rules.held_labels() or call.operation.creates:
        return
    holder = queries.holding(call.subject)
    if holder is not None and holder.pk != approved:
        raise Conflict("", queries.waits_for(holder, call.by.at))


def look_ahead(operation: Operation, subject: Any, by: Actor) -> Outlook | None:
    """What the operations bar says: held, and for whom it waits; or whose approval the verb will need."""
    label, known = subjects.label_of(subject), rules.of_operation(operation.name)
    if label in rules.held_labels():
        holder = queries.holding(subject)
        if holder is not None:
            return Outlook(held=queries.waits_for(holder, by.at))
    if not known or by.is_system:
        return None
    project = project_of(subject)
    rule = queries.rule_for(operation.name, project, lambda one: questions.may_be_asked(one, subject))
    if rule is None:
        return None
    names = queries.post_names(seats.of_posts(rule.steps[0].posts, project))
    who = queries.either(names, rule.steps[0].need) or _("the superior")
    return Outlook(note=_("needs approval of %(who)s") % {"who": who})


def _requester(by: Any) -> Employee:
    """Whoever asks; staff alone are let here."""
    found = Employee.objects.filter(pk=by.id).first()
    if found is None:
        raise Refused("", _("This needs approval. Ask the front desk to put it forward."))
    return found


def keep(call: Call, rule: rules.Rule) -> tuple[Approval, str]:
    """Store the call, open its first step, and say whom it waits for."""
    by, subject, project = call.by, call.subject, project_of(call.subject)
    if by.is_staff:
        rehearse(call)
    requester = _requester(by)
    barred = {by.id} | questions.concerned(call)
    frozen = rule.frozen()
    first = steps.opened(frozen, steps.first(frozen), project, requester, barred, by.at)
    if not first:
        raise Refused("", _("Nobody is left who could approve this: whoever might is concerned by it."))
    approval = Approval(
        project=project, number=numbering.daily(project, "SP", by.at), operation=call.operation.name,
        form_version=version_of(call.operation), subject_label=subjects.label_of(subject), subject_id=subject.pk,
        given={}, before=describing.before(call), rule=frozen, reason=_reason(call.form), holds=rule.holds,
        requester=requester, asked_at=by.at, seats=first, barred=sorted(barred), moved_at=by.at,
        due_at=steps.deadline(frozen, 0, by.at), expires_at=by.at + steps.span(rule.expires),
    )  # fmt: skip
    approval.save(force_insert=True)
    owner = approval if call.operation.creates else subject
    approval.given = {**events.sealed(owner, sent(call.form), call.form.personal), **_kept_files(approval, call)}
    approval.save(update_fields=["given"])
    operations.ask(approval, by=by)
    names = queries.either(
        dict.fromkeys(one.employee.name for one in seats.people(approval, by.at)[:3]), rule.steps[0].need
    )
    return approval, _("Put forward as %(number)s. It waits for %(names)s.") % {"number": approval, "names": names}


def _kept_files(approval: Approval, call: Call) -> dict[str, Any]:
    """Photos that came with the call are kept with the approval until it runs: field → ids."""
    kept = {
        name: [one.pk for one in files.keep(approval, call.files_of(name), "note", by=call.by, field=name)]
        for name in call.form.files
        if name in call.form.fields
    }
    return {FILES: kept} if any(kept.values()) else {}


def sent(form: OperationForm) -> dict[str, Any]:
    """What was typed, field by field, so that it can be given to the same form again; secrets and files left out."""
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name in form.secret:
            continue
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        if value in (None, "", []) or isinstance(value, UploadedFile) or _is_files(value):
            continue
        found[name] = as_json(value)
    return found


def _is_files(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, UploadedFile) for one in value)


def _reason(form: OperationForm) -> str:
    """Why it is asked, where the form says so in words that are nobody's secret."""
    for name in ("reason", "exempt_reason", "excuse_reason", "note"):
        if name in form.cleaned_data and name not in form.personal | form.secret:
            return str(form.cleaned_data[name])[:300]
    return ""


def version_of(operation: Operation) -> str:
    """The shape of the form: a call that was kept for another shape is not run."""
    shape = [[name, type(field).__name__] for name, field in sorted(operation.form.base_fields.items())]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:16]


def project_of(subject: Any) -> Project:
    found: Project = subject if isinstance(subject, Project) else subject.project
    return found
