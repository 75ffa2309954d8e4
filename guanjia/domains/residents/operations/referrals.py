"""Who recommended us, what became of it, and how they were thanked: once, and never by who noted it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FenField, OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.when import HAPPENED
from guanjia.people.fields import PersonNameField
from guanjia.people.models import Resident

from ..forms import DayField
from ..models import Referral
from .care_files import is_near
from .people import is_standing


class ReferralForm(OperationForm):
    of = Referral
    personal: ClassVar[frozenset[str]] = frozenset({"about"})

    friend = asked(kind=PersonNameField)
    via = asked()
    about = asked(help_text=_("A flat to let, a house to buy, a service."))


@operation(
    Resident, label=_("Note a referral"), form=ReferralForm, creates=Referral, needs=[is_standing], whose=is_near,
    clauses=["RES-13"], icon="share",
)  # fmt: skip
def note_referral(resident: Resident, *, by: Actor, **given: Any) -> Referral:
    """A resident recommended us to somebody."""
    return Referral.objects.create(
        project_id=resident.project_id, resident=resident, noted_at=by.at, noted_by_id=by.id, moved_at=by.at, **given
    )


class JoinForm(OperationForm):
    joined_on = asked(Referral.joined_on, kind=DayField, required=True, validators=[HAPPENED])


@operation(
    Referral, label=pgettext_lazy("referral", "Came to us"), form=JoinForm, whose=is_near, clauses=["RES-13"],
    icon="user-plus",
)  # fmt: skip
def join_referral(referral: Referral, *, by: Actor, joined_on: date) -> None:
    """Who was recommended to us came."""
    referral.joined_on = joined_on


class RewardForm(OperationForm):
    reward = asked(Referral.reward, required=True)
    reward_fen = asked(Referral.reward_fen, kind=FenField, most_fen=1_000_000)


def is_anothers_note(referral: Referral, by: Actor) -> bool:
    """Nobody gives out a thank-you for a referral they noted themself."""
    return by.is_staff and referral.noted_by_id != by.id and is_near(referral, by)


@operation(
    Referral, label=_("Give the thank-you"), form=RewardForm, whose=is_anothers_note, clauses=["RES-13"], icon="gift"
)
def reward_referral(referral: Referral, *, by: Actor, reward: str, reward_fen: int | None) -> None:
    """Thanked once, by somebody else than who noted the referral."""
    referral.reward, referral.reward_fen = reward, reward_fen
    referral.rewarded_at, referral.rewarded_by_id = by.at, by.id


class LapseForm(OperationForm):
    outcome = asked(Referral.outcome, required=True)


@operation(
    Referral, label=pgettext_lazy("referral", "Came to nothing"), form=LapseForm, whose=is_near, danger=True, icon="x"
)
def lapse_referral(referral: Referral, *, by: Actor, outcome: str) -> None:
    """They did not come after all."""
    referral.outcome = outcome
