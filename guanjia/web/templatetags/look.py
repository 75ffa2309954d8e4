"""Tags and filters of the pages: words for times and sums, addresses of our own files, safe leftovers of attributes."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BoundField
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.timezone import now

from guanjia.web import states, words
from guanjia.web.context import Look, look_of
from guanjia.web.styles import sheet

register = template.Library()
CLAUSE = re.compile(r"[A-Z]{2,5}-\d{2,3}")

for _name in ("when", "day_words", "clock_time", "stamp", "yuan", "duration", "left", "over", "masked"):
    register.filter(_name, getattr(words, _name))
register.simple_tag(words.unit, name="unit")


@register.simple_tag(takes_context=True)
def looks(context: template.Context) -> Look:
    """Theme, density and keys of this browser; also on error pages, which have no request."""
    return look_of(context.get("request"))


@lru_cache(maxsize=256)
def _found(path: str) -> str:
    try:
        return str(staticfiles_storage.url(path))
    except ValueError:  # no manifest: tests and first runs, before the files are collected
        return settings.STATIC_URL + path


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; never fails a page."""
    return staticfiles_storage.url(path) if settings.DEBUG else _found(path)


@register.simple_tag(name="icon_url")
def sprite() -> str:
    return asset("web/icons.svg")


@register.simple_tag
def sheet_url() -> str:
    return reverse("web:sheet", args=[sheet().digest])


@register.simple_tag
def fresh_key() -> str:
    """A new idempotency key for one filling of a form."""
    return uuid.uuid4().hex


@register.simple_tag
def server_now() -> str:
    """What the server's clock says; the page ticks by the difference, not by its own clock."""
    return now().isoformat()


@register.simple_tag
def mark(state: Any, shape: str = "", tone: str = "", word: Any = "") -> states.Mark:
    """The mark of a state with what the caller overrides."""
    known = states.mark_of(state)
    return states.Mark(shape or known.shape, tone or known.tone, word or known.word, known.ended)


@register.filter
def rest(attrs: Mapping[str, Any]) -> str:
    """Attributes that a component did not name itself, escaped. Cotton's own printing of them does not escape."""
    hidden: set[str] = getattr(attrs, "_exclude_from_str", set())
    return flatatt({name: value for name, value in attrs.items() if name not in hidden and value not in (None, False)})


@register.filter
def initial(name: Any) -> str:
    return str(name or "").strip()[:1].upper()


@register.filter
def found(text: Any, query: str) -> str:
    """The text with what was looked for marked. Both are data: each piece is escaped."""
    text, query = str(text), str(query or "").strip()
    if not query:
        return conditional_escape(text)
    pieces = re.split(f"({re.escape(query)})", text, flags=re.IGNORECASE)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p) if i % 2 else p,) for i, p in enumerate(pieces))
    )


@register.filter
def keys(text: str) -> list[str]:
    return str(text).split()


@register.filter
def refusals(field: BoundField) -> list[dict[str, str]]:
    """Each refusal of a field with the clause behind it: a code, or `params["clause"]`, that looks like KEY-10."""
    return refusals_in(field.errors.as_data())


def refusals_in(errors: list[Any]) -> list[dict[str, str]]:
    rows = []
    for error in errors:
        clause = str((error.params or {}).get("clause", "") or error.code or "")
        rows += [{"words": words_, "clause": clause if CLAUSE.fullmatch(clause) else ""} for words_ in error.messages]
    return rows


@register.filter
def own_refusals(form: Any) -> list[dict[str, str]]:
    """Refusals of the form as a whole, and of hidden fields, which have no place of their own."""
    if form is None or not getattr(form, "is_bound", False):
        return []
    rows = refusals_in(form.non_field_errors().as_data())
    for field in form.hidden_fields():
        rows += refusals(field)
    return rows


@register.filter
def refused_fields(form: Any) -> list[BoundField]:
    """Visible fields with a refusal, in field order."""
    if form is None or not getattr(form, "is_bound", False):
        return []
    return [field for field in form.visible_fields() if field.errors]


@register.filter
def form_key(form: Any) -> str:
    """The key that a refused form came with: the same filling keeps its key."""
    data = getattr(form, "data", None) or {}
    return str(data.get("idempotency_key", ""))[:80] if getattr(form, "is_bound", False) else ""


@register.filter
def needs_files(form: Any) -> bool:
    return bool(form is not None and hasattr(form, "is_multipart") and form.is_multipart())


@register.filter
def scale(share: Any, width: int = 100) -> int:
    """A share of 0–100 as whole units of a track; anything else is bounded, never an error."""
    try:
        number = float(share)
    except (TypeError, ValueError):
        return 0
    return round(max(0.0, min(100.0, number)) * width / 100)


@register.filter
def of_count(items: Any) -> str:
    """2 / 5: how many are done."""
    rows = list(items or [])
    done = sum(1 for row in rows if (row.get("done") if isinstance(row, Mapping) else getattr(row, "done", False)))
    return f"{done} / {len(rows)}"


@register.filter
def upto(number: Any) -> range:
    """Whole numbers from 0, bounded: for squares and blocks."""
    try:
        return range(max(0, min(int(number), 60)))
    except (TypeError, ValueError):
        return range(0)


@register.filter
def times(number: Any, factor: int) -> int:
    return int(number) * int(factor)


@register.filter
def capped(number: Any) -> str:
    """A count as its bubble shows it: 99+ above 99."""
    text = str(number if number is not None else "")
    return "99+" if text.isdigit() and int(text) > 99 else text


@register.filter
def as_json(value: Any) -> str:
    """For an attribute, where it is escaped again."""
    return json.dumps(value)


@register.filter
def spark(points: Any) -> dict[str, Any]:
    """At most 12 numbers as points of a 96 × 24 line, and where the last one lies."""
    numbers = [float(point) for point in list(points or [])[-12:]]
    if not numbers:
        return {}
    low, high = min(numbers), max(numbers)
    step, span = 96 / max(1, len(numbers) - 1), (high - low) or 1
    dots = [(round(i * step, 1), round(22 - 20 * (n - low) / span, 1)) for i, n in enumerate(numbers)]
    return {"line": " ".join(f"{x},{y}" for x, y in dots), "x": dots[-1][0], "y": dots[-1][1], "low": low, "span": span}


@register.filter
def spark_y(line: Mapping[str, Any], target: Any) -> float:
    try:
        return round(max(0.0, min(24.0, 22 - 20 * (float(target) - line["low"]) / line["span"])), 1)
    except (TypeError, ValueError, KeyError):
        return 24.0


@register.filter
def plus(number: Any, other: Any) -> float:
    """For the far end of a stretch on a track."""
    try:
        return round(float(number) + float(other), 2)
    except (TypeError, ValueError):
        return 0.0


@register.simple_tag
def blocks(done: Any, doing: Any, missed: Any, of: Any) -> dict[str, Any]:
    """One block a thing owed, in the order done, doing, missed, open; at most 12 are drawn, in proportion."""
    total = max(0, int(of or 0))
    counts = [("done", int(done or 0)), ("doing", int(doing or 0)), ("missed", int(missed or 0))]
    drawn = min(total, 12)
    kinds: list[str] = []
    for name, number in counts:
        kinds += [name] * (number if total <= drawn else max(bool(number), round(number * drawn / total)))
    kinds = (kinds + ["open"] * drawn)[:drawn]
    cells = [{"kind": name, "x": i * 10 + 0.5} for i, name in enumerate(kinds)]
    return {"cells": cells, "width": max(drawn * 10, 1), "aria": f"{counts[0][1]} / {total}"}


@register.filter
def spaced(ticks: Any) -> list[dict[str, Any]]:
    """Words under a track; those close to a neighbour give way on a narrow page, and an end that all but falls on the
    beginning is said with it."""
    rows = [dict(tick) for tick in ticks or []]
    if len(rows) == 2 and rows[1]["x"] < 24:
        return [{"x": rows[0]["x"], "label": f"{rows[0]['label']}–{rows[1]['label']}"}]
    kept = 0.0
    for row in rows[1:-1]:
        row["near"] = row["x"] - kept < 36 or 100 - row["x"] < 36
        kept = kept if row["near"] else row["x"]
    return rows
