"""Reads templates: the small marks are drawn by their tags at once, not as components.

`<c-icon name="bell" />` and `{% icon name="bell" %}` draw the same; the component costs ten times more, and a page
holds a hundred. So a mark whose attributes are plain values becomes its tag while the template is read; any other
stays.
"""

from __future__ import annotations

import re

from django_cotton.cotton_loader import Loader as CottonLoader

# The attributes of each mark, as its tag in templatetags/cells.py calls them; without the first there is nothing.
MARKS = {
    "icon": {"name": "name", "size": "size", "label": "label", "class": "classes"},
    "status": {"state": "state", "shape": "shape", "tone": "tone", "word": "word"},
    "urgency": {"level": "level"},
    "count": {"n": "n", "tone": "tone", "zero": "zero"},
    "keycap": {"keys": "keys"},
    "avatar": {"name": "name", "size": "size", "me": "me"},
    "person": {"name": "name", "me": "me", "note": "note", "nothing": "nothing"},
}
_MARK = re.compile(rf'<c-({"|".join(MARKS)})((?:\s+:?[\w-]+="[^"]*")+)\s*/>')
_ATTRIBUTE = re.compile(r'(:?)([\w-]+)="([^"]*)"')
_VARIABLE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_NOT_PLAIN = re.compile(r"[{}%&<>\\]")


class Loader(CottonLoader):
    """The components' loader, after the marks were drawn out."""

    def _get_template_string(self, template_name: str) -> str:
        return with_tags(super()._get_template_string(template_name))


def with_tags(source: str) -> str:
    """The same template with its plain marks as tags."""
    return _MARK.sub(_tag, source)


def _tag(found: re.Match[str]) -> str:
    mark, known = found[1], MARKS[found[1]]
    given = []
    for bound, name, value in _ATTRIBUTE.findall(found[2]):
        said = value if bound else _said(value)
        if name not in known or not said:
            return found[0]
        given.append(f"{known[name]}={said}")
    return f"{{% {mark} {' '.join(given)} %}}"


def _said(value: str) -> str:
    """A value as a tag's argument: a variable, or words; empty for what is neither."""
    if variable := _VARIABLE.fullmatch(value):
        return variable[1]
    return "" if _NOT_PLAIN.search(value) else f'"{value}"'
