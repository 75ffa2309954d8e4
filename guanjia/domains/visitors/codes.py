"""The code of a pass: random, short enough to be read out, drawn as a QR for the gate's camera."""

from __future__ import annotations

import secrets
import unicodedata

from guanjia.web import qr

# Without what is taken for something else when it is read out or written down: 0 O 1 I L.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
MARK = "GJ"


def new_code() -> str:
    """About 39 random bits: with the few passes that are valid at a time nobody guesses one at a gate."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read(said: str) -> str:
    """A code as it is kept, from how it was typed, read out or scanned; empty when it cannot be one."""
    plain = unicodedata.normalize("NFKC", said).upper().rpartition("#")[2]
    code = "".join(ch for ch in plain if ch.isalnum())
    if len(code) == LENGTH + len(MARK):
        code = code.removeprefix(MARK)
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def spaced(code: str) -> str:
    """ABCD EFGH."""
    return f"{code[:4]} {code[4:]}"


def picture(code: str) -> str:
    """The QR as an address of data; it holds the code alone, no name and no house."""
    return qr.picture(f"{MARK}{code}")
