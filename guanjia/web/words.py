"""Times, sums and numbers as they are spoken on a page. A half space stands between a number and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from guanjia.kernel.operations import Operation

WEEKDAYS = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)
DAY = 86400


def duration(seconds: int) -> str:
    """The two largest parts: 1 天 4 时, 3 时 10 分, 12 分; under a minute in seconds."""
    seconds = abs(int(seconds))
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, 3600)
    minutes = rest // 60
    if days:
        return _("%(d)d d %(h)d h") % {"d": days, "h": hours} if hours else _("%(d)d d") % {"d": days}
    if hours:
        return _("%(h)d h %(m)02d m") % {"h": hours, "m": minutes} if minutes else _("%(h)d h") % {"h": hours}
    if minutes:
        return _("%(m)d m") % {"m": minutes}
    return _("%(s)d s") % {"s": seconds}


def left(seconds: int) -> str:
    """剩 12 分."""
    return _("%(time)s left") % {"time": duration(seconds)}


def over(seconds: int) -> str:
    """超 18 分."""
    return _("%(time)s over") % {"time": duration(seconds)}


def month_day(day: date) -> str:
    """3月12日 without spaces; 12 Mar."""
    return date_format(day, pgettext("date format", "j M"))


def when(at: datetime | date | None, now: datetime | None = None) -> str:
    """09:40 today, 昨天 16:40, 3月12日, in another year 2025-03-12. A bare day has no hour."""
    if at is None:
        return ""
    today = timezone.localtime(now).date()
    if not isinstance(at, datetime):
        day, hour = at, ""
    else:
        local = timezone.localtime(at)
        day, hour = local.date(), f"{local:%H:%M}"
    if day == today:
        return hour or _("today")
    if day == today - timedelta(days=1):
        return (_("yesterday") + " " + hour).strip()
    if day == today + timedelta(days=1):
        return (_("tomorrow") + " " + hour).strip()
    if day.year != today.year:
        return day.isoformat()
    return f"{month_day(day)} {hour}".strip() if day > today else month_day(day)


def day_words(day: datetime | date | None, now: datetime | None = None) -> str:
    """今天 周三 3月18日."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    gap = (day - timezone.localtime(now).date()).days
    near = {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday"), 2: _("In two days")}.get(gap, "")
    return " ".join(part for part in (near, str(WEEKDAYS[day.weekday()]), month_day(day)) if part)


def clock_time(at: datetime | None) -> str:
    """10:36 in the project's zone."""
    return f"{timezone.localtime(at):%H:%M}" if at else ""


def stamp(at: datetime | None) -> str:
    """2026-03-18 10:24, as forms write it."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def yuan(fen: int | None) -> str:
    """¥ 1,286.40 from integer fen; never through a float."""
    if fen is None:
        return ""
    whole, part = divmod(abs(int(fen)), 100)
    return f"{'-' if fen < 0 else ''}¥ {whole:,}.{part:02d}"


def masked(number: str | None) -> str:
    """139****2046; a landline keeps its area code; what is too short to mask shows nothing of itself."""
    text = str(number or "")
    digits = re.sub(r"\D", "", text)
    if not text:
        return ""
    if len(digits) >= 11:
        return f"{digits[-11:][:3]}****{digits[-4:]}" if "-" not in text else f"{text.split('-')[0]}-****{digits[-4:]}"
    if len(digits) >= 7:
        return f"***{digits[-4:]}"
    return "****"


def hushed(text: str) -> str:
    """Free text for a list, a wall, an export: mobile and identity numbers that somebody wrote into it are masked."""
    return _NUMBERS.sub(lambda found: f"{found[0][:3]}{'*' * (len(found[0]) - 7)}{found[0][-4:]}", text)


# What people write down of others: a mobile number, grouped or not; an identity number.
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d([ -]?)\d{4}\1\d{4})(?!\d)")


def unit(number: object, name: object) -> str:
    """3 幢: a half space between number and unit."""
    return f"{number} {name}"


def room_name(room: str) -> str:
    """What a line of work is called: `gifts` is 礼品. An unknown one keeps its id."""
    try:
        return str(apps.get_app_config(room).verbose_name)
    except LookupError:
        return room


def by_room(verbs: Iterable[Operation]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Operations as the choices of a form, under the names of their rooms; each with the id that programs use."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in verbs:
        groups.setdefault(room_name(one.name.split(".")[0]), []).append((one.name, f"{one.label} ({one.name})"))
    return list(groups.items())
