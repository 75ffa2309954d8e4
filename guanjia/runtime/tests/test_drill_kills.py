"""Kills in the middle of mixed writes: nothing that was acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanjia.runtime.postgres import Cluster

pytestmark = pytest.mark.drill
KILLS = int(os.environ.get("GUANJIA_DRILL_KILLS", "100"))
WRITERS = 3


class Served:
    """The product on a port of its own, with the demo's people and no history."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = random.randint(20000, 30000)
        self.environment = {**os.environ, "GUANJIA_DATA": str(data), "GUANJIA_DEMO": "0"}
        self.command = [sys.executable, "-m", "guanjia"]
        for step in (["migrate"], ["demo", "--days", "0"]):
            subprocess.run([*self.command, *step], env=self.environment, check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen([*self.command, "serve", "--port", str(self.port)], env=self.environment)

    def ask(self, path: str, content: Any = None, **headers: str) -> Any:
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def until_up(self, most: float = 120) -> float:
        begun = time.monotonic()
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).close()
                return time.monotonic() - begun
            except OSError:
                assert time.monotonic() - begun < most, "it does not come up"
                time.sleep(0.05)

    def victims(self) -> list[int]:
        """Web server, its workers, the jobs' worker, and the database with its processes."""
        found = [int(p) for p in _children(self.process.pid)]
        found += [int(p) for one in list(found) for p in _children(one)]
        server = int((self.data / "pg18" / "postmaster.pid").read_text().split()[0])
        return [*found, server, *(int(p) for p in _children(server))]

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(60)


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


class Writer(threading.Thread):
    """Records and moves cases; a request that got no answer is sent again with its key until it gets one."""

    def __init__(self, served: Served, token: str, house: str) -> None:
        super().__init__(daemon=True)
        self.served, self.token, self.house = served, token, house
        self.acknowledged: dict[str, str] = {}  # key → case
        self.cancelled: set[str] = set()
        self.is_told_to_stop = False
        self.fault = ""

    def run(self) -> None:
        number = 0
        while not self.is_told_to_stop and not self.fault:
            number += 1
            key = secrets.token_hex(12)
            given = {
                "place": "home", "house": self.house, "content": f"水管漏水 {key}", "caller_phone": "13900001234",
                "category": "plumbing", "problem": "leak", "urgency": "ordinary", "channel": "phone", "apart": True,
            }  # fmt: skip
            made = self.write("/api/p/north/cases/record", given, key)
            if made is None:
                return
            self.acknowledged[key] = made["id"]
            if number % 3 == 0:
                done = self.write(f"/api/p/north/cases/{made['id']}/cancel", {"reason": "自己修好了"}, key + "c")
                if done is None:
                    return
                self.cancelled.add(made["id"])

    def write(self, path: str, content: Any, key: str) -> Any:
        given_up = time.monotonic() + 120
        while time.monotonic() < given_up:
            try:
                return self.served.ask(
                    path, content, **{"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
                )
            except urllib.error.HTTPError as error:
                if error.code < 500 and error.code not in (409, 429):
                    self.fault = f"{error.code} {error.read().decode()}"
                    return None
            except (OSError, ValueError):
                pass
            time.sleep(0.1)
        self.fault = "no answer in two minutes"
        return None


@pytest.fixture
def served(own_place: Path) -> Any:
    product = Served(own_place)
    try:
        product.until_up()
        yield product
    finally:
        product.stop()


def test_what_was_acknowledged_survives_every_kill(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    token = served.ask("/api/login", {"username": "north.receptionist", "password": "guanjia-demo"})["token"]
    house = served.ask("/api/p/north/houses", Authorization=f"Bearer {token}")["items"][0]["id"]
    writers = [Writer(served, token, house) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    times, dice = [], random.Random(7)
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.2, 1.5))
        try:
            os.kill(dice.choice(served.victims()), signal.SIGKILL)
        except (ProcessLookupError, FileNotFoundError, IndexError):
            continue
        time.sleep(0.2)
        times.append(served.until_up())
    for writer in writers:
        writer.is_told_to_stop = True
    for writer in writers:
        writer.join(150)
    assert not [w.fault for w in writers if w.fault]
    sent = {key: case for w in writers for key, case in w.acknowledged.items()}
    _compare(served.data, sent, {case for w in writers for case in w.cancelled})
    times.sort()
    with capsys.disabled():
        print(f"\n{len(times)} kills, {len(sent)} acknowledged, up again p50 {times[len(times) // 2]:.1f} s, "
              f"longest {times[-1]:.1f} s")  # fmt: skip
    assert times[-1] < float(os.environ.get("GUANJIA_DRILL_UP", "10"))


def _compare(data: Path, sent: dict[str, str], cancelled: set[str]) -> None:
    """Every acknowledged case once, with its event, its search words and its clock; every cancel is there."""
    cluster = Cluster(data)
    cluster.start()
    try:
        with psycopg.connect(cluster.owner_url) as owner:
            rows = owner.execute("SELECT split_part(content, ' ', 2), id::text, state FROM casework_case").fetchall()
            found: dict[str, list[tuple[str, str]]] = {}
            for key, case, state in rows:
                found.setdefault(key, []).append((case, state))
            assert all(len(cases) == 1 for cases in found.values()), "a retried write was done twice"
            assert {key: found[key][0][0] for key in sent if key in found} == sent, "an acknowledged write is gone"
            assert {c for cases in found.values() for c, state in cases if state == "cancelled"} >= cancelled
            for table, label in (("kernel_event", "subject_label"), ("kernel_searchwords", "label")):
                have = owner.execute(f"SELECT DISTINCT subject_id::text FROM {table} WHERE {label} = 'case'")
                assert {case for _key, case, _state in rows} <= {row[0] for row in have}, table
    finally:
        cluster.stop()
