"""A new thing is made under what its maker may see."""

import pytest

from guanjia.domains.residents.operations import give_consent
from guanjia.kernel.actors import STAFF, Actor
from guanjia.kernel.outcomes import Outcome
from guanjia.people.models import Consent
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_nobody_records_a_consent_for_a_resident_of_another_project(north: Community, south: Community) -> None:
    with pytest.raises(Outcome):
        give_consent(north.owner, by=south.by("receptionist"), purpose="contact", mode="paper")
    stranger = Actor(STAFF, 1, "", 1, {}, north.by("receptionist").at)
    with pytest.raises(Outcome):
        give_consent(north.owner, by=stranger, purpose="contact", mode="paper")
    assert not Consent.objects.exists()
