"""What crosses domains, all on one screen."""

from __future__ import annotations


def bind() -> None:
    """Called once at start-up; bindings are made by the decorators of `kernel.reactions`."""
