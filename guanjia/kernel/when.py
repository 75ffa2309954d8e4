"""Bounds of a day or a moment, told from when the verb is done: up to now, from now on, so far ahead at most.

    found_at = asked(validators=[HAPPENED])
    due_at = asked(validators=[AHEAD, When(most=timedelta(days=90), said=_("Three months at most."))])

They are validators as any other; the form tells them by whose act and about what (`told`). A day is one of the project.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOW = timedelta()


@dataclass(frozen=True)
class When:
    """After `least` and up to `most`, both counted from now; a day from and up to the days that they lead to."""

    least: timedelta | None = None
    most: timedelta | None = None
    said: Any = ""
    code: str = "time"  # none of Django's own: its fields put their sentence in place of such a one
    at: datetime | None = None
    subject: Any = None

    def told(self, at: datetime, subject: Any) -> When:
        """For an act at that moment on this thing."""
        return replace(self, at=at, subject=subject)

    def __call__(self, value: date) -> None:
        """Raises ValidationError where it lies outside."""
        at = self.at or timezone.now()
        if isinstance(value, datetime):
            is_early = self.least is not None and value <= at + self.least
            is_late = self.most is not None and value > at + self.most
        else:
            today = self._today(at)
            is_early = self.least is not None and value < today + self.least
            is_late = self.most is not None and value > today + self.most
        if is_early or is_late:
            raise ValidationError(self.said or _words(value, is_early=is_early), self.code)

    def _today(self, at: datetime) -> date:
        zone = getattr(getattr(self.subject, "project", self.subject), "zone", "")
        return timezone.localdate(at, ZoneInfo(zone) if zone else None)


def _words(value: date, *, is_early: bool) -> Any:
    if isinstance(value, datetime):
        future = _("The time it happened lies in the future. Choose a time up to now.")
        return _("Choose a time that is still to come.") if is_early else future
    return _("This day lies in the past.") if is_early else _("This day lies in the future.")


HAPPENED = When(most=NOW)
AHEAD = When(least=NOW)
