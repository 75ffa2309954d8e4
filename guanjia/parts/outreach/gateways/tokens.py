"""Access tokens of WeChat and WeCom: fetched when needed, kept sealed with the channel, fetched anew when they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ..models import Channel
from .base import Later, Never, Unsure

# A token is not used in its last minutes.
MARGIN = timedelta(minutes=5)
# The provider's codes for "this token is no more".
ENDED = frozenset({40001, 40014, 42001, 42007})
BUSY = frozenset({-1, 45009, 45011, 45033, 45047, 6000})


def with_token(
    channel: Channel, at: datetime, fetch: Callable[[], dict[str, Any]], ask: Callable[[str], dict[str, Any]]
) -> Any:
    """What the provider answers with a living token; a token that it no longer takes is fetched anew, once."""
    answer = ask(_token(channel, at, fetch))
    if code_of(answer) in ENDED:
        # It refused the token, so it took nothing: asking once more is no second delivery.
        answer = ask(_fresh(channel, at, fetch))
    return answer


def _token(channel: Channel, at: datetime, fetch: Callable[[], dict[str, Any]]) -> str:
    until = channel.token_until
    if channel.token and until is not None and until > at + MARGIN:
        return str(channel.token)
    return _fresh(channel, at, fetch)


def _fresh(channel: Channel, at: datetime, fetch: Callable[[], dict[str, Any]]) -> str:
    try:
        answer = fetch()
    except Unsure as error:  # asking for a token twice harms nobody
        raise Later(f"token: {error}"[:80]) from None
    token, lives = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token or len(token) > 800 or not isinstance(lives, int):
        raise refused(code_of(answer), "token")
    channel.token, channel.token_until = token, at + timedelta(seconds=max(0, min(lives, 7200)))
    rows = Channel.objects.filter(project_id=channel.project_id, pk=channel.pk)
    rows.update(token=channel.token, token_until=channel.token_until)
    return token


def code_of(answer: dict[str, Any]) -> int | None:
    """`errcode`; what is no number is no answer."""
    code = answer.get("errcode", 0 if "access_token" in answer else None)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def refused(code: int | None, what: str) -> Exception:
    """The refusal that a code stands for."""
    if code is None:
        return Later(f"{what}: no code") if what == "token" else Unsure(f"{what}: no code")
    return Later(f"{what} {code}") if code in BUSY or code in ENDED else Never(f"{what} {code}")
