"""While the program is loaded, nothing of it is rubbish."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """All of it stays, so the collector need not look at it now, nor ever after."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def set_up_django() -> None:
    import django

    with loading():
        django.setup()
