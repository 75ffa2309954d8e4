"""A backup comes back whole or not at all."""

from pathlib import Path

import psycopg
import pytest

from guanjia.runtime.backup import backup, check, restore
from guanjia.runtime.place import Refusal
from guanjia.runtime.postgres import Cluster


@pytest.fixture
def saved(own_place: Path) -> Path:
    """A small place with a table, a photograph and a key, and the backup of it."""
    data = own_place / "data"
    own_place.chmod(0o711)
    cluster = Cluster(data, durable=False)
    cluster.start()
    with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
        owner.execute("CREATE SCHEMA apart")  # the product's own schema stays empty: its tables are made at once
        owner.execute("CREATE TABLE apart.kept AS SELECT n, '住户' || n AS name FROM generate_series(1, 1000) n")
    for name, content in (
        ("files/ab/photo", bytes(range(256)) * 999),
        ("keys/master", b"secret"),
        ("seals/heads", b""),
    ):
        (data / name).parent.mkdir(parents=True)
        (data / name).write_bytes(content)
    file = own_place / "today.backup"
    backup(data, file)  # the server keeps running: it is in use
    assert cluster.is_running()
    cluster.stop()
    return file


def damaged(file: Path, position: int) -> Path:
    content = bytearray(file.read_bytes())
    content[position] ^= 0x01
    copy = file.with_name("damaged.backup")
    copy.write_bytes(content)
    return copy


@pytest.mark.clause("PRIV-04", "PRIV-07")
def test_tables_files_and_keys_come_back_equal(saved):
    target = saved.parent / "restored"
    restore(target, saved)
    source = saved.parent / "data"
    for name in ("files/ab/photo", "keys/master", "seals/heads"):
        assert (target / name).read_bytes() == (source / name).read_bytes()
    assert (target / "keys").stat().st_mode & 0o077 == 0
    cluster = Cluster(target)
    try:
        cluster.start()
        with psycopg.connect(cluster.owner_url) as owner:
            total, last = owner.execute("SELECT sum(n), max(name) FROM apart.kept").fetchone()
            assert (total, last) == (500500, "住户999")
        with psycopg.connect(cluster.app_url) as app:
            may = app.execute("SELECT has_table_privilege('kernel_event', 'UPDATE')").fetchone()
            assert may == (False,)
    finally:
        cluster.stop()


def test_any_damage_is_refused_before_anything_is_written(saved):
    target = saved.parent / "restored"
    size = saved.stat().st_size
    for position in (0, 700, size // 3, size // 2, size - 5000, size - 100, size - 2):
        with pytest.raises(Refusal, match=r"damaged|cut off"):
            restore(target, damaged(saved, position))
    assert not target.exists()


def test_a_truncated_backup_is_refused(saved):
    content = saved.read_bytes()
    short = saved.with_name("short.backup")
    for length in (0, 10, len(content) // 2, len(content) - 1):
        short.write_bytes(content[:length])
        with pytest.raises(Refusal, match=r"damaged|cut off"):
            check(short)


def test_a_restore_into_a_folder_in_use_is_refused_and_changes_nothing(saved):
    data = saved.parent / "data"
    before = sorted(p.name for p in data.iterdir())
    with pytest.raises(Refusal, match="not empty"):
        restore(data, saved)
    assert sorted(p.name for p in data.iterdir()) == before


def test_a_failed_restore_leaves_the_folder_as_it_was(saved, monkeypatch):
    from guanjia.runtime import dumping

    def fail(*anything: object) -> None:
        raise Refusal("pg_restore failed: no space left")

    monkeypatch.setattr(dumping, "load", fail)
    target = saved.parent / "restored"
    with pytest.raises(Refusal, match="no space"):
        restore(target, saved)
    assert not target.exists()


def test_a_failed_backup_leaves_the_earlier_one(saved, monkeypatch):
    from guanjia.runtime import dumping

    def fail(*anything: object) -> None:
        raise Refusal("pg_dump failed")

    monkeypatch.setattr(dumping, "dump", fail)
    before = saved.read_bytes()
    with pytest.raises(Refusal):
        backup(saved.parent / "data", saved)
    assert saved.read_bytes() == before
    assert [p.name for p in saved.parent.glob(".*")] == []


def test_the_backup_is_for_its_owner_alone(saved):
    assert saved.stat().st_mode & 0o777 == 0o600
