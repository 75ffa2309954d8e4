"""A resident's phone of 390 px, with the system's Chromium: from the code to the rating, and without a network."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import order_of
from guanjia.parts.casework.models import Case
from guanjia.parts.files.queries import files_of
from guanjia.people.tests.cast import Community
from guanjia.shells.field.tests.test_phone_journeys import photograph
from guanjia.web.tests.chromium import until

from .conftest import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hand(windows: Any, settings: Any) -> Callable[..., Any]:
    """`hand()` opens a phone that nobody is signed in on; the demo says its code on the page."""
    settings.DEMO = True

    def open_phone(*, scripts: bool = True) -> Any:
        return windows(390, java_script_enabled=scripts)

    return open_phone


def signed_in(page: Any, phone: str) -> None:
    page.goto("/portal")
    page.fill("[name=phone]", phone)
    page.click("form.form button.btn-primary")
    page.wait_for_selector("[name=code]")
    found = re.search(r"验证码是 (\d{6})", page.inner_text("main"))
    assert found
    page.fill("[name=code]", found[1])
    page.click("form.form button.btn-primary")
    page.wait_for_selector(".quick")


def filled(page: Any) -> None:
    page.goto("/p/north/home/report")
    page.click("label:has(input[value=water])")
    page.click("label:has(input[value='plumbing:tap'])")
    page.fill("[name=content]", "洗手盆龙头关不紧")
    photograph(page)


@pytest.mark.clause("CASE-02", "RPR-08")
def test_sign_in_by_code_report_with_a_photo_follow_confirm_and_rate(hand: Any, north: Community) -> None:
    page = hand()
    signed_in(page, north.owner.phone)
    filled(page)
    page.click("button[form=act-form]")
    page.wait_for_selector(".story")
    case = Case.objects.get()
    assert case.number in page.inner_text("main") and files_of(case, "reported").count() == 1
    technician = north.by("technician")
    repairs.dispatch(case, by=north.by("officer"), executor=north.staff["technician"])
    repairs.accept(case, by=technician)
    repairs.agree_visit(case, by=technician, appointment_from=technician.at)
    repairs.arrive(case, by=north.by("technician"))
    repairs.finish(case, by=north.by("technician"), work_done="换了阀芯", finding="fixed", photos=[picture()])
    page.reload()
    assert north.staff["technician"].name in page.inner_text("main") and "换了阀芯" in page.inner_text("main")
    page.click("label:has(input[value=satisfied])")
    page.click("button[form=act-form]")
    assert until(lambda: Case.objects.get(pk=case.pk).state == "confirmed")
    assert order_of(Case.objects.get(pk=case.pk)).rating == "satisfied"


def test_a_report_without_a_network_waits_on_the_phone_and_is_sent_once(hand: Any, north: Community) -> None:
    page = hand()
    signed_in(page, north.owner.phone)
    filled(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.click("button[form=act-form]")
    page.wait_for_selector("[data-offline-line]:not([hidden])")
    assert "不会丢" in page.inner_text("[data-offline-line]") and not Case.objects.exists()
    page.context.set_offline(False)
    assert until(lambda: Case.objects.count() == 1)
    assert until(lambda: page.evaluate("document.querySelector('[data-offline-line]').hidden"))
    case = Case.objects.get()
    assert (case.content, case.resident) == ("洗手盆龙头关不紧", north.owner) and files_of(
        case, "reported"
    ).count() == 1


def test_words_of_danger_show_whom_to_ring_before_anything_is_sent(hand: Any, north: Community) -> None:
    page = hand()
    signed_in(page, north.owner.phone)
    page.goto("/p/north/home/report")
    assert not page.is_visible("[data-alarm]")
    page.fill("[name=content]", "厨房有煤气味")
    page.wait_for_selector("[data-alarm=gas]:not([hidden])")
    assert page.is_visible(f"[data-alarm=gas] a[href='tel:{north.project.hotline}']") and not Case.objects.exists()


def test_no_page_is_wider_than_a_narrow_phone(hand: Any, north: Community) -> None:
    page = hand()
    signed_in(page, north.owner.phone)
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("", "report", "matters", "me", "consents", "data", "household"):
        page.goto(f"/p/north/home/{name}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.set_viewport_size({"width": 1440, "height": 900})  # and at a desk what sends is as wide as what is written
    page.goto("/p/north/home/report")
    sent, written = (page.locator(at).bounding_box() for at in ("button[form=act-form]", "[name=content]"))
    assert sent["width"] >= written["width"]


def test_an_old_phone_reports_without_any_script(hand: Any, north: Community) -> None:
    page = hand(scripts=False)
    signed_in(page, north.owner.phone)
    page.goto("/p/north/home/report")
    page.check("input[value='plumbing:leak']", force=True)
    page.fill("[name=content]", "水槽漏水")
    page.click("button[form=act-form]")
    page.wait_for_selector(".story")
    assert Case.objects.get().content == "水槽漏水"
