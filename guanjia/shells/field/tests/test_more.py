"""One page opens what a post does on the phone; a code of any kind leads to its thing, for those who may know of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from guanjia.domains.keys.operations import lend
from guanjia.domains.keys.tests.made import a_key, loan
from guanjia.domains.parcels.tests.taking import agreed, taken
from guanjia.domains.visitors.operations import issue
from guanjia.people.tests.cast import Community
from guanjia.shells.field.more import GROUPS

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"field:{name}", args=["north", *args])


def opened(phone: Any, north: Community, who: str) -> str:
    return str(phone(north, who).get(at("more")).content.decode())


@pytest.mark.parametrize(
    ("who", "open_to", "closed"),
    [
        ("guard", {"field:gate", "visitors:inside", "lostfound:new", "shifts:phone"}, {"parcels:counter", "hazmat:phone"}),
        ("technician", {"lostfound:new", "keys:home", "shifts:phone"}, {"field:gate", "parcels:counter"}),
        ("steward", {"field:gate", "parcels:counter", "keys:home", "goods:list", "visitors:new-pass"}, set()),
    ],
)  # fmt: skip
def test_each_post_finds_its_pages_and_no_others(
    phone: Any, north: Community, who: str, open_to: set[str], closed: set[str]
) -> None:
    page = opened(phone, north, who)
    for name in open_to:
        assert f'href="{reverse(name, args=["north"])}"' in page, name
    for name in closed:
        assert f'href="{reverse(name, args=["north"])}"' not in page, name


def test_every_way_it_shows_opens(phone: Any, north: Community) -> None:
    client = phone(north, "steward")
    page = client.get(at("more")).content.decode()
    for _label, ways in GROUPS:
        for way in ways:
            url = reverse(way.name, args=["north"])
            if f'href="{url}"' in page:
                assert client.get(url).status_code == 200, way.name


def test_what_i_have_out_stands_on_my_page_alone(phone: Any, north: Community) -> None:
    lend(a_key(north, name="天台门"), by=north.by("receptionist"), **loan(north))
    assert "天台门" in opened(phone, north, "technician") and "天台门" not in opened(phone, north, "guard")


def test_a_code_leads_to_its_pass_its_key_or_its_parcel(phone: Any, north: Community) -> None:
    one = issue(north.project, by=north.by("owner"), house=north.house.code, visitor="陶访客", purpose="探亲")
    agreed(north)
    parcel, key = taken(north), a_key(north)
    client = phone(north, "steward")
    assert "陶访客" in client.post(at("scan"), {"q": str(one.code)}).content.decode()
    shown = client.post(at("scan"), {"q": parcel.code}).content.decode()
    assert parcel.addressee in shown and "data-signature" in shown
    tag = f"https://example.org{reverse('keys:tag', args=['north', key.tag])}"
    assert str(key.pk) in client.post(at("scan"), {"q": tag}).headers["Location"]


def test_a_code_of_nothing_or_of_what_the_post_may_not_know_leads_nowhere(phone: Any, north: Community) -> None:
    agreed(north)
    parcel = taken(north)
    answer = phone(north, "guard").post(at("scan"), {"q": parcel.code}, follow=True)
    assert parcel.addressee not in answer.content.decode() and "没有这个码" in answer.content.decode()
    one = issue(north.project, by=north.by("owner"), house=north.house.code, visitor="陶访客", purpose="探亲")
    answer = phone(north, "technician").post(at("scan"), {"q": str(one.code)}, follow=True)
    assert "陶访客" not in answer.content.decode()
