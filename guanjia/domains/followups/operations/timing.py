"""When and how somebody is revisited after what: decided by the project (REV-06)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.places.models import Project

from ..models import Timing, Trigger

# After a repair the limit of REV-14 runs as a clock; a project changes it in the Book.
BY_CLOCK = frozenset({Trigger.MAJOR_REPAIR, Trigger.REPAIR})


class TimingForm(OperationForm):
    of = Timing
    asks = ("trigger", "days", "mode", "is_on")
    days = asked(min_value=1, max_value=366)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        timed, days = cleaned.get("trigger") not in BY_CLOCK, cleaned.get("days")
        if timed and not days and "days" not in self.errors:
            self.add_error("days", _("Say within how many days."))
        if not timed and days:
            self.add_error(
                "days", forms.ValidationError(_("The limit of REV-14 holds: change it there."), code="REV-14")
            )
        return cleaned


@operation(
    Project, label=_("Decide when to revisit"), form=TimingForm, clauses=["REV-06"], icon="adjustments",
)  # fmt: skip
def time_revisit(project: Project, *, by: Actor, trigger: str, **given: Any) -> None:
    """From now on; what is due already stays in its place by the new days."""
    Timing.objects.update_or_create(project=project, trigger=trigger, defaults=given)
