"""From the embedded server into a company's own PostgreSQL, an older one: by the printed steps, every row."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanjia.runtime.backup import backup
from guanjia.runtime.postgres import Cluster

from .test_drill_kills import Served

pytestmark = pytest.mark.drill
CI = Path(__file__).parents[3] / ".ci" / "system_postgres.py"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def system_postgres() -> Any:
    spec = importlib.util.spec_from_file_location("system_postgres", CI)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def contents(url: str) -> dict[str, Any]:
    """Rows and a sum over every row of every table; the sorting is by what both servers agree on."""
    with psycopg.connect(url) as connection:
        connection.execute("SET timezone = 'UTC'")
        return {
            table: connection.execute(
                f"SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM \"{table}\" t"
            ).fetchone()
            for (table,) in connection.execute(TABLES).fetchall()
        }


def test_a_backup_comes_back_in_an_outside_server(own_place: Path) -> None:
    system = system_postgres()
    programs = system.programs()
    if programs is None:
        pytest.skip("no PostgreSQL of the system (.ci/system_postgres.py installs it)")
    own_place.chmod(0o711)
    data, file, target = own_place / "data", own_place / "company.backup", own_place / "restored"
    served = Served(data)
    served.until_up()
    served.stop()
    cluster = Cluster(data)
    cluster.start()
    try:
        backup(data, file)
        before = contents(cluster.owner_url)
    finally:
        cluster.stop()
    with system.served(programs) as addresses:
        environment = {**os.environ, **addresses, "GUANJIA_DATA": str(target)}
        steps = (["restore", str(file), "--data", str(target)], ["journal", "verify", "--data", str(target)])
        for step in steps:
            subprocess.run([*served.command, *step], env=environment, check=True, stdout=subprocess.DEVNULL)
        assert contents(addresses["DATABASE_OWNER_URL"]) == before
        again = [*served.command, "restore", str(file), "--data", str(own_place / "second")]
        assert subprocess.run(again, env=environment, check=False, capture_output=True).returncode != 0
