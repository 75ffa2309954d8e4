"""For what is tried at every address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from guanjia.config.doors import ActorMiddleware


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sits where is read once a session, not at each of a thousand addresses. Not where something of it ends."""
    enter = ActorMiddleware._enter
    kept: dict[str, tuple[dict[str, Any], Any, Any]] = {}

    def enter_once(door: ActorMiddleware, request: Any) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key in kept:
            request.session._session_cache, request._cached_user, by = kept[key]
            request.actor = replace(by, memo={})
        else:
            enter(door, request)
            kept[key] = dict(request.session.items()), request.user, request.actor

    monkeypatch.setattr(ActorMiddleware, "_enter", enter_once)
