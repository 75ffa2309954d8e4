"""`@operation(batch=True)`: the same form per row, one project, one transaction, one event with a manifest.

Two shapes. A batch that *creates* (`creates=`: imports, billing runs) has a set-based body: it gets the cleaned rows of
the whole batch and returns the saved things. A verb on *things that exist* (bulk dispatch) keeps its body of one thing;
`verb.many(…)` locks, checks, saves and journals all of them together. Either way all rows are judged, and every
refusal is reported with its row and field, before anything is kept.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import events, once, reactions, search, subjects
from ..actors import Actor
from ..forms import as_data
from ..outcomes import Conflict, Forbidden, Outcome, Refused, RefusedRows, Unknown
from . import checking
from .guards import Call, asked
from .rows import Reader, Row, labels_of
from .running import Operation, snapshot, told_of

MOST_ROWS = 200_000
Runs = list[tuple[int, int]]
One = TypeVar("One")
Result = TypeVar("Result")


class Batch(Operation):
    """A creating verb for many rows: `bring_in(project, rows, by=…, source={"file": digest, …})`."""

    def __call__(  # type: ignore[override]
        self, subject: Any, rows: Iterable[Row], *, by: Actor, key: str | None = None,
        source: Mapping[str, Any] | None = None, first: int = 1,
    ) -> list[Any]:  # fmt: skip
        """All rows, or none: raises RefusedRows. `first` is what the first row is called (2 under a heading).

        `source` says in the journal where the rows come from: digests and names, nothing of a person.
        """
        self._admit(subject, by)
        perform = functools.partial(self._perform_rows, subject, list(rows), by, key, dict(source or {}), first)
        done: list[Any] = self._run(perform, subject.project_id, by, key)
        return done

    def submit(self, subject: Any, *, by: Actor, data: Mapping[str, Any], **more: Any) -> list[Any]:
        """What a program sent: {"rows": [{…}, …]}."""
        rows = data.get("rows")
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise Refused("rows", _("Send a list of rows."))
        return self(subject, rows, by=by, key=more.get("key"))

    def check(self, subject: Any, rows: Iterable[Row], *, by: Actor, first: int = 1) -> RefusedRows | None:
        """What would be refused, before anybody decides: everything is tried, and taken back."""
        self._admit(subject, by)
        try:
            with transaction.atomic():
                checking.parent(subject, by)
                reader = Reader(self, subject, by, _bounded(list(rows)))
                self.body(subject, reader.read()[0], by=by)
                transaction.set_rollback(True)
        except RefusedRows as refusal:
            return refusal.counted(first, labels_of(reader.form))
        return None

    def _perform_rows(
        self, subject: Any, rows: list[Row], by: Actor, key: str | None, source: dict[str, Any], first: int,
        hashed: list[str],
    ) -> Any:  # fmt: skip
        checking.parent(subject, by)
        reader = Reader(self, subject, by, _bounded(rows))
        try:
            cleaned, given = reader.read()
            hashed.append(once.digest(subject, {"rows": given, "source": source}))
            checking.state(self, subject, by)
            checking.needs(self, subject, by)
            checking.second(self, subject, by)
            stored = asked(Call(self, subject, by, reader.form, key, tuple(reader.rows)))
            made = [] if stored else list(self.body(subject, cleaned, by=by))
        except RefusedRows as refusal:
            raise refusal.counted(first, labels_of(reader.form)) from None
        if stored:
            answer: dict[str, Any] = {"label": subjects.label_of(stored.thing), "id": stored.thing.pk, "stored": True}
        else:
            answer = self._keep(subject, made, by, source)
        if key:
            once.remember(subject.project_id, by, self.name, key, hashed[0], answer)
        return stored or made

    def _keep(self, subject: Any, made: list[Any], by: Actor, source: dict[str, Any]) -> dict[str, Any]:
        """The one event with its manifest, what follows from it, and the search words of what was made."""
        label = subjects.label_of(self.creates)
        runs = runs_of(thing.pk for thing in made)
        manifest = {**source, "made": len(made), "kind": label, "ids": runs}
        event = events.append(self.name, subject, by=by, given={"$batch": manifest}, changes={})
        events.link(event, label, runs)
        reactions.run(event, subject, by)
        words: list[Any] = [(t.pk, t.search_text(), getattr(t, "search_phones", tuple)()) for t in made]
        search.index_many(subject.project_id, label, [row for row in words if row[1] or row[2]])
        return {"label": label, "ids": runs}


def do_to_many(
    verb: Operation, things: list[tuple[Any, Mapping[str, Any]]], by: Actor, key: str | None, *, strict: bool
) -> list[Any]:
    """`Operation.many`: each thing keeps an event of its own, caused by the one of the batch."""
    if not verb.batch or verb.creates:
        raise TypeError(f"{verb.name} is not done to many at once: declare it with batch=True")
    if not things:
        return []
    if len({thing.project_id for thing, _given in things}) > 1:
        raise Refused("", _("These are of several projects: one project at a time."))
    if len({thing.pk for thing, _given in things}) < len(things):
        raise Refused("", _("The same thing stands there twice."))
    verb._admit(things[0][0], by)
    perform = functools.partial(_Many(verb, _bounded(things), by, strict).perform, key)
    done: list[Any] = verb._run(perform, things[0][0].project_id, by, key)
    return done


class _Many:
    """One attempt at a verb on many things."""

    def __init__(self, verb: Operation, things: list[Any], by: Actor, strict: bool) -> None:
        self.verb, self.things, self.by, self.strict = verb, things, by, strict
        self.refused: dict[int, Any] = {}
        self.labels: dict[str, Any] = {}

    def perform(self, key: str | None, hashed: list[str]) -> list[Any]:
        """Every row is judged by every step, so that one report names all that say no."""
        calls = self._each(self._locked(), self._call)
        if not self.refused:  # the same request is known by what was given, whatever has become of the things
            hashed.append(once.digest(self.things[0][0], {str(c.subject.pk): c.given for c in calls.values()}))
        calls = self._each(calls, self._judged)
        changes = self._each(calls, self._changed)
        if self.refused:
            raise RefusedRows(self.refused, labels=self.labels)
        self._journal(calls, changes)
        done = [call.subject for call in calls.values()]
        if key:
            answer = {"label": subjects.label_of(done[0]), "ids": runs_of(thing.pk for thing in done)}
            once.remember(done[0].project_id, self.by, self.verb.name, key, hashed[0], answer)
        return done

    def _each(self, ones: dict[int, One], do: Callable[[One], Result]) -> dict[int, Result]:
        """The results of those that do not refuse."""
        done: dict[int, Result] = {}
        for number, one in ones.items():
            try:
                done[number] = do(one)
            except Outcome as outcome:
                self._refuse(number, outcome)
        return done

    def _locked(self) -> dict[int, tuple[Any, Mapping[str, Any]]]:
        """The things as they stand, locked in the order of their ids; None for what is not there or not theirs."""
        rows = type(self.things[0][0]).visible_to(self.by).filter(pk__in=[thing.pk for thing, _given in self.things])
        locked = {one.pk: one for one in rows.order_by("pk").select_for_update(of=("self",), no_key=True)}
        return {number: (locked.get(thing.pk), given) for number, (thing, given) in enumerate(self.things)}

    def _call(self, asked_for: tuple[Any, Mapping[str, Any]]) -> Call:
        subject, given = asked_for
        if subject is None:
            raise Unknown(self.verb.name)
        data, files = as_data(given)
        form = checking.form_of(self.verb, subject, self.by, data, files, strict=self.strict)
        self.labels = self.labels or labels_of(form)
        return Call(self.verb, subject, checking.placed(self.by, subject, self.verb.verb), form)

    def _judged(self, call: Call) -> Call:
        checking.state(self.verb, call.subject, call.by)
        checking.needs(self.verb, call.subject, call.by)
        checking.second(self.verb, call.subject, call.by)
        if asked(call):
            raise Conflict("", _("This one waits for approval: do it on its own page."))
        return call

    def _refuse(self, number: int, outcome: Outcome) -> None:
        if isinstance(outcome, Refused):
            self.refused[number] = outcome.errors
        elif isinstance(outcome, Forbidden):
            self.refused[number] = {"": [outcome.sentence]}
        else:
            self.refused[number] = {"": [_("This does not exist here.")]}

    def _changed(self, call: Call) -> dict[str, Any]:
        """The body, saved before the next one begins: who is least loaded depends on who was sent just now."""
        before = snapshot(call.subject)
        self.verb.body(call.subject, by=call.by, **call.form.cleaned_data)
        return self.verb._save(call.subject, before, call.by.at)

    def _journal(self, calls: dict[int, Call], changes: dict[int, dict[str, Any]]) -> None:
        project = next(iter(calls.values())).subject.project
        kind = subjects.label_of(next(iter(calls.values())).subject)
        runs = runs_of(call.subject.pk for call in calls.values())
        manifest = {"done": len(calls), "kind": kind, "ids": runs}
        whole = events.append(self.verb.name, project, by=self.by, given={"$batch": manifest}, changes={})
        entries = []
        for number, call in calls.items():
            given, told = told_of(call.subject, call.form, changes[number])
            entry = events.entry(self.verb.name, call.subject, by=call.by, given=given, changes=told)
            entry.cause_id = whole.pk
            entries.append(entry)
        for event, call in zip(events.append_many(entries), calls.values(), strict=True):
            reactions.run(event, call.subject, call.by)


def runs_of(ids: Iterable[int]) -> Runs:
    """Sorted ids as runs: [(first, last), …]."""
    runs: Runs = []
    for one in sorted(ids):
        if runs and one == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    return runs


def refuse_doubles(field: str, keys: Iterable[Any], known: Container[Any], sentence: Any) -> None:
    """Rows of a batch whose key stands in two of them, or on record already. Raises RefusedRows."""
    named = list(keys)
    often = Counter(named)
    refused = {n: {field: [sentence]} for n, key in enumerate(named) if key and (often[key] > 1 or key in known)}
    if refused:
        raise RefusedRows(refused)


def _bounded(rows: list[Any]) -> list[Any]:
    if not rows:
        raise Refused("rows", _("There is no row in it."))
    if len(rows) > MOST_ROWS:
        raise Refused("rows", _("At most %(most)d rows at once: cut the file into parts.") % {"most": MOST_ROWS})
    return rows
