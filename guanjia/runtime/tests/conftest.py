"""Folders for servers of their own: never the one the other tests use."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from guanjia.runtime.postgres import Cluster


def _new_folder() -> Path:
    # Not pytest's tmp_path: its parents are closed, and a server started by root runs as another user.
    return Path(tempfile.mkdtemp(prefix="gj-"))


def _remove(folder: Path) -> None:
    Cluster(folder, durable=False).stop()
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    made = _new_folder()
    yield made
    _remove(made)


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    made = _new_folder()
    cluster = Cluster(made, durable=False)
    cluster.start()
    yield cluster
    cluster.stop()
    _remove(made)


@pytest.fixture
def own_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an embedded server of its own, as an operator has it."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GUANJIA_DATA", "PYTHONPATH", "DJANGO_SETTINGS_MODULE"):  # set by the commands themselves
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "guanjia.config.settings")
    monkeypatch.delenv("GUANJIA_EXTRA_APPS", raising=False)
    return folder
