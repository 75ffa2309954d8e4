"""Backups of a busy place, of a large one, and the way into a company's own server."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanjia.runtime.backup import backup, restore
from guanjia.runtime.postgres import Cluster

pytestmark = pytest.mark.drill
HOUSES = int(os.environ.get("GUANJIA_DRILL_HOUSES", "100000"))
SECONDS = float(os.environ.get("GUANJIA_DRILL_SECONDS", "15"))


class Writer(threading.Thread):
    """Each transaction writes two tables that must agree; a file is written before the row that names it."""

    def __init__(self, url: str, files: Path, number: int) -> None:
        super().__init__(daemon=True)
        self.url, self.files, self.number = url, files, number
        self.is_told_to_stop = False
        self.done = 0

    def run(self) -> None:
        with psycopg.connect(self.url) as connection:
            while not self.is_told_to_stop:
                content = os.urandom(2000)
                name = hashlib.sha256(content).hexdigest()
                (self.files / name).write_bytes(content)
                with connection.transaction():
                    connection.execute("INSERT INTO taken (writer, n) VALUES (%s, %s)", [self.number, self.done])
                    connection.execute("INSERT INTO given (writer, n, file) VALUES (%s, %s, %s)", [self.number, self.done, name])  # fmt: skip
                self.done += 1


def contents(url: str) -> dict[str, Any]:
    """Rows and a sum over every row of the tables that were written; the product adds its own, empty, on the way."""
    tables = ("given", "taken")
    with psycopg.connect(url) as connection:
        return {
            table: connection.execute(
                f"SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM \"{table}\" t"
            ).fetchone()
            for table in tables
        }


def sums(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}  # fmt: skip


def test_a_backup_under_writes_is_one_moment_and_comes_back_equal(own_place: Path, capsys: Any) -> None:
    data, target = own_place / "data", own_place / "restored"
    own_place.chmod(0o711)
    cluster = Cluster(data)
    cluster.start()
    (data / "files").mkdir()
    try:
        with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
            owner.execute("CREATE TABLE taken (writer int, n int, PRIMARY KEY (writer, n))")
            owner.execute("CREATE TABLE given (writer int, n int, file text, PRIMARY KEY (writer, n))")
        writers = [Writer(cluster.owner_url, data / "files", number) for number in range(4)]
        for writer in writers:
            writer.start()
        time.sleep(SECONDS / 3)
        before = sum(w.done for w in writers)
        backup(data, own_place / "busy.backup")
        during = sum(w.done for w in writers) - before
        time.sleep(0.5)
        for writer in writers:
            writer.is_told_to_stop = True
        for writer in writers:
            writer.join(30)
        backup(data, own_place / "quiet.backup")
        at_rest, files = contents(cluster.owner_url), sums(data / "files")
    finally:
        cluster.stop()
    assert during > 0, "nobody wrote meanwhile"
    _is_one_moment(target, own_place / "busy.backup", before)
    again = own_place / "again"
    restore(again, own_place / "quiet.backup")
    assert sums(again / "files") == files
    copy = Cluster(again)
    copy.start()
    try:
        assert contents(copy.owner_url) == at_rest
    finally:
        copy.stop()
    with capsys.disabled():
        print(f"\n{before + during} transactions, {during} of them during the backup; restored equal")


def _is_one_moment(target: Path, file: Path, at_least: int) -> None:
    restore(target, file)
    cluster = Cluster(target)
    cluster.start()
    try:
        with psycopg.connect(cluster.owner_url) as owner:
            torn = "SELECT count(*) FROM taken FULL JOIN given USING (writer, n) WHERE taken IS NULL OR given IS NULL"
            assert owner.execute(torn).fetchone() == (0,)
            gaps = "SELECT count(*) FROM (SELECT writer, max(n) - count(*) + 1 AS lost FROM given GROUP BY 1) g WHERE lost > 0"
            assert owner.execute(gaps).fetchone() == (0,)
            named = [row[0] for row in owner.execute("SELECT file FROM given").fetchall()]
    finally:
        cluster.stop()
    assert len(named) >= at_least
    for name in named:
        assert hashlib.sha256((target / "files" / name).read_bytes()).hexdigest() == name


def test_a_large_company_comes_back_within_a_quarter_of_an_hour(own_place: Path, capsys: Any) -> None:
    """As many rows as that many households bring in two years: houses, residents, cases with their events."""
    data, target = own_place / "data", own_place / "restored"
    own_place.chmod(0o711)
    cluster = Cluster(data)
    cluster.start()
    try:
        with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
            for table, rows, width in (("houses", HOUSES, 80), ("people", HOUSES * 3, 200), ("cases", HOUSES * 10, 300), ("events", HOUSES * 40, 400)):  # fmt: skip
                owner.execute(f"CREATE TABLE {table} AS SELECT n AS id, n %% 500 AS project, repeat(md5(n::text), {width // 32}) AS body FROM generate_series(1, %s) n", [rows])  # fmt: skip
                owner.execute(f"ALTER TABLE {table} ADD PRIMARY KEY (id)")
                owner.execute(f"CREATE INDEX ON {table} (project, id)")
        begun = time.monotonic()
        size = backup(data, own_place / "large.backup")
        saved = time.monotonic() - begun
    finally:
        cluster.stop()
    begun = time.monotonic()
    restore(target, own_place / "large.backup")
    came_back = time.monotonic() - begun
    copy = Cluster(target)
    copy.start()
    try:
        with psycopg.connect(copy.owner_url) as owner:
            assert owner.execute("SELECT count(*), max(id) FROM events").fetchone() == (HOUSES * 40, HOUSES * 40)
    finally:
        copy.stop()
    with capsys.disabled():
        print(f"\n{HOUSES} households, {size / 1e6:.0f} MB: backup {saved:.0f} s, restore {came_back:.0f} s")
    assert came_back < 900


def test_a_company_backs_up_by_the_command_and_comes_back_with_the_run_on_record(own_place: Path) -> None:
    """The operator's own commands, in processes of their own: set up, back up twice, restore the second."""
    data, target, file = own_place / "data", own_place / "restored", own_place / "today.backup"
    own_place.chmod(0o711)

    def guanjia(*words: object) -> str:
        command = [sys.executable, "-m", "guanjia", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    who = (
        "--company",
        "青山物业",
        "--admin-number",
        "QS001",
        "--admin-name",
        "江一帆",
        "--project",
        "lake:HB:湖滨苑:杭州",
    )
    guanjia("setup", *who, "--data", data)
    for name in ("first.backup", file.name):  # the first is on record in the second
        said = guanjia("backup", own_place / name, "--data", data)
        assert "To restore on an empty machine" in said and "could not be put on record" not in said
    guanjia("restore", file, "--data", target)
    cluster = Cluster(target)
    cluster.start()
    try:
        with psycopg.connect(cluster.owner_url) as owner:
            assert owner.execute("SELECT code FROM places_project ORDER BY code").fetchall() == [("lake",), ("office",)]
            assert owner.execute("SELECT count(*) FROM privacy_backuprun").fetchone() == (1,)
            assert owner.execute(
                "SELECT count(*) FROM kernel_event WHERE name = 'privacy.record_backup'"
            ).fetchone() == (1,)
    finally:
        cluster.stop()
