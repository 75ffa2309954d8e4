"""Choices among more than a page carries."""

from __future__ import annotations

from typing import Any

from django import forms

# More than this a page does not carry as options of one field.
MOST_OFFERED = 300


class LongSelect(forms.Select):
    """A choice that may be among so many that a page does not carry them: then what is chosen alone stands in it, and
    the rest is looked up by typing. `of` says of what and for which verb; few are offered as ever."""

    of = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        every: Any = self.choices
        rows = list(every.queryset[: MOST_OFFERED + 1])
        is_long = bool(self.of) and len(rows) > MOST_OFFERED
        if is_long:
            said = str(value[0] if isinstance(value, list | tuple) and value else value)
            is_number = said.isascii() and said.isdigit() and len(said) < 19  # what fits the column
            rows = list(every.queryset.filter(pk=int(said))) if is_number else []
        elif len(rows) > MOST_OFFERED:
            rows = list(every.queryset)
        nothing = [] if every.field.empty_label is None else [("", every.field.empty_label)]
        try:
            self.choices = [*nothing, *map(every.choice, rows)]
            context = super().get_context(name, value, attrs)
        finally:
            self.choices = every
        if is_long:
            context["widget"]["attrs"]["data-choices-of"] = self.of
        return context
