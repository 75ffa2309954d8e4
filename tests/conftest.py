"""For what is tried at every address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings

from guanjia.config.doors import ActorMiddleware
from guanjia.kernel.actors import Actor
from guanjia.shells.api import tokens


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sits where is read once a session or token, not at each of a thousand addresses.

    Not for the tests in which a session, a post or a home ends.
    """
    enter, behind = ActorMiddleware._enter, tokens._behind
    sat: dict[str, tuple[dict[str, Any], Any, Actor]] = {}
    held: dict[str, tuple[Actor, dict[str, object]]] = {}

    def anew(by: Actor, at: datetime) -> Actor:
        return replace(by, at=at, memo=dict(by.memo))  # what one request learns, the next must ask itself

    def enter_once(door: ActorMiddleware, request: Any) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if key not in sat:
            enter(door, request)
            if request.actor is None:
                return
            sat[key] = dict(request.session.items()), request.user, anew(request.actor, request.actor.at)
        request.session._session_cache, request._cached_user, by = sat[key]
        request.actor = anew(by, by.at)

    def behind_once(token: str, at: datetime) -> tuple[Actor, dict[str, object]]:
        if token not in held:
            found = behind(token, at)
            held[token] = anew(found[0], at), found[1]
        by, session = held[token]
        return anew(by, at), session

    monkeypatch.setattr(ActorMiddleware, "_enter", enter_once)
    monkeypatch.setattr(tokens, "_behind", behind_once)
