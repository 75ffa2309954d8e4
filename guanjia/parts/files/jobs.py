"""The nightly sweep: a file whose act was rolled back has no row, and goes once it is a day old."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import default_storage

from guanjia.kernel.jobs import every

from .models import StoredFile

log = logging.getLogger("guanjia.files")
DAY_SECONDS = 86_400
AT_ONCE = 500
# Only what `queries.keep` writes: <project>/<two digits>/<token>.<suffix>, perhaps with what the storage appends.
OURS = re.compile(r"(\d+)/[0-9a-f]{2}/[0-9a-f]{32}(_\w+)?\.\w{2,4}")


@every("23 19 * * *", "files.sweep")
def sweep() -> int:
    """Remove files without a row that are older than a day; returns how many went."""
    return sweep_folder(Path(default_storage.path("")), older_than=time.time() - DAY_SECONDS)


def sweep_folder(root: Path, *, older_than: float) -> int:
    """A folder of another name, a link, a file of another shape is left alone: it is not ours."""
    gone, batch = 0, list[Path]()
    for path in _old(root, older_than):
        batch.append(path)
        if len(batch) == AT_ONCE:
            gone, batch = gone + _remove_orphans(root, batch), []
    gone += _remove_orphans(root, batch)
    if gone:
        log.info("removed %d files without a row", gone)
    return gone


def _old(root: Path, older_than: float) -> Iterator[Path]:
    for path in root.glob("*/*/*"):
        name = path.relative_to(root).as_posix()
        if OURS.fullmatch(name) and path.is_file() and not path.is_symlink() and path.stat().st_mtime < older_than:
            yield path


def _remove_orphans(root: Path, paths: list[Path]) -> int:
    names = {path.relative_to(root).as_posix(): path for path in paths}
    projects = {int(name.split("/", 1)[0]) for name in names}
    kept = StoredFile.objects.filter(project_id__in=projects, name__in=list(names)).values_list("name", flat=True)
    for name in names.keys() - set(kept):
        names[name].unlink(missing_ok=True)
    return len(names) - len(kept)
