"""The care file: opened with consent, kept, closed; and what helped, shared without a name."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.kernel.when import AHEAD
from guanjia.people import reach
from guanjia.people.models import CareTag, Consent, EmergencyContact, Resident
from guanjia.places.models import Project

from ..forms import DayField
from ..models import READERS, CareFile, Experience
from ..words import Convenience
from .care import _hold
from .people import is_standing


class CareFileForm(OperationForm):
    """What the care file asks (F-CARE). Name, house, kind and whom to ring stand on record already."""

    of = CareFile
    as_it_stands = True
    personal: ClassVar[frozenset[str]] = frozenset({"fittings", "home_service", "living", "needs"})

    needs = asked(
        widget=forms.Textarea(attrs={"rows": 3, "data-private": ""}),
        help_text=_("Barrier-free ways, a place for the pram, post taken in: what we do, for whom, when."),
    )
    measures = asked(
        kind=forms.MultipleChoiceField, required=False, choices=Convenience.choices, widget=forms.CheckboxSelectMultiple
    )
    fittings = asked(help_text=_("Non-slip floors, handrails: what is there, what is missing."))
    living = asked(widget=forms.Textarea(attrs={"rows": 2, "data-private": ""}))
    home_service = asked()
    next_visit_on = asked(kind=DayField, validators=[AHEAD])


@need(sentence=_("A consent to a care record is missing: ask for it first."), clause="RES-04", owes=_("the resident"))
def agreed_to_care(resident: Resident) -> bool:
    return Consent.objects.filter(resident=resident, purpose=Consent.Purpose.CARE, withdrawn_at__isnull=True).exists()


@need(sentence=_("Nobody to ring is on record: add an emergency contact first."), clause="RES-05")
def has_somebody_to_ring(resident: Resident) -> bool:
    return EmergencyContact.objects.filter(resident=resident).exists()


@need(sentence=_("Nothing to be considerate of is on record: add care first."), clause="RES-05")
def needs_care(resident: Resident) -> bool:
    return CareTag.objects.filter(resident=resident, ended_on__isnull=True).exists()


def is_near(thing: Any, by: Actor) -> bool:
    """A steward looks after the households of the own districts; the counter and the leads after all."""
    return reach.reaches(by, thing if isinstance(thing, Resident) else thing.resident, READERS)


@operation(
    Resident, label=_("Open a care file"), form=CareFileForm, creates=CareFile, whose=is_near,
    needs=[is_standing, needs_care, agreed_to_care, has_somebody_to_ring],
    clauses=["RES-05", "RES-07", "RES-08", "REV-03"], icon="heart-handshake",
)  # fmt: skip
def open_care_file(resident: Resident, *, by: Actor, **given: Any) -> CareFile:
    """What somebody needs and what we do for them. One file of a person is open."""
    _hold(resident)
    if CareFile.objects.filter(resident=resident, ended_on__isnull=True).exists():
        raise Refused("", _("A care file is open already."))
    return CareFile.objects.create(
        project_id=resident.project_id, resident=resident, opened_on=timezone.localdate(by.at), opened_by_id=by.id,
        **given,
    )  # fmt: skip


@need(sentence=_("It is closed."))
def is_open(file: CareFile) -> bool:
    return file.ended_on is None


@operation(
    CareFile, label=_("Update the care file"), form=CareFileForm, needs=[is_open], whose=is_near,
    clauses=["RES-05", "RES-07", "RES-08", "REV-03"], icon="edit",
)  # fmt: skip
def keep_care_file(file: CareFile, *, by: Actor, **given: Any) -> None:
    """What has changed, and when somebody comes by next."""
    for name, value in given.items():
        setattr(file, name, value)


@operation(CareFile, label=_("Close the care file"), needs=[is_open], whose=is_near, danger=True, icon="archive")
def end_care_file(file: CareFile, *, by: Actor) -> None:
    """It is needed no longer, or the consent was withdrawn."""
    file.ended_on = timezone.localdate(by.at)


class ExperienceForm(OperationForm):
    kind = asked(Experience.kind)
    words = asked(
        Experience.words, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues with a household like it: without names and house numbers."),
    )  # fmt: skip


@operation(
    Project, label=_("Share what helped"), form=ExperienceForm, creates=Experience, clauses=["RES-08"], icon="bulb"
)
def share_experience(project: Project, *, by: Actor, **given: Any) -> Experience:
    """What helped one household may help others of its kind."""
    return Experience.objects.create(project=project, noted_by_id=by.id, noted_at=by.at, **given)


class ImproveForm(OperationForm):
    as_it_stands = True

    words = asked(Experience.words, widget=forms.Textarea(attrs={"rows": 3}))


@operation(Experience, label=_("Improve"), form=ImproveForm, clauses=["RES-08"], icon="edit")
def improve_experience(experience: Experience, *, by: Actor, words: str) -> None:
    """Tried again, it went better another way."""
    if words == experience.words:
        raise Refused("words", _("This is what stands now."))
    experience.words, experience.improved_at = words, by.at
