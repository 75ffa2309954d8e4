"""The disk fills up in the middle of writes: refused, never half done, and whole again once there is room."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .test_drill_kills import Served, Writer, _compare

pytestmark = pytest.mark.drill
MEGABYTES = 400
FULL_SECONDS = 15.0


@pytest.fixture
def small(own_place: Path) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    own_place.chmod(0o711)
    disk = own_place / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0711", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs a small disk: root, and leave to mount")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=False)


def fill(disk: Path) -> Path:
    """A file that takes what is left, while others write too."""
    ballast = disk / "ballast"
    with open(ballast, "wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12):
            with contextlib.suppress(OSError):
                while out.write(bytes(size)) == size:
                    pass
    return ballast


def answered(served: Served, token: str, house: str) -> bool:
    """Whether a write gets through now."""
    given = {
        "place": "home", "house": house, "content": f"灯不亮 {secrets.token_hex(12)}", "caller_phone": "13900001234",
        "category": "electrical", "problem": "light", "urgency": "ordinary", "channel": "phone", "apart": True,
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": secrets.token_hex(12)}
    try:
        served.ask("/api/p/north/cases/record", given, **headers)
    except urllib.error.HTTPError as error:
        assert error.code >= 500, f"{error.code} {error.read().decode()}"
        return False
    except (OSError, ValueError):
        return False
    return True


def until(asked: Any, most: float) -> float:
    begun = time.monotonic()
    while not asked():
        assert time.monotonic() - begun < most, "it did not come"
        time.sleep(0.3)
    return time.monotonic() - begun


def test_a_full_disk_refuses_and_loses_nothing(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    served = Served(small / "data")
    try:
        served.until_up()
        token = served.ask("/api/login", {"username": "north.receptionist", "password": "guanjia-demo"})["token"]
        house = served.ask("/api/p/north/houses", Authorization=f"Bearer {token}")["items"][0]["id"]
        writers = [Writer(served, token, house) for _ in range(2)]
        for writer in writers:
            writer.start()
        time.sleep(3)
        ballast = fill(small)
        refused_after = until(lambda: not answered(served, token, house), 120)
        time.sleep(FULL_SECONDS)
        ballast.unlink()
        back_after = until(lambda: answered(served, token, house), 90)
        for writer in writers:
            writer.is_told_to_stop = True
        for writer in writers:
            writer.join(150)
    finally:
        served.stop()
    assert not [w.fault for w in writers if w.fault]
    sent = {key: case for w in writers for key, case in w.acknowledged.items()}
    _compare(served.data, sent, {case for w in writers for case in w.cancelled})
    verified = subprocess.run([*served.command, "journal", "verify"], env=served.environment, check=False)
    assert verified.returncode == 0
    with capsys.disabled():
        print(f"\nfull: refused after {refused_after:.0f} s; with room again it wrote after {back_after:.0f} s; "
              f"{len(sent)} acknowledged, all there")  # fmt: skip
