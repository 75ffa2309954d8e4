"""`{% beside thing %}`: the panels of parts, on the page of a thing."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from guanjia.web import beside as registered

register = template.Library()


@register.simple_tag(takes_context=True)
def beside(context: Any, thing: Any) -> SafeString:
    """Each panel through its own template; nothing where nobody is signed in."""
    request = context.get("request")
    by = getattr(request, "actor", None)
    if by is None or thing is None:
        return SafeString("")
    found = registered.panels(thing, by)
    return format_html_join("", "{}", ((render_to_string(name, shown, request),) for name, shown in found))
