"""Files without a row go after a day; everything else stays."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction

from guanjia.domains.repairs.tests.taking import photo, take
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import jobs
from guanjia.parts.files.models import StoredFile
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
LONG_AGO = time.time() - 3 * 86_400


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: Any) -> Path:
    """A folder of its own."""
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path))
    return tmp_path


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def age(*paths: Path) -> None:
    for path in paths:
        os.utime(path, (LONG_AGO, LONG_AGO))


def test_the_file_of_an_act_that_was_rolled_back_goes(north: Community, root: Path) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        take(north, photos=[photo()])
        raise RuntimeError
    assert len(files(root)) == 1 and not StoredFile.objects.exists()
    age(*files(root))
    assert jobs.sweep() == 1 and files(root) == []


def test_a_file_with_a_row_stays_however_old(north: Community, root: Path) -> None:
    take(north, photos=[photo()])
    age(*files(root))
    assert jobs.sweep() == 0 and len(files(root)) == 1


def test_a_file_of_today_stays_its_act_may_still_be_under_way(north: Community, root: Path) -> None:
    with pytest.raises(Refused):
        take(north, photos=[photo()], house=None)
    with pytest.raises(RuntimeError), transaction.atomic():
        take(north, photos=[photo()])
        raise RuntimeError
    assert jobs.sweep() == 0 and len(files(root)) == 1


def test_a_row_of_another_project_does_not_keep_it(north: Community, south: Community, root: Path) -> None:
    take(north, photos=[photo()])
    kept = StoredFile.objects.get()
    copy = root / kept.name.replace(f"{north.project.pk}/", f"{south.project.pk}/", 1)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"x")
    age(*files(root))
    assert jobs.sweep() == 1 and not copy.exists() and default_storage.exists(kept.name)


@pytest.mark.parametrize("name", ["README", "1/ab/notes.txt", "1/ab/" + "a" * 31 + ".jpg", "x/ab/" + "a" * 32 + ".jpg"])
def test_what_is_not_ours_is_left_alone(root: Path, name: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("keep me")
    age(root / name)
    assert jobs.sweep() == 0 and (root / name).exists()


def test_a_link_is_never_followed(root: Path, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside") / "letter.jpg"
    outside.write_text("x")
    age(outside)
    link = root / "1" / "ab" / ("a" * 32 + ".jpg")
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    assert jobs.sweep() == 0 and outside.exists()
