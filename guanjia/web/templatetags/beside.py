"""`{% beside thing %}`: the panels of parts, on the page of a thing."""

from __future__ import annotations

from typing import Any

from django import template

from guanjia.web import beside as registered

register = template.Library()


@register.inclusion_tag("web/beside.html", takes_context=True)
def beside(context: Any, thing: Any) -> dict[str, Any]:
    """Each panel through its own template; nothing where nobody is signed in."""
    request = context.get("request")
    by = getattr(request, "actor", None)
    return {"request": request, "panels": registered.panels(thing, by) if by and thing else []}
