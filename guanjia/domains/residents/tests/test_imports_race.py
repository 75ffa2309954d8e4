"""Two at once: one import is committed once and written once; two files of the same houses make them once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict
from guanjia.parts.imports import jobs, operations, queries
from guanjia.parts.imports.models import Import, State
from guanjia.parts.imports.tests.files import HEAD, ROWS, csv_of, send
from guanjia.people.tests.cast import Community
from guanjia.places.models import House

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[str]:
    results, start = [], threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        try:
            start.wait()
            work()
            results.append("done")
        except Conflict:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_of_two_commits_of_one_import_exactly_one_counts(north: Community) -> None:
    one = send(north, csv_of([HEAD, *ROWS]))
    work = [lambda: operations.commit(Import.objects.get(pk=one.pk), by=north.by("manager"))] * 4
    assert at_once(*work) == ["done"] + ["refused"] * 3
    assert at_once(*[lambda: jobs.write(one.project_id, one.pk)] * 3) == ["done"] * 3
    assert Event.objects.filter(name="imports.bring_in", subject_id=one.pk).count() == 1
    assert House.objects.filter(code__startswith="5-").count() == 3
    told = queries.progress_of(one)
    assert told is not None and told.total


def test_two_files_of_the_same_houses_make_them_once(north: Community) -> None:
    files = [send(north, csv_of([HEAD, *ROWS])), send(north, csv_of([HEAD, *reversed(ROWS)]), "b.csv")]
    for one in files:
        operations.commit(one, by=north.by("manager"))
    at_once(*[lambda one=one: jobs.write(one.project_id, one.pk) for one in files])
    for one in files:
        one.refresh_from_db()
    assert sorted(one.state for one in files) == [State.DONE, State.READ]
    assert House.objects.filter(code__startswith="5-").count() == 3
