"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor; nothing for somebody who is not signed in."""
    return {"actor": getattr(request, "actor", None)}
