"""The profile: how somebody is best served, how attached they are, and whom we look after more closely."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Resident

from ..models import Profile, Taken
from ..words import MEASURES, Factor, Manner, Measure, NeedLevel
from .care import _hold
from .care_files import is_near
from .people import is_standing

FACTS = _("Facts and wishes only, in words that the resident may read.")
LONG = {"rows": 2, "data-private": ""}


def profile_of(resident: Resident) -> Profile | None:
    return Profile.objects.filter(project_id=resident.project_id, resident=resident).first()


class ProfileForm(OperationForm):
    """Shows what stands on record; a field that is left alone stays."""

    as_it_stands = True

    @classmethod
    def standing(cls, subject: Resident) -> dict[str, Any]:
        return super().standing(profile_of(subject))


def _kept(resident: Resident, by: Actor, **given: Any) -> Profile:
    """The one profile of a resident with these values; two at once wait for each other."""
    _hold(resident)
    given["updated_on"] = timezone.localdate(by.at)
    return Profile.objects.update_or_create(project_id=resident.project_id, resident=resident, defaults=given)[0]


class ClassifyForm(ProfileForm):
    of = Profile
    personal: ClassVar[frozenset[str]] = frozenset({"approach", "manner", "need_level", "preferences"})

    manner = asked(choices=[("", _("Not known yet")), *Manner.choices])
    need_level = asked(choices=[("", _("Not known yet")), *NeedLevel.choices])
    preferences = asked(help_text=FACTS)
    approach = asked(widget=forms.Textarea(attrs=LONG))


@operation(
    Resident, label=_("Write the profile"), form=ClassifyForm, needs=[is_standing], whose=is_near,
    clauses=["RES-09", "RES-10"], icon="user",
)  # fmt: skip
def classify(resident: Resident, *, by: Actor, **given: Any) -> None:
    """How somebody likes to be dealt with, what matters most to them, what they prefer."""
    _kept(resident, by, **given)


class FollowForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"how", "why"})
    how = forms.ChoiceField(
        label=_("What we do"),
        choices=[
            ("contact", _("The steward gets in touch each month, before anything goes wrong")),
            ("assess", _("Asked each quarter what they expect, and the service adjusted")),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Reason"), max_length=200, help_text=FACTS)


def _since(how: str) -> tuple[str, str]:
    return f"{how}_since", f"{how}_why"


@operation(
    Resident, label=_("Look after more closely"), form=FollowForm, needs=[is_standing], whose=is_near,
    clauses=["CMP-11", "RES-14"], icon="eye",
)  # fmt: skip
def follow_closely(resident: Resident, *, by: Actor, how: str, why: str) -> None:
    """From now on the steward owes a contact each month, or an assessment each quarter."""
    since, reason = _since(how)
    found = profile_of(resident)
    if found and getattr(found, since):
        raise Refused("how", _("This is done already."))
    _kept(resident, by, **{since: timezone.localdate(by.at), reason: why})


class StopForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"how", "why"})
    how = forms.ChoiceField(
        label=_("What ends"), choices=[("contact", _("Contact each month")), ("assess", _("Asking each quarter"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    why = forms.CharField(label=_("Reason"), max_length=200)


def is_followed(resident: Resident) -> bool:
    found = profile_of(resident)
    return found is not None and bool(found.contact_since or found.assess_since)


@operation(
    Resident, label=_("No longer more closely"), form=StopForm, needs=[is_standing], whose=is_near, when=is_followed,
    clauses=["CMP-11", "RES-14"], icon="eye-off",
)  # fmt: skip
def stop_following(resident: Resident, *, by: Actor, how: str, why: str) -> None:
    """It is not needed any more; why stands in the journal."""
    since, reason = _since(how)
    found = profile_of(resident)
    if found is None or getattr(found, since) is None:
        raise Refused("how", _("It has ended already."))
    _kept(resident, by, **{since: None, reason: ""})


class AssessForm(ProfileForm):
    """What they expect, what we agreed can and cannot be done, and what we do differently from now on."""

    of = Profile
    personal: ClassVar[frozenset[str]] = frozenset({"approach", "bounds", "need_level", "preferences"})

    need_level = asked(choices=[("", _("Not known yet")), *NeedLevel.choices])
    preferences = asked(
        label=_("What they expect now"), required=True, widget=forms.Textarea(attrs=LONG), help_text=FACTS
    )
    bounds = asked(help_text=_("What we can do, what we cannot, and why."))
    approach = asked(label=_("What we change"), required=True, widget=forms.Textarea(attrs=LONG))


@operation(
    Resident, label=_("Ask what they expect"), form=AssessForm, needs=[is_standing], whose=is_near,
    clauses=["RES-14"], icon="clipboard-check",
)  # fmt: skip
def assess_needs(resident: Resident, *, by: Actor, **given: Any) -> None:
    """Clear limits, a friendly manner, and the service adjusted to what they need."""
    _kept(resident, by, assessed_on=timezone.localdate(by.at), **given)


class LoyaltyForm(ProfileForm):
    personal: ClassVar[frozenset[str]] = frozenset({"factor", "loyalty"})

    loyalty = asked(Profile.loyalty, required=True)
    factor = asked(Profile.factor, choices=[("", "–"), *Factor.choices])


@operation(
    Resident, label=_("Rate loyalty"), form=LoyaltyForm, needs=[is_standing], whose=is_near, clauses=["RES-12"],
    icon="star",
)  # fmt: skip
def rate_loyalty(resident: Resident, *, by: Actor, loyalty: str, factor: str) -> None:
    """On which of the four layers, and what there is to work on."""
    _kept(resident, by, loyalty=loyalty, factor=factor)


class MeasureForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    measure = asked(Taken.measure)
    words = asked(Taken.words)

    def narrow(self) -> None:
        """Those of the layer on which the resident stands come first."""
        super().narrow()
        found = profile_of(self.subject)
        first = MEASURES.get(found.loyalty, ()) if found else ()
        field: Any = self.fields["measure"]
        field.choices = sorted(Measure.choices, key=lambda one: one[0] not in first)


@operation(
    Resident, label=_("Record a measure"), form=MeasureForm, creates=Taken, needs=[is_standing], whose=is_near,
    clauses=["RES-12"], icon="gift",
)  # fmt: skip
def take_measure(resident: Resident, *, by: Actor, measure: str, words: str) -> Taken:
    """What was done so that somebody stays with us: a greeting, a hard matter solved, an invitation."""
    found = profile_of(resident)
    if found is None or not found.loyalty:
        raise Refused("", _("Rate loyalty first: the measures belong to its layers."), "RES-12")
    return Taken.objects.create(
        project_id=resident.project_id, resident=resident, level=found.loyalty, measure=measure, at=by.at,
        employee_id=by.id, words=words,
    )  # fmt: skip
