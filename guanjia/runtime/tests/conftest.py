"""Folders for servers of their own: never the one the other tests use."""

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
