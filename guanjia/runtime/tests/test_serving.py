"""The supervisor and the check of the role, with real processes and a real server."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from guanjia.runtime import cli
from guanjia.runtime.place import Refusal, refuse_strong_role

SUPERVISE = """
import sys
from guanjia.runtime.supervisor import Child, Supervisor
sys.exit(Supervisor([Child("a", ["sleep", "600"]), Child("b", ["sleep", "601"])]).run())
"""


@pytest.fixture
def supervisor():
    process = subprocess.Popen([sys.executable, "-c", SUPERVISE], stderr=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()


def pid_said(process: subprocess.Popen[str], name: str) -> int:
    for line in process.stderr:
        if f"started child={name}" in line:
            return int(line.rpartition("pid=")[2])
    raise AssertionError("the supervisor ended")


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_dead_child_is_started_again(supervisor):
    first = pid_said(supervisor, "a")
    os.kill(first, signal.SIGKILL)
    again = pid_said(supervisor, "a")
    assert again != first and is_alive(again)
    supervisor.terminate()
    supervisor.wait(10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_children_and_ends_with_zero(supervisor, number):
    one, two = pid_said(supervisor, "a"), pid_said(supervisor, "b")
    supervisor.send_signal(number)
    assert supervisor.wait(10) == 0
    assert not is_alive(one) and not is_alive(two)


def test_web_and_worker_refuse_a_role_that_could_rewrite_the_journal(running):
    with psycopg.connect(running.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS django_migrations (id int)")
    refuse_strong_role(running.app_url)
    with pytest.raises(Refusal, match="owns the tables"):
        refuse_strong_role(running.owner_url)
    state = running._state
    admin = running.app_url.replace(f"guanjia_app:{state['guanjia_app']}", f"postgres:{state['postgres']}")
    with pytest.raises(Refusal, match="superuser"):
        refuse_strong_role(admin)


def test_a_role_that_may_become_the_owner_is_refused(running):
    state = running._state
    admin = running.app_url.replace(f"guanjia_app:{state['guanjia_app']}", f"postgres:{state['postgres']}")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("SET ROLE guanjia_owner")
        connection.execute("CREATE TABLE IF NOT EXISTS django_migrations (id int)")
        connection.execute("RESET ROLE")
        connection.execute("GRANT guanjia_owner TO guanjia_app")
        try:
            with pytest.raises(Refusal, match="owns the tables"):
                refuse_strong_role(running.app_url)
        finally:
            connection.execute("REVOKE guanjia_owner FROM guanjia_app")


def test_a_server_that_does_not_answer_is_said_in_one_sentence(own_place, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://x:y@/z?host={own_place}")
    assert cli.main(["work", "--data", str(own_place)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("guanjia: The database of DATABASE_URL does not answer") and "Traceback" not in error


def test_every_command_has_help():
    for command in ("serve", "web", "work", "migrate", "backup", "restore", "messages"):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "--help"])
        assert ended.value.code == 0


def test_an_unknown_command_is_refused():
    with pytest.raises(SystemExit) as ended:
        cli.main(["dance"])
    assert ended.value.code == 2


@pytest.mark.drill
def test_serve_is_up_again_after_each_kill(own_place):
    """Ten rounds of kill -9 on web, worker and database; the page answers within ten seconds each time."""
    import random
    import urllib.request

    port = random.randint(20000, 30000)
    command = [sys.executable, "-m", "guanjia"]
    environment = {**os.environ, "GUANJIA_DATA": str(own_place), "GUANJIA_DEMO": "0"}
    subprocess.run([*command, "migrate"], env=environment, check=True)
    serve = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment)

    def answers() -> bool:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).status == 200
        except OSError:
            return False

    def wait() -> float:
        begun = time.monotonic()
        while not answers():
            assert time.monotonic() - begun < 20
            time.sleep(0.1)
        return time.monotonic() - begun

    try:
        wait()
        for number in range(10):
            children = Path(f"/proc/{serve.pid}/task/{serve.pid}/children").read_text().split()
            os.kill(int(children[number % len(children)]), signal.SIGKILL)
            time.sleep(0.3)
            assert wait() < 10
    finally:
        serve.terminate()
        assert serve.wait(40) == 0
