"""Secrets that are read out or copied from a screen by hand: no letter that looks like another."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def one_time_password() -> str:
    """Three groups of four: easy to read out."""
    return "-".join(letters(4) for _ in range(3))
