"""`@operation`: every change anyone can make is one function with one home.

The decorator, and nothing else, does: the right, the reach, the row lock, the state move (compare-and-set on `FLOW`),
the `needs`, the form, the transaction, the event, the reactions, the search row, the idempotency key. The body holds
only what depends on arguments. A refusal changes nothing, the caller's object included.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import events, once, reactions, search, subjects
from .actors import HISTORIC, Actor
from .forms import NoInput, OperationForm, as_data, as_json, unknown_names
from .outcomes import Conflict, Forbidden, Outcome, Refused, Unknown

registry: dict[str, Operation] = {}
CLOCK_SKEW = timedelta(minutes=2)
OLDEST_CLAIM = timedelta(days=3)


@dataclass(frozen=True)
class Need:
    """A named condition of the subject: written once, used by the gate, the operations bar and the gate list."""

    name: str
    test: Callable[[Any], bool]
    sentence: Any
    clause: str = ""
    owes: Any = ""

    def __call__(self, subject: Any) -> bool:
        return bool(self.test(subject))


def need(*, sentence: Any, clause: str = "", owes: Any = "") -> Callable[[Callable[[Any], bool]], Need]:
    """Decorator that names a predicate on the subject, with the sentence said when it is missing."""
    return lambda test: Need(test.__name__, test, sentence, clause, owes)


@dataclass(frozen=True)
class Offer:
    """One operation as a page shows it: open, or locked with what is missing."""

    operation: Operation
    missing: tuple[Need, ...] = ()

    @property
    def is_locked(self) -> bool:
        return bool(self.missing)


@dataclass(eq=False)
class Operation:
    """A named verb on a kind of thing. Call it, or `submit` a form to it."""

    do_not_call_in_templates = True

    name: str
    verb: str
    model: Any
    body: Callable[..., Any]
    label: Any
    form: type[OperationForm]
    clauses: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    creates: Any = None
    internal: bool = False
    danger: bool = False
    icon: str = ""
    when: Callable[[Any], bool] | None = None
    whose: Callable[[Any, Actor], bool] | None = None

    # -- what a page asks ------------------------------------------------------------------------------------------

    def is_in_flow(self, subject: Any) -> bool:
        """Whether the subject's state allows the verb."""
        move = getattr(subject, "FLOW", {}).get(self.verb)
        return move is None or subject.state in move[0]

    def is_for(self, subject: Any, by: Actor) -> bool:
        """Whether it is this person's act (its executor's, somebody else's than the executor's …)."""
        return self.whose is None or by.is_system or self.whose(subject, by)

    def offer(self, subject: Any, by: Actor) -> Offer | None:
        """How a page shows the verb on this thing; None where the post may never do it or the state is past it."""
        if not by.may(self.name, subject.project_id) or not self.is_in_flow(subject):
            return None
        if (self.when and not self.when(subject)) or not self.is_for(subject, by):
            return None
        return Offer(self, tuple(n for n in self.needs if not n(subject)))

    # -- the two ways in -------------------------------------------------------------------------------------------

    def __call__(self, subject: Any, *, by: Actor, key: str | None = None, **given: Any) -> Any:
        """Perform from Python. Raises an Outcome when it is not done."""
        data, files = as_data(given)
        return self._enter(subject, by, key, data, files, strict=True)

    def submit(
        self, subject: Any, *, by: Actor, data: Mapping[str, Any], files: Any = None, key: str | None = None,
        strict: bool = False,
    ) -> Any:  # fmt: skip
        """Perform with what a browser or an API client sent."""
        return self._enter(subject, by, key, data, files, strict=strict)

    def new_form(self, subject: Any, by: Actor, *args: Any, **kwargs: Any) -> OperationForm:
        """An unbound (or bound) form for a page."""
        return self.form(*args, by=by, subject=subject, **kwargs)

    # -- the one way through ---------------------------------------------------------------------------------------

    def _enter(self, subject: Any, by: Actor, key: str | None, data: Any, files: Any, *, strict: bool) -> Any:
        _check_reach(subject, by)
        if not by.may(self.name, subject.project_id):
            raise Forbidden(self.name)
        _check_moment(by)
        attempt = functools.partial(self._attempt, subject, by, key, data, files, strict)
        try:
            return attempt()
        except OperationalError as error:
            if connection.in_atomic_block or getattr(error.__cause__, "sqlstate", "") != "40P01":
                raise
            return attempt()

    def _attempt(self, subject: Any, by: Actor, key: str | None, data: Any, files: Any, strict: bool) -> Any:
        hashed: list[str] = []
        try:
            with transaction.atomic():
                thing = self._perform(subject, by, data, files, strict, key, hashed)
        except (once.Taken, Refused) as failure:
            answer = once.recall(subject.project_id, by, self.name, key, hashed[0] if hashed else None) if key else None
            if answer is None:
                if isinstance(failure, once.Taken):
                    raise Conflict("", _("The same request is being worked on. Try again in a moment.")) from None
                raise
            return subjects.get(answer["label"], answer["id"], by)
        if thing is not subject and type(thing) is type(subject) and thing.pk == subject.pk:
            subject.__dict__.update(thing.__dict__)
            return subject
        return thing

    def _perform(
        self, subject: Any, by: Actor, data: Any, files: Any, strict: bool, key: str | None, hashed: list[str]
    ) -> Any:
        locked = subject if self.creates else _lock(subject, by)
        if self.creates:
            _check_parent(subject, by)
        form = self._clean(locked, by, data, files, strict, hashed)
        at = _moment(by, locked, self.verb)
        self._check_state(locked, by)
        self._check_needs(locked)
        before = _snapshot(locked)
        by_then = by if at == by.at else _at(by, at)
        made = self.body(locked, by=by_then, **form.cleaned_data)
        thing = made if self.creates else locked
        changes = {} if self.creates else self._save(locked, before, at)
        event = self._journal(thing, form, changes, by_then, at)
        reactions.run(event, thing, by_then)
        _index(thing, changes, created=bool(self.creates))
        if key:
            answer = {"label": subjects.label_of(thing), "id": thing.pk, "event": event.pk}
            once.remember(subject.project_id, by, self.name, key, hashed[0], answer)
        return thing

    def _clean(self, subject: Any, by: Actor, data: Any, files: Any, strict: bool, hashed: list[str]) -> OperationForm:
        form = self.form(data, files, by=by, subject=subject)
        if strict and (strangers := unknown_names(form, data) + unknown_names(form, files or ())):
            raise Refused.many({name: [_("This is not known here.")] for name in strangers})
        valid = form.is_valid()
        given = {n: as_json(v) for n, v in form.cleaned_data.items()} if valid else {}
        if valid:
            hashed.append(once.digest(subject, given))
        else:
            raise Refused.many({("" if n == "__all__" else n): list(lines) for n, lines in form.errors.items()})
        form.given = given  # type: ignore[attr-defined]  # the JSON side of cleaned_data, for the event
        return form

    def _check_state(self, subject: Any, by: Actor) -> None:
        if self.when and not self.when(subject):
            raise Conflict("", _("This cannot be done to it."))
        if not self.is_for(subject, by):
            raise Forbidden(self.name)
        if not self.creates and not self.is_in_flow(subject):
            raise Conflict(
                "", _("It is now “%(state)s”: this can no longer be done.") % {"state": _state_name(subject)}
            )

    def _check_needs(self, subject: Any) -> None:
        for condition in self.needs:
            if not condition(subject):
                raise Refused("", condition.sentence, condition.clause)

    def _save(self, subject: Any, before: dict[str, Any], at: Any) -> dict[str, Any]:
        """Write what the body changed and the state move, compare-and-set; returns old → new."""
        move = getattr(subject, "FLOW", {}).get(self.verb)
        # A note or a chase is no move: it must not refuse what an offline phone did before it.
        if move is not None and move[1] is not None:
            subject.state = move[1]
            if "moved_at" in before:
                subject.moved_at = at
        after = _snapshot(subject)
        changed = {n: (before[n], after[n]) for n in after if before[n] != after[n]}
        if changed:
            rows = type(subject)._base_manager.filter(pk=subject.pk)
            if "project_id" in before:  # a project is its own scope
                rows = rows.filter(project_id=before["project_id"])
            if "state" in before:
                rows = rows.filter(state=before["state"])
            values = {n: getattr(subject, n) for n in changed}
            if rows.update(**values) != 1:
                raise Conflict("", _("Somebody else changed it at the same moment. Look again."))
        return changed

    def _journal(self, thing: Any, form: OperationForm, changes: dict[str, Any], by: Actor, at: Any) -> Any:
        given = {n: v for n, v in form.given.items() if v not in (None, "", []) and n not in form.secret}  # type: ignore[attr-defined]
        told = {
            n: [as_json(old), as_json(new)]
            for n, (old, new) in changes.items()
            if n not in ("moved_at", *thing.SECRET) and not isinstance(old, bytes | memoryview)
        }
        return events.append(
            self.name,
            thing,
            by=by,
            given=events.sealed(thing, given, form.personal),
            changes=events.sealed(thing, told, thing.PERSONAL),
            at=at,
        )


def operation(
    model: Any, *, label: Any, form: type[OperationForm] = NoInput, clauses: Iterable[str] = (),
    needs: Iterable[Need] = (), creates: Any = None, internal: bool = False,
    danger: bool = False, icon: str = "", when: Callable[[Any], bool] | None = None,
    whose: Callable[[Any, Actor], bool] | None = None,
) -> Callable[[Callable[..., Any]], Operation]:  # fmt: skip
    """Make a function the one home of a change. Its name is `<room>.<verb>`; so is its right.

    `internal`: only the system performs it. `creates`: the subject is the project (or parent), the body returns the
    new, saved thing. `when`: the verb makes sense for this thing at all (its kind). `whose`: whose act it is.
    """

    def bind(body: Callable[..., Any]) -> Operation:
        name = f"{_room(body.__module__)}.{body.__name__}"
        conditions = tuple(needs)
        cited = dict.fromkeys([*clauses, *(c.clause for c in conditions if c.clause)])
        made = Operation(
            name, body.__name__, model, body, label, form, tuple(cited), conditions, creates, internal, danger,
            icon, when, whose,
        )  # fmt: skip
        functools.update_wrapper(made, body)
        if name in registry:
            raise ValueError(f"two operations are called {name}")
        registry[name] = made
        return made

    return bind


def _room(module: str) -> str:
    """The folder that holds `operations` (a module or a package)."""
    steps = module.split(".")
    return steps[steps.index("operations") - 1] if "operations" in steps else steps[-2]


def on(model: Any) -> list[Operation]:
    """Operations whose subject is this kind of thing, in the order they were written."""
    return [o for o in registry.values() if o.model is model and not o.creates and not o.internal]


def offers(subject: Any, by: Actor) -> list[Offer]:
    """The operations bar of a thing for this actor."""
    return [offer for o in on(type(subject)) if (offer := o.offer(subject, by)) is not None]


def _check_reach(subject: Any, by: Actor) -> None:
    if subject.pk is None:
        raise Unknown(type(subject).__name__)
    if not by.is_system and subject.project_id not in by.posts and subject.project_id not in by.homes:
        raise Unknown(type(subject).__name__)


def _check_parent(subject: Any, by: Actor) -> None:
    """A new thing is made under what its maker may see; the project itself was checked by its posts."""
    if subjects.label_of(subject) != "project" and not type(subject).visible_to(by).filter(pk=subject.pk).exists():
        raise Unknown(type(subject).__name__)


def _lock(subject: Any, by: Actor) -> Any:
    rows = type(subject).visible_to(by).filter(pk=subject.pk)
    locked = rows.select_for_update(of=("self",), no_key=True).first()
    if locked is None:
        raise Unknown(type(subject).__name__)
    return locked


def _check_moment(by: Actor) -> None:
    now = by.recorded_at or timezone.now()
    if by.at > now + CLOCK_SKEW:
        raise Refused("at", _("The time it happened lies in the future. Choose a time up to now."))
    # What an import or the demo brings may be of any age.
    if by.is_late_entry and by.channel not in HISTORIC and now - by.at > OLDEST_CLAIM:
        raise Refused("at", _("Older than three days cannot be entered late. Record it now and say when it happened."))


def _moment(by: Actor, subject: Any, verb: str) -> Any:
    """When it happened: never before the last move of the thing; a present act is nudged, a claimed one refused."""
    moved_at = getattr(subject, "moved_at", None)
    if moved_at is None or by.at >= moved_at or verb not in getattr(subject, "FLOW", {}):
        return by.at
    if by.is_late_entry and by.channel not in HISTORIC:
        raise Refused("at", _("It happened before the last step on record. Choose a later time."))
    return moved_at


def _at(by: Actor, at: Any) -> Actor:
    from dataclasses import replace

    return replace(by, at=at)


def _snapshot(thing: Any) -> dict[str, Any]:
    return {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}


def _state_name(subject: Any) -> Any:
    display = getattr(subject, "get_state_display", None)
    return display() if display else subject.state


def _index(thing: Any, changes: Mapping[str, Any], *, created: bool) -> None:
    """Keep the search row: on creation, and when a field that is searched changed."""
    if not created and not set(changes) & set(getattr(thing, "SEARCHED", ())):
        return
    text = thing.search_text()
    phones: tuple[str, ...] = getattr(thing, "search_phones", tuple)()
    if text or phones:
        search.index(thing.project_id, subjects.label_of(thing), thing.pk, text, phones)


__all__ = ["Need", "Offer", "Operation", "Outcome", "need", "offers", "on", "operation", "registry"]
