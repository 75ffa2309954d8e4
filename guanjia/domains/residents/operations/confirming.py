"""What is on record of a household is right: said once a year, at the door, on the phone or by the residents."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import queries as people
from guanjia.people import reach
from guanjia.people.models import Occupancy
from guanjia.places.models import House


class ConfirmForm(OperationForm):
    how = forms.ChoiceField(
        label=_("How"),
        choices=[
            ("visit", _("At the yearly visit")),
            ("phone", _("On the phone")),
            ("counter", _("At the counter")),
            ("portal", _("By the residents themselves")),
        ],
    )


def is_their_home_or_near(house: House, by: Actor) -> bool:
    """Who lives there, the steward of the district, the counter and the leads."""
    if by.is_staff:
        mine = reach.houses(by, house.project)
        return mine is None or mine.filter(pk=house.pk).exists()
    living = Occupancy.objects.filter(project_id=house.project_id, house=house, ended_on__isnull=True)
    return living.filter(resident_id=by.homes.get(house.project_id, 0)).exists()


@operation(
    House, label=_("Household data are right"), form=ConfirmForm, whose=is_their_home_or_near, clauses=["RES-03"],
    icon="circle-check",
)  # fmt: skip
def confirm_household(house: House, *, by: Actor, how: str) -> None:
    """Names, numbers and roles were gone through with somebody of the household; what was wrong was corrected."""
    if not people.household(house, by.at):
        raise Refused("", _("Nobody of this house is on record: there is nothing to confirm."), "RES-03")
    if by.is_resident and how != "portal":
        raise Refused("how", _("You say it here yourself."))
