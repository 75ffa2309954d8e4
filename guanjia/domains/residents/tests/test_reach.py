"""A new thing is made under what its maker may see."""

import pytest

from guanjia.domains.residents.operations import give_consent
from guanjia.kernel.actors import STAFF, Actor
from guanjia.kernel.outcomes import Outcome
from guanjia.people.models import Consent, Occupancy, Resident
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_nobody_records_a_consent_for_a_resident_of_another_project(north: Community, south: Community) -> None:
    with pytest.raises(Outcome):
        give_consent(north.owner, by=south.by("receptionist"), purpose="contact", mode="paper")
    stranger = Actor(STAFF, 1, "", 1, {}, north.by("receptionist").at)
    with pytest.raises(Outcome):
        give_consent(north.owner, by=stranger, purpose="contact", mode="paper")
    assert not Consent.objects.exists()


@pytest.mark.clause("PRIV-02")
@pytest.mark.parametrize("who", ["guard", "technician", "cashier"])
def test_who_does_not_need_the_files_finds_no_resident(north: Community, who: str) -> None:
    assert not Resident.visible_to(north.by(who)).exists() and not Occupancy.visible_to(north.by(who)).exists()
    assert Resident.visible_to(north.by("receptionist")).exists()
