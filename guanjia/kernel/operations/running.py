"""The one way through an operation: one transaction with the lock, the checks, the body, the event and what follows."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from .. import events, once, reactions, search, subjects
from ..actors import Actor
from ..forms import OperationForm, as_data, as_json
from ..outcomes import Conflict, Forbidden, Refused, Stored, Unknown
from . import checking
from .guards import Call, asked
from .verbs import Verb

Perform = Callable[[list[str]], Any]


class Operation(Verb):
    """A named verb on a kind of thing. Call it, or `submit` a form to it."""

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
        """An unbound (or bound) form for a page; what stands is filled in where something is changed, not made."""
        if not self.creates:
            kwargs["initial"] = {**self.form.standing(subject), **(kwargs.get("initial") or {})}
        form = self.form(*args, by=by, subject=subject, **kwargs)
        form.looked_up(f"{subjects.label_of(subject)}/{subject.pk}/choices/{self.name.replace('.', '/')}")
        return form

    def many(
        self, things: Iterable[tuple[Any, Mapping[str, Any]]], *, by: Actor, key: str | None = None,
        strict: bool = False,
    ) -> list[Any]:  # fmt: skip
        """The same for many things of one project (a verb declared with `batch=True`): all of them, or none.

        Raises RefusedRows (rows counted from 1) before anything is written.
        """
        from .batches import do_to_many

        return do_to_many(self, list(things), by, key, strict=strict)

    # -- the one way through ---------------------------------------------------------------------------------------

    def _enter(self, subject: Any, by: Actor, key: str | None, data: Any, files: Any, *, strict: bool) -> Any:
        self._admit(subject, by)
        perform = functools.partial(self._perform, subject, by, data, files, strict, key)
        thing = self._run(perform, subject.project_id, by, key)
        if thing is not subject and type(thing) is type(subject) and thing.pk == subject.pk:
            subject.__dict__.update(thing.__dict__)
            return subject
        return thing

    def _admit(self, subject: Any, by: Actor) -> None:
        checking.reach(subject, by)
        if not by.may(self.name, subject.project_id):
            raise Forbidden(self.name)
        checking.moment(by)

    def _run(self, perform: Perform, project_id: int, by: Actor, key: str | None) -> Any:
        """In one transaction, once for a key; a deadlock is tried again."""
        attempt = functools.partial(self._attempt, perform, project_id, by, key)
        try:
            return attempt()
        except OperationalError as error:
            if connection.in_atomic_block or getattr(error.__cause__, "sqlstate", "") != "40P01":
                raise
            return attempt()

    def _attempt(self, perform: Perform, project_id: int, by: Actor, key: str | None) -> Any:
        hashed: list[str] = []
        try:
            with transaction.atomic():
                done = perform(hashed)
        except (once.Taken, Refused) as failure:
            answer = once.recall(project_id, by, self.name, key, hashed[0] if hashed else None) if key else None
            if answer is None:
                if isinstance(failure, once.Taken):
                    raise Conflict("", _("The same request is being worked on. Try again in a moment.")) from None
                raise
            done = self._recalled(answer, by)
        if isinstance(done, Stored):  # the transaction with the stored call is committed
            raise done
        return done

    def _recalled(self, answer: dict[str, Any], by: Actor) -> Any:
        """What the same request was answered with."""
        if "ids" in answer:
            return subjects.in_runs(answer["label"], answer["ids"], by)
        thing = subjects.get(answer["label"], answer["id"], by)
        return Stored(thing) if answer.get("stored") else thing

    def _perform(
        self, subject: Any, by: Actor, data: Any, files: Any, strict: bool, key: str | None, hashed: list[str]
    ) -> Any:
        locked = subject if self.creates else _lock(subject, by)
        if self.creates:
            checking.parent(subject, by)
        form = checking.form_of(self, locked, by, data, files, strict=strict)
        hashed.append(once.digest(locked, form.given))
        by = checking.placed(by, locked, self.verb)
        checking.state(self, locked, by)
        checking.needs(self, locked, by)
        checking.second(self, locked, by)
        stored = asked(Call(self, locked, by, form, key))
        thing, words = (stored.thing, None) if stored else self._do(locked, form, by)
        if key:
            answer = {"label": subjects.label_of(thing), "id": thing.pk, "stored": bool(stored)}
            once.remember(subject.project_id, by, self.name, key, hashed[0], answer, beside=words)
        elif words:
            search.write(words)
        return stored or thing

    def _do(self, locked: Any, form: OperationForm, by: Actor) -> tuple[Any, search.Statement | None]:
        """The body, and everything that is written because of it, but for the search words: what writes them."""
        before = snapshot(locked)
        made = self.body(locked, by=by, **form.cleaned_data)
        thing = made if self.creates else locked
        changes = {} if self.creates else self._save(locked, before, by.at)
        event = self._journal(thing, form, changes, by)
        reactions.run(event, thing, by)
        return thing, _words(thing, changes, created=bool(self.creates))

    def _save(self, subject: Any, before: dict[str, Any], at: Any) -> dict[str, Any]:
        """Write what the body changed and the state move, compare-and-set; returns old → new."""
        move = getattr(subject, "FLOW", {}).get(self.verb)
        # A note or a chase is no move: it must not refuse what an offline phone did before it.
        if move is not None and move[1] is not None:
            subject.state = move[1]
            if "moved_at" in before:
                subject.moved_at = at
        after = snapshot(subject)
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

    def _journal(self, thing: Any, form: OperationForm, changes: dict[str, Any], by: Actor) -> Any:
        given, told = told_of(thing, form, changes)
        return events.append(self.name, thing, by=by, given=given, changes=told)


def told_of(thing: Any, form: OperationForm, changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the journal keeps of an act: what was given and what changed, without secrets, personal values sealed."""
    given = {n: v for n, v in form.given.items() if v not in (None, "", []) and n not in form.secret}
    told = {
        n: [as_json(old), as_json(new)]
        for n, (old, new) in changes.items()
        if n not in ("moved_at", *thing.SECRET) and not isinstance(old, bytes | memoryview)
    }
    return events.sealed(thing, given, form.personal), events.sealed(thing, told, thing.PERSONAL)


def _lock(subject: Any, by: Actor) -> Any:
    rows = type(subject).visible_to(by).filter(pk=subject.pk)
    locked = rows.select_for_update(of=("self",), no_key=True).first()
    if locked is None:
        raise Unknown(type(subject).__name__)
    if (project := subject._state.fields_cache.get("project")) is not None:
        locked.project = project  # known already, and never another's
    return locked


def snapshot(thing: Any) -> dict[str, Any]:
    return {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}


def _words(thing: Any, changes: Mapping[str, Any], *, created: bool) -> search.Statement | None:
    """The search row is kept on creation, and when a field that is searched changed."""
    if not created and not set(changes) & set(getattr(thing, "SEARCHED", ())):
        return None
    text = thing.search_text()
    phones: tuple[str, ...] = getattr(thing, "search_phones", tuple)()
    if not text and not phones:
        return None
    words = search.hashed_words(thing.project_id, text, phones)
    return search.statement(thing.project_id, subjects.label_of(thing), [(thing.pk, words)])
