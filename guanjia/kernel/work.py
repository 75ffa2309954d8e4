"""The worker process: several slots on one connection pool, so that no kind of job waits behind another kind.

A slot is a queue (or some) and how many of its jobs run at once. A gateway that hangs holds up the outbox alone; a long
seal or sweep holds up the house alone; the rescue of stalled jobs waits for nobody.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .jobs import HOUSE, RESCUE

log = logging.getLogger("guanjia.jobs")
SLOTS: tuple[tuple[tuple[str, ...], int], ...] = (
    ((RESCUE,), 1),
    ((HOUSE,), 1),
    (("outbox",), 2),
    (("codes",), 1),
    (("webhooks",), 1),
    (("imports",), 1),
    (("react", "default"), 2),
)
# A schedule whose last tick fell into a time without a worker is made up once, if it is not older than this.
CATCH_UP_SECONDS = 25 * 3600
THREADS = sum(size for _, size in SLOTS)


def run() -> None:
    """Until TERM or INT. Ends with status 1 when a slot broke down (the supervisor starts another worker)."""
    if not asyncio.run(_run()):
        sys.exit(1)


async def _run() -> bool:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS + 2, thread_name_prefix="job"))
    app = _app()
    async with app.open_async():
        slots = [asyncio.create_task(_slot(app, queues, size), name=queues[0]) for queues, size in SLOTS]
        asked = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked.set)
        log.info("worker started")
        stop = asyncio.create_task(asked.wait())
        await asyncio.wait([stop, *slots], return_when=asyncio.FIRST_COMPLETED)
        for slot in slots:
            slot.cancel()  # procrastinate takes this as: take no more, finish what runs
        ends = await asyncio.gather(*slots, return_exceptions=True)
        stop.cancel()
    for queues, end in zip(SLOTS, ends, strict=True):
        if isinstance(end, Exception):
            log.error("the slot %s broke down", queues[0][0], exc_info=end)
    log.info("worker stopped")
    return asked.is_set()


def _app() -> Any:
    """The same tasks on a connection pool of their own: each slot listens on one connection and works on another."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params
    from procrastinate.psycopg_connector import PsycopgConnector

    made = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=2, max_size=3 * len(SLOTS)))
    made.periodic_defaults = {"max_delay": CATCH_UP_SECONDS}
    return made


async def _slot(app: Any, queues: tuple[str, ...], size: int) -> None:
    await app.run_worker_async(
        queues=list(queues), concurrency=size, name=queues[0], delete_jobs="successful", install_signal_handlers=False
    )
