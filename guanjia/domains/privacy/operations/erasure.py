"""Letting go: of one person, of all who left long ago, of old pictures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor, system
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.models import Event
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import ENDED, Case
from guanjia.people import erasing
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import Project

from .. import keeping
from ..models import DataRequest, Retention

# At most so many at once: a decision over more is made again, with fresh eyes.
AT_ONCE = 500


@need(sentence=_("Still lives or owns here: end every home of this person first."))
def lives_nowhere(resident: Resident) -> bool:
    return not Occupancy.objects.filter(resident=resident, ended_on__isnull=True).exists()


@need(sentence=_("A case of this person is still open: close it first."))
def has_nothing_open(resident: Resident) -> bool:
    return not Case.objects.filter(resident=resident).exclude(state__in=ENDED).exists()


@need(sentence=_("This record is closed."))
def is_standing(resident: Resident) -> bool:
    return resident.erased_at is None and resident.merged_into_id is None


class EraseForm(OperationForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("asked", _("The resident asked for it")), ("kept", _("Kept long enough"))]
    )
    understood = forms.BooleanField(label=_("I know that this cannot be taken back"))


@operation(
    Resident, label=_("Erase the person"), form=EraseForm, needs=[is_standing, lives_nowhere, has_nothing_open],
    danger=True, guarded=True, icon="trash",
)  # fmt: skip
def erase(resident: Resident, *, by: Actor, reason: str, understood: bool) -> None:
    """Name, numbers, documents, care and contacts go, and the key under which journal and copies hold them.

    The rows are written past `resident` itself: an old value that the journal were to keep would need a new key.
    """
    asked = DataRequest.objects.filter(resident=resident, kind="erase", state="asked")
    asked.update(state="granted", answered_at=by.at, moved_at=by.at, answered_by_id=by.id if by.is_staff else None)
    erasing.erase(resident.project_id, resident.pk, by.at)


@erasing.erases
def requests(ids: Collection[int], project_id: int, at: datetime) -> None:
    """What they wrote, and what was answered."""
    DataRequest.objects.filter(project_id=project_id, resident_id__in=ids).update(words="", answer="")


class KeepForm(OperationForm):
    rule = forms.ChoiceField(label=_("What"), choices=keeping.CHOICES)
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=600)
    reason = forms.CharField(label=_("Reason"), max_length=100)


@operation(Project, label=_("Decide how long to keep"), form=KeepForm, guarded=True, icon="clock")
def decide_keeping(project: Project, *, by: Actor, rule: str, months: int, reason: str) -> None:
    """For how many months this project keeps a kind of data."""
    if keeping.months_of(project, rule) == months:
        raise Refused("months", _("This is what stands now."))
    Retention.objects.update_or_create(project=project, rule=rule, defaults={"months": months})


class LetGoForm(OperationForm):
    rule = forms.ChoiceField(label=_("What"), choices=keeping.CHOICES)
    count = forms.IntegerField(label=_("How many, as shown"), min_value=1, max_value=AT_ONCE)
    understood = forms.BooleanField(label=_("I know that this cannot be taken back"))


@operation(
    Project, label=_("Let go of what was kept long enough"), form=LetGoForm, danger=True, guarded=True, icon="trash"
)
def let_go(project: Project, *, by: Actor, rule: str, count: int, understood: bool) -> None:
    """Decide over all that is past its time. Persons are erased one by one afterwards; pictures go now."""
    rows = keeping.past(project, rule, by.at)
    found = min(rows.count(), AT_ONCE)
    if found != count:
        raise Refused("count", _("It is %(n)d now. Look at the list again, then decide.") % {"n": found})
    if rule == keeping.PHOTOS:
        ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
        rows.model.objects.filter(project=project, pk__in=ids).delete()


def carry_out(event: Event) -> None:
    """What `let_go` decided over persons, one act each; delivered again, it goes on where it stopped."""
    if event.given["rule"] != keeping.LEFT:
        return
    project = event.project
    done = Event.objects.filter(project=project, name=erase.name, cause_id=event.pk).count()
    by = system(event.at).because_of(event.pk)
    for resident in keeping.past(project, keeping.LEFT, event.at)[: event.given["count"] - done]:
        erase(resident, by=by, reason="kept", understood=True)
