"""A guard reads a resident's pass with the camera and sees who is inside; a parcel is signed for at a door."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.domains.parcels.models import Parcel, State
from guanjia.domains.parcels.tests.taking import agreed
from guanjia.domains.parcels.tests.taking import taken as parcel_here
from guanjia.domains.visitors.models import Visitor
from guanjia.domains.visitors.operations import issue
from guanjia.people.tests.cast import Community
from guanjia.web.tests.chromium import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.clause("VIS-01")
def test_the_camera_reads_a_pass_and_its_visitor_is_let_in(hand: Any, north: Community) -> None:
    one = issue(north.project, by=north.by("owner"), house=north.house.code, visitor="陶访客", purpose="探亲")
    page = hand(north, "guard", sees=f"GJ{one.code}")
    page.goto("/p/north/field/more")
    page.click("[data-scan]")
    page.wait_for_selector("#act-form")  # found, posted, and the pass stands there
    assert "陶访客" in page.inner_text("main") and fits(page) and str(one.code) not in page.url
    page.check("[name=id_type][value=id_card]", force=True)
    page.fill("[name=id_number]", "330106199003074517")
    page.click("button[form=act-form]")
    assert until(lambda: Visitor.objects.filter(state="inside").exists())
    page.goto("/p/north/field/gate")
    assert "陶访客" in page.inner_text("main") and fits(page)


def test_without_a_camera_the_reason_is_said_and_typing_goes_on(hand: Any, north: Community) -> None:
    page = hand(north, "guard")
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page.goto("/p/north/field/gate")
    page.click("[data-scan]")
    page.wait_for_selector("dialog.scan[open].scan-dark")
    assert "https" in page.inner_text("dialog.scan")
    page.click("dialog.scan [data-close]")
    page.fill("#id_code", "ABCD EFGH")
    page.click("main form button[type=submit]")
    page.wait_for_selector("#code-said")
    assert not Visitor.objects.exists()


@pytest.mark.clause("PAR-06")
def test_a_parcel_is_handed_out_at_a_door_against_a_signature(hand: Any, north: Community) -> None:
    agreed(north)
    parcel = parcel_here(north)
    page = hand(north, "steward")
    page.goto("/p/north/field/more")
    page.fill("#any-code", parcel.code)
    page.click("main form button[type=submit]")
    page.wait_for_selector("[data-signature] canvas")
    assert parcel.number in page.inner_text("main") and fits(page)
    pad = page.locator("[data-signature] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 90, steps=6)
    page.mouse.up()
    assert until(lambda: page.evaluate("document.querySelector('[data-signature] input[type=file]').files.length") == 1)
    page.click("form[action$='/parcels/sign'] button[type=submit], form[action$='/parcels/sign'] .btn-lg")
    assert until(lambda: Parcel.objects.filter(pk=parcel.pk, state=State.COLLECTED).exists())
