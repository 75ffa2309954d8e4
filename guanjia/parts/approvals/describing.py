"""What an approval is about, for a person who has to sign it: a title, what would change (old → new), the facts.

By default all of it is read off the operation's form and the thing. A call that deserves better words registers them
(`config/approving.py`). Reach comes with the seat: it is read as the system, numbers of persons stay masked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from guanjia.kernel import events, subjects
from guanjia.kernel.actors import system
from guanjia.kernel.forms import FenField, as_json
from guanjia.kernel.operations import Call, Operation, registry
from guanjia.kernel.outcomes import Unknown
from guanjia.web import words


@dataclass
class Shown:
    """`changes`: {label, old, new}; `facts`: {label, value}; `tag` is the clause or the kind."""

    verb: Any
    title: Any
    sub: Any = ""
    icon: str = "clipboard-check"
    tag: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    files_of: Any = None  # another thing whose photos belong to it


Describer = Callable[[Any, Any, dict[str, Any], Shown], None]
Before = Callable[[Call], dict[str, Any]]
_describers: dict[str, Describer] = {}
_befores: dict[str, Before] = {}


def describe(name: str, *, before: Before | None = None) -> Callable[[Describer], Describer]:
    """Register `(approval, subject, given, shown) → None`, which betters what is shown of calls of an operation;
    `before` keeps what stood when it was asked."""

    def bind(better: Describer) -> Describer:
        _describers[name] = better
        if before is not None:
            _befores[name] = before
        return better

    return bind


def before(call: Call) -> dict[str, Any]:
    """What stands now, for what was asked: so that old → new can be told when it has long been done."""
    found = _befores.get(call.operation.name)
    if found is not None:
        return found(call)
    if call.operation.creates:
        return {}
    kept_back = call.form.personal | call.form.secret | call.subject.PERSONAL | call.subject.SECRET
    names = [name for name in call.form.fields if name not in kept_back and hasattr(call.subject, name)]
    return {name: as_json(getattr(call.subject, name)) for name in names if not callable(getattr(call.subject, name))}


def of(approval: Any) -> Shown:
    """What the approval is about, in the reader's language."""
    operation = registry.get(approval.operation)
    subject = subject_of(approval)
    label = operation.label if operation else approval.operation
    icon = (operation.icon if operation else "") or "clipboard-check"
    shown = Shown(verb=label, title=_title(label, subject), icon=icon)
    shown.tag = next(iter(approval.rule.get("clauses", ())), "") or next(
        iter(operation.clauses if operation else ()), ""
    )
    shown.url = subjects.address_of(subject) if subject is not None else ""
    if operation is None or subject is None:
        return shown
    given = given_of(approval, subject, operation)
    better = _describers.get(approval.operation)
    if better is not None:
        better(approval, subject, given, shown)
    else:
        _plain(approval, given, operation, shown)
    return shown


def load(approvals: list[Any]) -> None:
    """Read what a list of approvals is about at once: the things, and the things that those belong to."""
    by = system()
    found = subjects.named({(a.subject_label, a.subject_id) for a in approvals}, by)
    behind = {(t.subject_label, t.subject_id) for t in found.values() if hasattr(t, "subject_label")}
    wider = subjects.named(behind, by)
    for thing in found.values():
        if hasattr(thing, "subject_label"):
            thing.__dict__["belongs_to"] = wider.get((thing.subject_label, thing.subject_id))
    for approval in approvals:
        thing = found.get((approval.subject_label, approval.subject_id))
        if thing is not None and approval.subject_label != "project":
            thing.project = approval.project
        approval.__dict__["about"] = thing


def subject_of(approval: Any) -> Any:
    """The thing it is about; None when it no longer stands."""
    if "about" in approval.__dict__:
        return approval.__dict__["about"]
    try:
        found = subjects.get(approval.subject_label, approval.subject_id, system(approval.asked_at))
    except Unknown:
        return None
    if approval.subject_label != "project":
        found.project = approval.project
    return found


def given_of(approval: Any, subject: Any, operation: Operation) -> dict[str, Any]:
    """What was given, opened; values of somebody who was erased are gone."""
    owner = approval if operation.creates else subject
    kept = {name: value for name, value in approval.given.items() if not name.startswith("$")}
    return {name: value for name, value in events.opened(owner, kept).items() if value is not None}


def _title(label: Any, subject: Any) -> str:
    name = getattr(subject, "title", "") or (str(subject) if subject is not None else "")
    return f"{label}　{name}".strip("　")


def _plain(approval: Any, given: dict[str, Any], operation: Operation, shown: Shown) -> None:
    for name, field_ in operation.form.base_fields.items():
        if name not in given:
            continue
        label = field_.label or name
        new = said(field_, given[name], name in operation.form.personal)
        if approval.before.get(name) not in (None, ""):
            shown.changes.append({"label": label, "old": said(field_, approval.before[name], False), "new": new})
        elif str(given[name]) != approval.reason:
            shown.facts.append({"label": label, "value": new})


def said(field_: Any, value: Any, is_personal: bool) -> str:
    """A given value as a person reads it."""
    if isinstance(value, list):
        return "、".join(said(field_, one, is_personal) for one in value)
    if isinstance(field_, forms.ModelChoiceField):
        found = field_.queryset.model._base_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return str(found or value)
    if isinstance(field_, FenField) and isinstance(value, int):
        return str(words.yuan(value))
    if isinstance(field_, forms.BooleanField):
        return _("Yes") if value in (True, "on", "true", "True", "1") else _("No")
    if isinstance(field_, forms.DateTimeField) and (at := parse_datetime(str(value))) is not None:
        return str(words.stamp(at if at.tzinfo else timezone.make_aware(at)))
    choices = {str(key): word for key, word in _flat(getattr(field_, "choices", ()))}
    text = str(choices.get(str(value), value))
    digits = sum(c.isdigit() for c in text)
    return str(words.masked(text)) if is_personal and digits >= 7 else text


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    try:
        return [pair for pair in choices if not isinstance(pair[1], list | tuple)]
    except (TypeError, ValueError):
        return []
