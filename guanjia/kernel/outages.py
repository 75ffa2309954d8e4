"""What fails because the house cannot answer for a while (no database, no room on the disk): asked again later, the
same request may succeed."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError

RETRY_SECONDS = 60


def is_outage(error: BaseException | None) -> bool:
    """Whether nothing is wrong with the request, and nothing of it was done."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, OperationalError | InterfaceError)
