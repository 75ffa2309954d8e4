"""A procedure under way, and its steps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia import book
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.languages import said
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


class State(models.TextChoices):
    RUNNING = "running", _("Under way")
    FINISHED = "finished", _("Gone through")
    ABANDONED = "abandoned", _("Broken off")


@register("run_sheet")
class RunSheet(Scoped):
    """One run of the steps of a clause; what it is about is a thing, or a few words."""

    clause_id = models.CharField(_("Clause"), max_length=12)
    about_label = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    about = models.CharField(_("About"), max_length=100, blank=True)
    started_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Started by"))
    started_at = models.DateTimeField(_("Started at"))
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.RUNNING)
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    ending = models.CharField(_("Why it was broken off"), max_length=300, blank=True)

    FLOW: ClassVar[dict[str, Any]] = {
        "tick": ({State.RUNNING}, None),
        "skip": ({State.RUNNING}, None),
        "finish": ({State.RUNNING}, State.FINISHED),
        "abandon": ({State.RUNNING}, State.ABANDONED),
    }
    SEARCHED = ("about",)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="runsheets_runsheet_ended",
            ),
            models.CheckConstraint(condition=~Q(state="abandoned") | ~Q(ending=""), name="runsheets_runsheet_why"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "-id"], name="runsheets_runsheet_state"),
            models.Index(fields=["project", "clause_id", "ended_at"], name="runsheets_runsheet_clause"),
            models.Index(fields=["project", "about_label", "about_id"], name="runsheets_runsheet_about"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        entry = book.clause(self.clause_id)
        return f"{said(entry.title, entry.title_en)}　{self.about}".strip("　")

    def search_text(self) -> str:
        return f"{book.clause(self.clause_id).title} {self.about}"


class RunStep(Scoped):
    """One step: open, done, or skipped with a reason; who and when."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", pgettext_lazy("runsheets", "Done")
        SKIPPED = "skipped", _("Skipped")

    sheet = ScopedForeignKey(RunSheet, related_name="steps")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    by = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "sheet", "number"], name="runsheets_runstep_number"),
            models.CheckConstraint(
                condition=Q(outcome="open", at__isnull=True) | (~Q(outcome="open") & Q(at__isnull=False)),
                name="runsheets_runstep_settled",
            ),
            models.CheckConstraint(condition=~Q(outcome="skipped") | ~Q(note=""), name="runsheets_runstep_why"),
        ]
