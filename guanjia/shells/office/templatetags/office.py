"""Which verbs stand behind the dots."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def behind(verbs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the row of buttons leaves out: after the fourth, and whatever is dangerous. Locked ones stand in front."""
    return [v for n, v in enumerate(verbs) if not v["locked"] and (v["danger"] or n >= 4)]
