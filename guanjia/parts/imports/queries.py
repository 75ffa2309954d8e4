"""What is on its way in, how far it is, and what was decided about headings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from guanjia.kernel import asides, jobs
from guanjia.kernel.actors import Actor
from guanjia.people.models import Account, Employee
from guanjia.places.models import Project

from .models import OVER, Import, KeptHeading, Progress, State


def imports(project: Project, by: Actor) -> QuerySet[Import]:
    """The newest first, without what is sealed in them."""
    rows = Import.visible_to(by).filter(project=project).select_related("uploaded_by", "committed_by")
    return rows.defer("preview", "once", "mapping", "made").order_by("-id")


def same_file(one: Import) -> Import | None:
    """An import of the very same file that stands."""
    rows = Import.objects.filter(project_id=one.project_id, digest=one.digest, kind=one.kind, state=State.DONE)
    return rows.exclude(pk=one.pk).select_related("committed_by").order_by("-id").first()


def kept_headings(kind: str) -> dict[str, str]:
    """What headings were decided to hold, anywhere in the company; the last decision counts."""
    rows = KeptHeading.objects.filter(kind=kind).order_by("id").values_list("heading", "column")
    return dict(rows[:5000])


def progress_of(one: Import) -> Progress | None:
    return Progress.objects.filter(project_id=one.project_id, import_id=one.pk).first()


def preview_of(one: Import) -> dict[str, Any]:
    """First rows and findings; empty before they were read and after they were cleared away."""
    return dict(json.loads(str(one.preview))) if one.preview else {}


def language_of(employee: Employee | None) -> str:
    """The language in which the person who sent the file reads."""
    account = Account.objects.filter(pk=(employee.account_id if employee else 0) or 0).first()
    return account.language if account else "zh-hans"


def due_for_clearing(before: datetime) -> Iterable[Import]:
    """Files that nobody needs any more."""
    return Import.objects.filter(state__in=OVER, cleared_at__isnull=True, moved_at__lt=before).order_by("id")[:500]


def stored_names() -> set[str]:
    rows = Import.objects.exclude(stored="", report="").values_list("stored", "report")
    return {name for pair in rows for name in pair if name}


class Ticker:
    """Tells how far a long work is, at most once a second, beside its transaction."""

    EVERY = timedelta(seconds=1)

    def __init__(self, one: Import, now: Any) -> None:
        self.one, self.now, self.began, self.last = one, now, now(), None
        self.step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        at = self.now()
        if self.last is not None and step == self.step and at - self.last < self.EVERY and done < total:
            return
        if step != self.step:
            self.began, self.step = at, step
        self.last = at
        asides.say(
            "INSERT INTO imports_progress (project_id, import_id, step, done, total, began_at, at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (project_id, import_id) DO UPDATE "
            "SET step = excluded.step, done = excluded.done, total = excluded.total, "
            "began_at = excluded.began_at, at = excluded.at",
            [self.one.project_id, self.one.pk, step, done, total, self.began, at],
        )


def queue(name: str, one: Import) -> None:
    """Put a job of an import behind the transaction."""
    jobs.defer(name, queue="imports", project_id=one.project_id, import_id=one.pk)
