"""Encryption of personal values: AES-256-GCM, a key per person that erasure destroys, keyed hashes.

Keys form two steps: the master key (outside the database, `settings.MASTER_KEY`) wraps one random key per person;
what the journal and frozen copies keep of a person is sealed under that person's key. Sensitive columns are
sealed under keys derived from the master, with the column's name as context, so values cannot be moved between columns.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MARK = "$sealed"
_VERSION = b"\x01"


@lru_cache(maxsize=64)
def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose, derived from the master key."""
    return hmac.new(settings.MASTER_KEY.encode(), purpose.encode(), hashlib.sha256).digest()


def seal(key: bytes, plain: bytes, context: str) -> bytes:
    """Encrypt; `context` is authenticated but not stored."""
    nonce = os.urandom(12)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def open_sealed(key: bytes, sealed: bytes, context: str) -> bytes:
    """Decrypt. Raises ValueError when the value was altered, moved or sealed under another key."""
    if sealed[:1] != _VERSION:
        raise ValueError("unknown seal version")
    try:
        return AESGCM(key).decrypt(sealed[1:13], sealed[13:], context.encode())
    except InvalidTag as error:
        raise ValueError("sealed value does not open") from error


def blind(purpose: str, value: str) -> str:
    """A keyed hash by which an encrypted value can be found whole (blind index)."""
    return hmac.new(derived(f"blind:{purpose}"), value.encode(), hashlib.sha256).hexdigest()[:32]


def new_person_key() -> bytes:
    """A wrapped random key for one person."""
    return seal(derived("persons"), os.urandom(32), "person-key")


def sealed_json(wrapped: bytes, value: Any) -> dict[str, str]:
    """A JSON value sealed under a person's key, as it stands in the journal."""
    key = open_sealed(derived("persons"), wrapped, "person-key")
    token = seal(key, json.dumps(value, ensure_ascii=False).encode(), "journal")
    return {MARK: base64.b64encode(token).decode()}


def opened_json(wrapped: bytes, value: dict[str, str]) -> Any:
    """The JSON value back. Raises ValueError when it does not open."""
    key = open_sealed(derived("persons"), wrapped, "person-key")
    return json.loads(open_sealed(key, base64.b64decode(value[MARK]), "journal"))


def is_sealed(value: Any) -> bool:
    """Whether a journal value is a sealed one."""
    return isinstance(value, dict) and MARK in value
