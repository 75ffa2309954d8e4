"""A word out of a transaction that is still open: how far a long batch is. Never what anything depends on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection

log = logging.getLogger("guanjia.asides")


def say(sql: str, params: Sequence[Any]) -> None:
    """Run one statement on a connection of its own, at once. What fails is left unsaid."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
            cursor.execute(sql, list(params))
    except DatabaseError as error:
        log.debug("an aside was not said: %s", type(error).__name__)
    finally:
        other.close()
