"""The three fields of each item of a checklist, from the form of a page."""

from __future__ import annotations

from typing import Any

from django import template

from ..forms import key

register = template.Library()


@register.filter
def lines(form: Any) -> list[dict[str, Any]]:
    """Result, note and photo of every item, with the clause it belongs to."""
    if form.list is None:
        return []
    return [
        {
            "clause": item.clause,
            "result": form[f"r_{key(item.id)}"],
            "note": form[f"n_{key(item.id)}"],
            "photo": form[f"f_{key(item.id)}"],
        }
        for item in form.list.items
    ]
