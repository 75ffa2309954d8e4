"""How a field of a form is drawn: for the one template that draws them."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()

# How the other widgets are drawn; several pictures and one are the same to a thumb.
KINDS = {
    "checkbox": "check", "files": "photos", "photo": "photos", "signature": "signature", "clearablefile": "file",
    "file": "file",
}  # fmt: skip


@register.filter
def kind(field: BoundField, wish: str = "") -> str:
    """How a field is drawn: segmented, tiles, choices, check, switch, photos, signature, file, code or plain."""
    widget = field.widget_type
    if wish:
        return wish
    if widget in ("radioselect", "radio"):
        number = len(list(field.subwidgets))
        return "segmented" if number <= 4 else "tiles" if number <= 8 else "choices"
    if widget == "checkboxselectmultiple":
        return "choices"
    return "code" if "data-code" in field.field.widget.attrs else KINDS.get(widget, "plain")


@register.filter
def choices(field: BoundField) -> list[Any]:
    """The radio buttons of a field, without the empty one."""
    return [one for one in field.subwidgets if str(one.data["value"]) != ""]


@register.filter
def headed(field: BoundField) -> list[tuple[str, Any]]:
    """The choices, the first of each group under the group's name."""
    groups = {
        str(value): str(name)
        for name, rows in getattr(field.field, "choices", ())
        if isinstance(rows, list | tuple)
        for value, _label in rows
    }
    found, last = [], ""
    for one in choices(field):
        group = groups.get(str(one.data["value"]), "")
        found.append((group if group != last else "", one))
        last = group
    return found


@register.filter
def is_private(field: BoundField) -> bool:
    return "data-private" in field.field.widget.attrs or field.widget_type == "password"
