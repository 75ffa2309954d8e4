"""What is done to a clock itself: the system lifts it up the ladder; people give a reason for a breach,
approvers exempt one.
"""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused

from . import queries, timing
from .models import Clock


@operation(Clock, label=_("Escalate"), internal=True)
def escalate(clock: Clock, *, by: Actor) -> None:
    """Lift a clock to the highest step it has reached; who is told follows from the event."""
    if clock.state != Clock.State.RUNNING or clock.next_at is None or clock.next_at > by.at:
        raise Refused("", pgettext_lazy("clocks", "The next step is not reached yet."))
    calendar = timing.Calendars().of(clock)
    pauses = queries.pauses_of(clock, by.at)
    clock.level = timing.steps_reached(clock, calendar, by.at, pauses)
    timing.set_next(clock, calendar, pauses)


@need(sentence=_("This clock ended on time: there is nothing to give a reason for."))
def is_late(clock: Clock) -> bool:
    from django.utils import timezone

    return clock.is_over(timezone.now())


@need(sentence=_("Somebody has to say why it was late first."))
def has_reason(clock: Clock) -> bool:
    return bool(clock.cause)


@need(sentence=_("It is exempted already."))
def not_exempted(clock: Clock) -> bool:
    return clock.exempted_at is None


class ReasonForm(OperationForm):
    cause = forms.ChoiceField(choices=Clock.Cause.choices, label=_("Put down to"))
    breach_reason = forms.CharField(
        max_length=300, min_length=2, label=_("Why it was late"), widget=forms.Textarea(attrs={"rows": 2})
    )
    corrective = forms.CharField(
        max_length=300, required=False, label=_("What is done about it"), widget=forms.Textarea(attrs={"rows": 2})
    )


@operation(Clock, label=_("Give the reason"), form=ReasonForm, needs=[is_late], icon="message")
def give_reason(clock: Clock, *, by: Actor, cause: str, breach_reason: str, corrective: str) -> None:
    """Say why a limit was not kept, and what is done so that it is kept next time. The miss stays a miss."""
    clock.cause, clock.breach_reason, clock.corrective = cause, breach_reason, corrective


class ExemptForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset()
    exempt_reason = forms.CharField(
        max_length=300,
        min_length=2,
        label=_("Why it does not count"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@operation(Clock, label=_("Exempt"), form=ExemptForm, needs=[is_late, has_reason, not_exempted], icon="shield-check")
def exempt(clock: Clock, *, by: Actor, exempt_reason: str) -> None:
    """Take one breach out of the rate. Rates are shown both ways, and the clock stays late.

    Whoever asks puts it forward; the name that stands with it is the name of who agreed.
    """
    agreed = str(by.memo.get("approved_by", "")) or by.name
    clock.exempted_at, clock.exempted_by_name, clock.exempt_reason = by.at, agreed[:60], exempt_reason
