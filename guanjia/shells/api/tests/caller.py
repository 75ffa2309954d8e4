"""A signed-in program for tests: speaks JSON, brings its token and a fresh key."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.test import Client
from django.utils import timezone

from guanjia.people.models import Account, ApiToken
from guanjia.people.tests.cast import Community
from guanjia.shells.api import tokens


class Caller:
    """One of the cast, calling the API of a project."""

    def __init__(self, community: Community, who: str, language: str = "en") -> None:
        account = Account.objects.get(username=f"{community.project.code}.{who}")
        self.client = Client(headers={"Accept-Language": language})
        self.token = secrets.token_urlsafe(32)
        ApiToken.objects.create(
            account_id=account.pk, digest=tokens.digest(self.token), expires_at=timezone.now() + tokens.LIFE
        )
        self.base = f"/api/p/{community.project.code}"
        self.keys = 0

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(self.base + path, query, headers={"Authorization": f"Bearer {self.token}"})

    def post(self, path: str, content: Any = None, *, key: str | None = "", **more: Any) -> Any:
        """`key`: None sends no key, empty a fresh one."""
        self.keys += 1
        headers = {"Authorization": f"Bearer {self.token}"}
        if key is not None:
            headers["Idempotency-Key"] = key or f"key-{self.token[:8]}-{self.keys}"
        body = content if isinstance(content, str | bytes) else json.dumps(content or {})
        return self.client.post(self.base + path, body, content_type="application/json", headers=headers, **more)
