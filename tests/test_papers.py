"""Every paper of a record: found on a page, foreign ones nowhere, and Chinese for every reader."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from guanjia.kernel import subjects
from guanjia.kernel.models import Event
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project
from guanjia.web import sheets

from . import reach

pytestmark = pytest.mark.django_db
OF_THINGS = sorted(name for name, one in sheets.declared.items() if one.operation.model is not Project)
# Not asked for from a list: each has its button on the page that its own room's tests open.
ELSEWHERE = {"hazmat.print_register", "keys.print_sheet", "reception.print_register", "archives.print_retention"}


def test_each_paper_of_a_project_stands_on_the_list_of_what_it_prints(north: Community) -> None:
    client = north.signed_in("supervisor")
    found = [one for one in sheets.declared.values() if one.operation.model is Project]
    missing = []
    for one in found:
        if one.operation.name in ELSEWHERE or one.operation.name == "training.print_certificates":
            continue
        page = client.get(reverse(one.back, args=["north"])).content.decode()
        missing += [one.operation.name] if sheets.address_of(one.operation, north.project) not in page else []
    assert len(found) > 6 and missing == []


@pytest.mark.parametrize("name", OF_THINGS)
def test_a_paper_of_another_project_is_not_there(name: str, north: Community, south: Community) -> None:
    verb = sheets.declared[name].operation
    thing: Any = reach.thing(subjects.label_of(verb.model), south)
    client = north.signed_in("supervisor")
    own, foreign = sheets.address_of(verb, thing), [*name.split(".")]
    here = reverse("papers:sheet", args=["north", subjects.label_of(verb.model), thing.pk, *foreign])
    assert [client.post(url).status_code for url in (own, here)] == [404, 404]
    assert not Event.objects.filter(name=name).exists()


def test_no_paper_is_printed_by_looking_or_recorded_without_a_sheet(north: Community) -> None:
    thing: Any = reach.thing("gift", north)
    client = north.signed_in("supervisor")
    url = sheets.address_of(sheets.declared["gifts.print_record"].operation, thing)
    assert client.get(url).status_code == 405
    assert client.post(reverse("acts:do", args=["north", "gift", thing.pk, "print_record"])).status_code == 404
    assert client.post(url.replace("/gift/", "/visitor/")).status_code == 404
    assert client.post(url.replace("gifts/print_record", "gifts/hand_over")).status_code == 404
    assert not Event.objects.filter(name="gifts.print_record").exists()
