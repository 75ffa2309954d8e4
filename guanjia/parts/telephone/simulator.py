"""`guanjia phone-simulator`: plays calls of a telephone system against a running Guanjia, signed as a real one would.

    GUANJIA_PHONE_SECRET=whsec_… guanjia phone-simulator http://127.0.0.1:8000/hooks/telephone/north \\
        --number 13900000101 --extension 8001 --ring 6 --talk 30
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from guanjia.parts.webhooks import signing

TIMEOUT = 5


def steps(call: str, arguments: argparse.Namespace) -> Iterator[tuple[int, dict[str, Any]]]:
    """What is told, and how long is waited before it."""
    said = {"call": call, "number": arguments.number, "extension": arguments.extension}
    yield 0, {**said, "event": "ringing"}
    if not arguments.missed:
        yield arguments.ring, {**said, "event": "answered", "extension": arguments.taken_at or arguments.extension}
    yield arguments.ring if arguments.missed else arguments.talk, {**said, "event": "ended"}


def tell(url: str, secret: str, content: dict[str, Any]) -> str:
    """Post one step; returns what was answered. Raises OSError when nobody is there."""
    body = json.dumps({**content, "at": datetime.now(UTC).isoformat()}).encode()
    headers = signing.headers([secret], f"msg_{uuid.uuid4().hex}", int(time.time()), body)
    asked = urllib.request.Request(  # noqa: S310  (the operator names the address)
        url, data=body, method="POST", headers={**headers, "Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
            return f"{answer.status} {answer.read(200).decode('utf-8', 'replace')}"
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read(200).decode('utf-8', 'replace')}"


def play(arguments: argparse.Namespace, secret: str) -> int:
    """All calls, one after another; 1 when any step was not taken."""
    failed = 0
    for _ in range(arguments.count):
        call = uuid.uuid4().hex[:16]
        for wait, content in steps(call, arguments):
            time.sleep(wait)
            answer = tell(arguments.url, secret, content)
            failed += not answer.startswith("200")
            sys.stdout.write(f"{content['event']:9} {call} → {answer}\n")
            sys.stdout.flush()
    return 1 if failed else 0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="guanjia phone-simulator", description="Play calls of a telephone system.")
    parser.add_argument("url", help="http://127.0.0.1:8000/hooks/telephone/<project>")
    parser.add_argument("--number", default="", help="who calls (empty: withheld)")
    parser.add_argument("--extension", default="8001", help="where it rings (default: 8001; empty: everywhere)")
    parser.add_argument("--taken-at", default="", metavar="EXTENSION", help="who answers (default: where it rings)")
    parser.add_argument("--ring", type=int, default=6, metavar="SECONDS", help="how long it rings (default: 6)")
    parser.add_argument("--talk", type=int, default=10, metavar="SECONDS", help="how long they speak (default: 10)")
    parser.add_argument("--missed", action="store_true", help="nobody answers")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="calls, one after another (default: 1)")
    arguments = parser.parse_args(argv)
    secret = os.environ.get("GUANJIA_PHONE_SECRET", "")
    if not secret.startswith(signing.PREFIX):
        parser.error("set GUANJIA_PHONE_SECRET to the secret that was shown when the system was connected")
    try:
        return play(arguments, secret)
    except OSError as error:
        sys.stderr.write(f"phone-simulator: {error}\n")
        return 1
