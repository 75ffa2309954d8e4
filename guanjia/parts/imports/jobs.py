"""What happens to an import in the background. Each job may be delivered twice: the state decides."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from guanjia.kernel.actors import system
from guanjia.kernel.jobs import every, job
from guanjia.kernel.outcomes import Conflict, Outcome, Refused
from guanjia.people.login import staff_actor

from . import checking, keeping, operations, queries, report
from .models import Import, State
from .opening import Unreadable

log = logging.getLogger("guanjia.imports")
# Slow work of its own: a file never stands before a reaction (see kernel/work.py).
QUEUE = "imports"


def _found(project_id: int, import_id: int, state: str) -> Import | None:
    rows = Import.objects.filter(project_id=project_id, pk=import_id, state=state)
    return rows.select_related("project", "uploaded_by", "committed_by").first()


@job("imports.check", queue=QUEUE)
def check(project_id: int, import_id: int) -> None:
    """Read the file and keep what was found, or say why it cannot be read."""
    one = _found(project_id, import_id, State.READING)
    if one is None:
        return
    with translation.override(queries.language_of(one.uploaded_by)):
        try:
            _check(one)
        except Unreadable as refusal:
            maps = [how.as_json() for how in getattr(refusal, "maps", [])]
            operations.refuse(one, by=system(), sentence=str(refusal.sentence)[:400], mapping=maps)
        except Conflict:
            return  # given up meanwhile
        except (DatabaseError, Outcome):
            raise
        except Exception as error:
            log.error("import %d could not be read: %s at %s", one.pk, type(error).__name__, _place(error))
            operations.refuse(
                one, by=system(), sentence=_("The file could not be read. Send it as .xlsx or CSV UTF-8.")
            )


def _check(one: Import) -> None:
    by = staff_actor(one.uploaded_by, timezone.now(), channel="import")
    result = checking.look(one, one.project, by, queries.Ticker(one, timezone.now))
    book = report.wrong_rows_book(result)
    old, kept = one.report, keeping.keep(one.project_id, book) if book else ""
    operations.checked(
        one, by=system(), mapping=[how.as_json() for how in result.maps], counts=result.counts,
        preview=json.loads(checking.preview(result)), report=kept,
    )  # fmt: skip
    keeping.forget(old)
    log.info("import %d read: %d rows, %d wrong", one.pk, result.counts["rows"], result.counts["wrong"])


@job("imports.write", queue=QUEUE)
def write(project_id: int, import_id: int) -> None:
    """Write everything in one transaction; a refusal leaves nothing and the file waits again."""
    _attempt(_found(project_id, import_id, State.WRITING), operations.bring_in, operations.stop)


@job("imports.take_back", queue=QUEUE)
def take_back(project_id: int, import_id: int) -> None:
    """Remove everything in one transaction; a refusal leaves the import as it stands."""
    _attempt(_found(project_id, import_id, State.REVERSING), operations.take_back, operations.keep_on)


def _attempt(one: Import | None, act: Any, otherwise: Callable[..., Any]) -> None:
    if one is None:
        return
    with translation.override(queries.language_of(one.committed_by)):
        try:
            act(one, by=system())
        except Conflict:
            return  # another delivery was first
        except Refused as refusal:
            otherwise(one, by=system(), sentence=refusal.sentence[:400] or _("It could not be written."))
        except DatabaseError:
            raise  # tried again; the transaction left nothing
        except Exception as error:
            # The message of an error may hold what a row held: only its kind and place are logged.
            log.error("import %d stopped: %s at %s", one.pk, type(error).__name__, _place(error))
            otherwise(
                one, by=system(), sentence=_("It could not be written. Nothing was changed. Tell your administrator.")
            )


def _place(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"


@job("imports.clear", queue=QUEUE)
def clear(project_id: int, import_id: int) -> None:
    """Clear one import away at once."""
    one = Import.objects.filter(project_id=project_id, pk=import_id, cleared_at__isnull=True).first()
    if one is not None:
        _clear(one)


@every("41 19 * * *", "imports.clear_old")
def clear_old() -> int:
    """Nightly: files that are over go after some days, and what a rolled back act left behind."""
    before = timezone.now() - timedelta(days=int(getattr(settings, "IMPORTS_KEPT_DAYS", 30)))
    due = list(queries.due_for_clearing(before))
    for one in due:
        _clear(one)
    for name in keeping.orphans(queries.stored_names(), older_than=keeping.a_day_ago()):
        keeping.forget(name)
    return len(due)


def _clear(one: Import) -> None:
    try:
        operations.clear(one, by=system())
    except Conflict:
        return
    for name in one.gone:  # type: ignore[attr-defined]
        keeping.forget(name)
