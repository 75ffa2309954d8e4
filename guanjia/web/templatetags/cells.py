"""The small marks, drawn without a template: 50 rows hold 500 of them, and a component costs five times more.

The components of the same names draw through these, so that each mark exists once. Everything given is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from guanjia.web import states

from .look import capped, initial, scale, sprite

register = template.Library()

URGENCIES = {
    "urgent": (pgettext_lazy("urgency", "!"), gettext_lazy("Urgent")),
    "major": (pgettext_lazy("urgency", "M"), gettext_lazy("Major")),
    "planned": (pgettext_lazy("urgency", "P"), gettext_lazy("Planned")),
}
CLOCK_TONES = frozenset({"calm", "soon", "late", "paused", "met", "missed", "exempt", "idle"})
CLOCK_MARKS = {"late": "late", "missed": "late", "paused": "pause", "exempt": "pause", "met": "met"}


@lru_cache(maxsize=1024)
def _icon(at: str, name: str, size: str, label: str, classes: str) -> SafeString:
    named = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else format_html('aria-hidden="{}" focusable="{}"', "true", "false")
    )
    shape = f"icon icon-{size}" if size else "icon"
    if classes:
        shape += f" {classes}"
    return format_html('<svg class="{}" {}><use href="{}#i-{}"></use></svg>', shape, named, at, name)


@register.simple_tag
def icon(name: Any, size: Any = "", label: Any = "", classes: Any = "") -> SafeString:
    """An icon of the sprite; hidden from readers beside words, named when it stands alone."""
    return _icon(sprite(), str(name), str(size or ""), str(label or ""), str(classes or ""))


@register.simple_tag
def status(state: Any = "", shape: str = "", tone: str = "", word: Any = "") -> SafeString:
    """Shape + colour + word of a state."""
    known = states.mark_of(state)
    word = word or known.word or "—"
    return _status(sprite(), known.ended, tone or known.tone, shape or known.shape, str(word))


@lru_cache(maxsize=1024)
def _status(at: str, ended: bool, tone: str, shape: str, word: str) -> SafeString:
    form = '<span class="status{}"><svg class="tone-{}" aria-hidden="true"><use href="{}#s-{}"></use></svg>{}</span>'
    return format_html(form, " status-end" if ended else "", tone, at, shape, word)


@register.simple_tag
def urgency(level: Any) -> SafeString | str:
    """急 on red, 重 outlined red, 划 outlined grey; ordinary has no mark."""
    return _urgency(str(level), get_language()) if level else ""


@lru_cache(maxsize=64)
def _urgency(level: str, _language: str | None) -> SafeString | str:
    if level not in URGENCIES:
        return ""
    sign, name = URGENCIES[level]
    form = '<span class="urgency urgency-{}" role="img" aria-label="{}" title="{}">{}</span>'
    return format_html(form, level, name, name, sign)


@register.simple_tag
def tag(words: Any, tone: str = "neutral") -> SafeString | str:
    """A category on soft ground; nothing for nothing."""
    return format_html('<span class="tag tag-{}">{}</span>', tone or "neutral", words) if words else ""


@register.simple_tag
def count(n: Any, tone: str = "neutral", zero: bool = False) -> SafeString | str:
    """A bounded count; nothing for nothing."""
    if not n and not zero:
        return ""
    return format_html('<span class="count count-{}">{}</span>', tone or "neutral", capped(n))


@register.simple_tag
def keycap(keys: Any) -> SafeString:
    caps = format_html_join("", "<kbd>{}</kbd>", ((key,) for key in str(keys).split()))
    return format_html('<span class="keycap" aria-hidden="true">{}</span>', caps)


@register.simple_tag
def avatar(name: Any, size: str = "sm", me: bool = False) -> SafeString:
    """The first character of a name on a disc; blue when it is mine."""
    form = '<span class="avatar avatar-{}{}" aria-hidden="true">{}</span>'
    return format_html(form, size or "sm", " avatar-me" if me else "", initial(name))


@register.simple_tag
def person(name: Any, me: bool = False, note: Any = "", nothing: Any = "") -> SafeString:
    """Initial and name; words when there is nobody."""
    if not name:
        return format_html('<span class="ink-3">{}</span>', nothing or _("None"))
    form = '<span class="person"><span class="avatar avatar-sm{}" aria-hidden="true">{}</span>{}{}</span>'
    said = format_html(" <small>{}</small>", note) if note else ""
    return format_html(form, " avatar-me" if me else "", initial(name), name, said)


@register.simple_tag
def clock(bar: Mapping[str, Any] | None, size: str = "", classes: str = "") -> SafeString | str:
    """A clock bar from {tone, words, verb, share, aria, due, limit, soon}; nothing for nothing."""
    if not bar:
        return ""
    of = bar.get
    tone = str(of("tone") or "idle")
    form = _clock_form(
        sprite(), tone if tone in CLOCK_TONES else "idle", size, classes, bool(of("due")), bool(of("aria"))
    )
    said = (of(name) or "" for name in ("words", "verb"))
    ticks = [of(name) or "" for name in ("due", "limit", "soon", "verb")] if of("due") else []
    return format_html(form, *ticks, *said, scale(of("share")), *([of("aria")] if of("aria") else []))


@lru_cache(maxsize=512)
def _clock_form(at: str, tone: str, size: str, classes: str, ticks: bool, aria: bool) -> str:
    """The markup of one kind of bar with holes for its words: composed once, asked for by every row."""
    names = " ".join(f"clock-{one}" for one in (tone, size) if one)
    names = escape(f"{names} {classes}".strip()).replace("{", "").replace("}", "")
    mark = f'<svg><use href="{at}#s-{CLOCK_MARKS[tone]}"></use></svg>' if tone in CLOCK_MARKS else ""
    dashed = CLOCK_MARKS.get(tone) == "pause"
    fill = '<path class="clock-fill" d="M0 2H{}"/>' if dashed else '<rect class="clock-fill" width="{}" height="4"/>'
    return "".join(
        (
            f'<span class="clock {names}"',
            ' data-due="{}" data-limit="{}" data-soon="{}" data-verb="{}">' if ticks else ">",
            '<span class="clock-line" aria-hidden="true">' if aria else '<span class="clock-line">',
            f'<span class="clock-words">{mark}<span class="clock-text">{{}}</span></span>',
            '<span class="clock-verb">{}</span></span>',
            '<svg class="clock-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">',
            f"{fill}</svg>",
            '<span class="visually-hidden clock-aria">{}</span></span>' if aria else "</span>",
        )
    )


@register.simple_tag
def row_start(url: Any = "", pick: Any = "", label: Any = "", dim: bool = False, current: bool = False) -> SafeString:
    """The opening of a register's row with its checkbox; close it with </tr>."""
    classes = f"{'dim' if dim else ''}{' on' if current else ''}"
    if not pick:
        return format_html('<tr tabindex="-1" data-url="{}" class="{}">', url, classes)
    form = (
        '<tr tabindex="-1" data-url="{}" class="{}"><td class="pick"><input type="checkbox" name="pick" value="{}"'
        ' aria-label="{} {}"></td>'
    )
    return format_html(form, url, classes, pick, _("Select"), label)


@register.simple_tag
def bar_of(tone: Any, words: Any, verb: Any, share: Any, aria: Any, due: Any, limit: Any, soon: Any) -> dict[str, Any]:
    """The attributes of a clock bar as one thing."""
    names = ("tone", "words", "verb", "share", "aria", "due", "limit", "soon")
    return dict(zip(names, (tone, words, verb, share, aria, due, limit, soon), strict=True))
