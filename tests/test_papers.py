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
# The page it is asked for from, where that is no list whose paper names it.
ASKED_AT = {"archives.print_retention": "archives:retention", "reception.print_register": "reception:calls"}
WHO = {"training.print_certificates": "service_manager"}
OF_PROJECTS = sorted(name for name, one in sheets.declared.items() if one.operation.model is Project)


@pytest.mark.parametrize("name", OF_PROJECTS)
def test_each_paper_of_a_project_stands_on_the_page_it_is_asked_for_from(name: str, north: Community) -> None:
    one = sheets.declared[name]
    page = reverse(ASKED_AT.get(name, one.back), args=["north"])
    shown = north.signed_in(WHO.get(name, "supervisor")).get(page)
    assert sheets.address_of(one.operation, north.project) in shown.content.decode(), page


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
