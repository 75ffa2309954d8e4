"""The operations' own forms, dressed for a thumb: few choices as tiles. No field is added or checked here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from guanjia.web import words

MOST_TILES = 8
ROOM = {1: 12, 2: 9, 3: 5, 4: 3}  # characters of each of n choices that fit beside one another on a narrow phone
SLOT = timedelta(hours=1)


def dressed(form: Any) -> Any:
    """Radio tiles for up to eight choices; long texts with room."""
    field: Any
    for field in form.fields.values():
        if isinstance(field, forms.ChoiceField) and not isinstance(
            field, forms.ModelChoiceField | forms.MultipleChoiceField
        ):
            offered: Any = field.choices
            named = [c for c in offered if str(c[0])]
            if len(named) <= MOST_TILES:
                field.widget = forms.RadioSelect(choices=named)
                room = ROOM.get(len(named), 0)
                shape = "segmented" if all(len(str(c[1])) <= room for c in named) else "tiles"
                field.__dict__["shape"] = shape  # read by the template
        elif (
            type(field) is forms.CharField and (field.max_length or 0) >= 200 and type(field.widget) is forms.TextInput
        ):
            field.widget = forms.Textarea(attrs={"rows": 2, "maxlength": field.max_length})
        elif isinstance(field, forms.IntegerField):
            field.widget.attrs["inputmode"] = "numeric"
    return form


def slots(at: datetime, opens: Any, closes: Any, many: int = 6) -> list[dict[str, Any]]:
    """The next hours in which a visit can be agreed, within the hours of reception."""
    start = timezone.localtime(at).replace(minute=0, second=0, microsecond=0) + SLOT
    found: list[dict[str, Any]] = []
    while len(found) < many:
        if opens <= start.time() and (start + SLOT).time() <= closes and start.time() < closes:
            end = start + SLOT
            label = f"{words.when(start, at)}–{end:%H:%M}"
            found.append({"from": f"{start:%Y-%m-%dT%H:%M}", "to": f"{end:%Y-%m-%dT%H:%M}", "label": label})
            start += SLOT if len(found) < 4 else timedelta(hours=2)
        else:
            start += SLOT
        if start - timezone.localtime(at) > timedelta(days=4):
            break
    return found
