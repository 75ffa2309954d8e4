"""The log of a shift (F-WORKLOG): a line at a time, as things happen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts


@register("shift_note")
class Note(Scoped):
    """A line of the log. It is never changed: what was wrong is put right by another line."""

    class Kind(models.TextChoices):
        """The blocks of the work log."""

        PLAN = "plan", _("To do today")
        DONE = "done", _("Done")
        OPEN = "open", _("Left open")
        EVENT = "event", _("Event")

    kind = models.CharField(_("Kind"), max_length=5, choices=Kind)
    words = models.CharField(_("What happened"), max_length=500)
    is_important = models.BooleanField(_("Important"), default=False)
    post = models.CharField(_("Post"), max_length=30, choices=posts.CHOICES)
    author = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Noted by"))
    duty = ScopedForeignKey("people.Duty", null=True, blank=True, related_name="+", verbose_name=_("Shift"))
    at = models.DateTimeField(_("Noted at"))

    PERSONAL = frozenset({"words"})
    SEARCHED = ("words",)

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "author", "-at"], name="shifts_note_author")]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 40 else f"{self.words[:39]}…"

    def search_text(self) -> str:
        return self.words
