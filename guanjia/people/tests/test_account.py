"""One's own account: language and PIN."""

from __future__ import annotations

import pytest

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Refused, Unknown
from guanjia.people import operations as people
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def with_password(north: Community) -> Account:
    account = Account.objects.get(pk=north.staff["steward"].account_id)
    account.set_password("correct horse battery")
    account.save()
    return account


def test_a_pin_is_set_with_the_password_and_kept_hashed(north: Community) -> None:
    account = with_password(north)
    people.set_pin(north.project, by=north.by("steward"), password="correct horse battery", pin="402917")
    account.refresh_from_db()
    assert account.check_pin("402917") and not account.check_pin("402918") and "402917" not in account.pin
    assert "402917" not in str(Event.objects.values_list("given", "changes"))


@pytest.mark.parametrize(("password", "pin"), [("wrong", "402917"), ("correct horse battery", "123456"),
                                               ("correct horse battery", "111111"), ("correct horse battery", "12")])  # fmt: skip
def test_a_weak_pin_or_a_wrong_password_sets_nothing(north: Community, password: str, pin: str) -> None:
    account = with_password(north)
    with pytest.raises(Refused):
        people.set_pin(north.project, by=north.by("steward"), password=password, pin=pin)
    account.refresh_from_db()
    assert not account.pin and not account.check_pin("")


def test_a_resident_chooses_a_language_within_the_own_project(north: Community, south: Community) -> None:
    people.set_language(north.project, by=north.by("owner"), language="en")
    assert Account.objects.get(pk=north.accounts["owner"].pk).language == "en"
    with pytest.raises(Refused):
        people.set_language(north.project, by=north.by("owner"), language="xx")
    with pytest.raises(Unknown):
        people.set_language(south.project, by=north.by("owner"), language="en")
