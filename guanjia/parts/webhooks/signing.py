"""Signatures after the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, several in one header
while a secret is being changed, five minutes of tolerance."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
TOLERANCE_SECONDS = 300


def new_secret() -> str:
    """A fresh secret as it is shown once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, stamp: int, body: bytes) -> str:
    """One signature, `v1,` before it."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(known: Iterable[str], message_id: str, stamp: int, body: bytes) -> dict[str, str]:
    """What goes with a body; one signature for each secret that is good now."""
    said = " ".join(signature(secret, message_id, stamp, body) for secret in known)
    return {"webhook-id": message_id, "webhook-timestamp": str(stamp), "webhook-signature": said}


def is_signed(known: Iterable[str], given: dict[str, str], body: bytes, now: int) -> bool:
    """Whether the headers sign this body with one of the secrets, within the tolerance. Always the same work."""
    message_id, stamp, said = (given.get(f"webhook-{n}", "") for n in ("id", "timestamp", "signature"))
    if not 0 < len(message_id) <= 64 or not message_id.isascii():
        return False
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12) or abs(now - int(stamp)) > TOLERANCE_SECONDS:
        return False
    found = False
    candidates = [one.encode("latin-1", "replace") for one in said[:1000].split(" ")[:8]]
    for secret in known:
        right = signature(secret, message_id, int(stamp), body).encode()
        for one in candidates:
            found |= hmac.compare_digest(right, one)
    return found
