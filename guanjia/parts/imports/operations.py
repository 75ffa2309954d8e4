"""From the upload to the rows, and back: what people decide, and what the background does because of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.login import staff_actor
from guanjia.people.models import Employee
from guanjia.places.models import Project

from . import keeping, queries, reversing
from .forms import CheckedForm, MapForm, RefusedForm, SentenceForm, UploadForm
from .kinds import registry
from .mapping import SheetMap, plain_heading
from .models import Import, KeptHeading
from .opening import Unreadable, glance


@operation(Project, label=_("Send a file"), form=UploadForm, creates=Import, clauses=["RES-01"], icon="upload")
def upload(project: Project, *, by: Actor, kind: str, file: UploadedFile) -> Import:
    """Take a file in; it is read in the background. Nothing of it is on record yet."""
    content = file.read()
    try:
        glance(content)
    except Unreadable as refusal:
        raise Refused("file", refusal.sentence) from None
    made = Import.objects.create(
        project=project, kind=kind, name=(file.name or "file")[-120:], digest=hashlib.sha256(content).hexdigest(),
        size=len(content), stored=keeping.keep(project.pk, content), uploaded_by_id=by.id, uploaded_at=by.at,
        moved_at=by.at,
    )  # fmt: skip
    queries.queue("imports.check", made)
    return made


@operation(Import, label=_("Change the columns"), form=MapForm, icon="columns")
def remap(one: Import, *, by: Actor, columns: dict[str, str]) -> None:
    """What the columns hold is decided anew; the file is read again so."""
    maps = [SheetMap.of(data) for data in one.mapping]
    for index, how in enumerate(maps):
        if not how.row:
            continue
        decided = {at: columns.get(f"{index}:{at}", how.columns.get(at, "")) for at in range(len(how.headings))}
        kept = {at: key for at, key in decided.items() if key}
        if len(set(kept.values())) != len(kept):
            raise Refused("columns", _("Two columns cannot hold the same. Choose one of them."))
        how.columns = kept
        for at, key in decided.items():
            _remember(one, how.headings[at], key)
    one.mapping = [how.as_json() for how in maps]
    queries.queue("imports.check", one)


def _remember(one: Import, heading: str, key: str) -> None:
    """The next file of the company is read so."""
    plain = plain_heading(heading)
    if plain:
        KeptHeading.objects.update_or_create(
            project_id=one.project_id, kind=one.kind, heading=plain, defaults={"column": key}
        )


@operation(Import, label=_("Read again"), icon="refresh")
def look_again(one: Import, *, by: Actor) -> None:
    """What is on record has changed since: compare the file with it once more."""
    queries.queue("imports.check", one)


@operation(Import, label=_("Read"), form=CheckedForm, internal=True)
def checked(one: Import, *, by: Actor, mapping: Any, counts: Any, preview: Any, report: str) -> None:
    """The file was read: totals, first rows and the wrong rows are ready to be looked at."""
    one.mapping, one.counts, one.report, one.sentence = mapping, counts, report, ""
    one.preview = json.dumps(preview, ensure_ascii=False)


@operation(Import, label=_("Not readable"), form=RefusedForm, internal=True)
def refuse(one: Import, *, by: Actor, sentence: str, mapping: Any) -> None:
    """The file cannot be taken; the sentence says why and what to do."""
    one.sentence = sentence
    one.mapping = mapping or one.mapping


def _has_right(one: Import) -> bool:
    return bool(one.counts.get("rows", 0) > one.counts.get("wrong", 0))


@need(sentence=_("Not one row is right: change what the columns hold and read again, or correct the rows."))
def has_a_right_row(one: Import) -> bool:
    return _has_right(one)


@need(sentence=_("Everything in this file is on record already: there is nothing to import."))
def has_something_new(one: Import) -> bool:
    return bool(one.counts.get("new")) or not _has_right(one)


@operation(
    Import, label=_("Import"), needs=[has_a_right_row, has_something_new], clauses=["RES-01"], icon="database-import"
)
def commit(one: Import, *, by: Actor) -> None:
    """Write the rows that are right, all in one; wrong rows are left out. It happens in the background."""
    one.committed_by_id = by.id
    one.sentence = ""
    queries.queue("imports.write", one)


@operation(Import, label=_("Imported"), internal=True)
def bring_in(one: Import, *, by: Actor) -> None:
    """Read once more, judge once more, and write: one transaction, as the person who asked for it."""
    from . import writing

    writing.write(one, by)


@operation(Import, label=_("Stopped"), form=SentenceForm, internal=True)
def stop(one: Import, *, by: Actor, sentence: str) -> None:
    """It could not be written: nothing is on record, and the file waits again."""
    one.sentence = sentence


@operation(Import, label=_("Give up"), danger=True, icon="x")
def cancel(one: Import, *, by: Actor) -> None:
    """The file is not imported; it is cleared away at once."""
    queries.queue("imports.clear", one)


def is_reversible(one: Import) -> bool:
    kind = registry.get(one.kind)
    return kind is not None and bool(one.made)


@operation(Import, label=_("Take back"), when=is_reversible, danger=True, icon="arrow-back-up")
def reverse(one: Import, *, by: Actor) -> None:
    """Undo the import, as long as nothing was built on it; what stands in the way is named."""
    if blocks := reversing.blocks(one):
        raise Refused("", " ".join(str(sentence) for sentence in blocks))
    one.sentence = ""
    queries.queue("imports.take_back", one)


@operation(Import, label=_("Taken back"), internal=True)
def take_back(one: Import, *, by: Actor) -> None:
    """Remove exactly what the import made; refused when something was built on it meanwhile."""
    if blocks := reversing.blocks(one):
        raise Refused("", " ".join(str(sentence) for sentence in blocks))
    reversing.remove(one)


@operation(Import, label=_("Not taken back"), form=SentenceForm, internal=True)
def keep_on(one: Import, *, by: Actor, sentence: str) -> None:
    """Something was built on it meanwhile: the import stands."""
    one.sentence = sentence


@operation(Import, label=_("Show the one-time passwords"), when=lambda one: bool(one.once), icon="key")
def show_once(one: Import, *, by: Actor) -> None:
    """What new staff log in with: shown once, to the person who imported them, then gone."""
    if by.id != one.committed_by_id:
        raise Refused("", _("Only the person who imported them sees the passwords."))
    one.shown_once = json.loads(str(one.once))  # type: ignore[attr-defined]  # for the page that asked
    one.once = b""


@operation(Import, label=_("Clear away"), internal=True, clauses=["PRIV-04"])
def clear(one: Import, *, by: Actor) -> None:
    """The file and what was shown of it are gone; totals and the story stay."""
    one.gone = [one.stored, one.report]  # type: ignore[attr-defined]  # for the job, which removes the files after this
    one.stored, one.report, one.preview, one.once = "", "", b"", b""
    one.cleared_at = by.at


def requester(one: Import, at: Any) -> Actor:
    """Who asked for it, with the posts they hold now. Raises Refused when they may no longer."""
    employee = Employee.objects.filter(pk=one.committed_by_id or 0, state=Employee.State.ACTIVE).first()
    by = staff_actor(employee, at, channel="import") if employee is not None else None
    rights = {commit.name, registry[one.kind].right}
    if by is None or not all(by.may(right, one.project_id) for right in rights):
        raise Refused("", _("The person who asked for it may no longer import here."))
    return by
