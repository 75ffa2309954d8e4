"""Journeys on a phone of 390 px, with the system's Chromium: a repair from acceptance to signature, and without a network."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.repairs import operations as repairs
from guanjia.domains.repairs.queries import order_of
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.parts.files.queries import files_of
from guanjia.people.tests.cast import Community
from guanjia.web.tests.chromium import until

from .conftest import picture, taken, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photograph(page: Any) -> None:
    shot = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture().read()}
    page.set_input_files("input[name=photos]", [shot])
    page.wait_for_selector("[data-shown]")


def state(case: Case) -> str:
    return str(Case.objects.values_list("state", flat=True).get(pk=case.pk))


@pytest.mark.clause("RPR-02", "RPR-03", "RPR-06")
def test_a_technician_accepts_arrives_with_a_photo_and_finishes_with_a_signature(hand: Any, north: Community) -> None:
    case = taken(north, urgency="emergency", problem="burst")
    page = hand(north, "technician")
    page.goto("/p/north/field/?tab=accept")
    page.click(f'form[action="{url(north, case, "accept")}"] button')
    page.wait_for_load_state("networkidle")
    assert until(lambda: state(case) == "working")
    page.goto(url(north, case))
    page.click(".phone-foot .btn-primary")
    photograph(page)
    page.click("button[form=act-form]")
    page.wait_for_url(f"**{url(north, case)}")
    page.click(".phone-foot .btn-primary")
    photograph(page)
    page.fill("[name=work_done]", "更换软管，试水不漏")
    page.click("[data-line-add]")
    page.fill("[name=line-0-name]", "软管 40 cm")
    page.fill("[name=line-0-unit_fen]", "18.00")
    page.click("[data-line] [data-step='1']")
    pad = page.locator("[data-signature] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 60, steps=6)
    page.mouse.up()
    assert until(lambda: page.evaluate("document.querySelector('[name=signature]').files.length") == 1)
    page.check("[name=is_cleared]")
    page.click("button[form=act-form]")
    page.wait_for_url("**/p/north/field/")
    order = order_of(Case.objects.get(pk=case.pk))
    assert state(case) == "done" and order.work_done.startswith("更换软管") and order.materials.get().quantity == 2
    assert [files_of(case, p).count() for p in ("before", "after", "signature")] == [1, 1, 1]


def test_a_refused_finish_gives_back_the_photos_and_the_signature(hand: Any, north: Community) -> None:
    case = taken(north, urgency="emergency", problem="burst")
    repairs.accept(case, by=north.by("technician"))
    repairs.arrive(case, by=north.by("technician"))
    page = hand(north, "technician")
    page.goto(url(north, case, "finish"))
    photograph(page)
    page.click("button[form=act-form]")
    page.wait_for_selector(".refusal")
    assert state(case) == "working" and page.evaluate("document.querySelector('[name=photos]').files.length") == 1
    page.fill("[name=work_done]", "关阀换管")
    page.click("button[form=act-form]")
    assert until(lambda: state(case) == "done")


def test_without_a_network_the_arrival_waits_and_is_sent_with_its_time(hand: Any, north: Community) -> None:
    case = taken(north, at=timezone.now() - timedelta(minutes=5), urgency="emergency", problem="burst")
    repairs.accept(case, by=north.by("technician", timezone.now() - timedelta(minutes=4)))
    page = hand(north, "technician")
    page.goto(url(north, case, "arrive"))
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    photograph(page)
    pressed = timezone.now()
    page.click("button[form=act-form]")
    page.wait_for_selector("[data-offline-line]:not([hidden])")
    assert (
        "不会丢" in page.inner_text("[data-offline-line]") and order_of(Case.objects.get(pk=case.pk)).arrived_at is None
    )
    time.sleep(2)
    page.context.set_offline(False)
    assert until(lambda: Event.objects.filter(name="repairs.arrive").exists())
    event = Event.objects.get(name="repairs.arrive")
    assert abs(event.at - pressed) < timedelta(seconds=1.5) and files_of(case, "before").count() == 1
    assert until(lambda: page.evaluate("document.querySelector('[data-offline-line]').hidden"))


def test_what_was_refused_later_stands_in_not_accepted_with_its_text(hand: Any, north: Community) -> None:
    case = taken(north)
    page = hand(north, "technician")
    page.goto(url(north, case, "send_back"))
    page.context.set_offline(True)
    page.fill("[name=reason]", "不是我的工种")
    page.click("button[form=act-form]")
    page.wait_for_selector("[data-offline-line]:not([hidden])")
    repairs.transfer(case, by=north.by("supervisor"), executor=north.staff["electrician"], reason="需要电工")
    page.context.set_offline(False)
    page.wait_for_selector("[data-not-accepted]:not([hidden]) .notice")
    assert (
        "不是我的工种" in page.inner_text("[data-not-accepted]")
        and not Event.objects.filter(name="repairs.send_back").exists()
    )


@pytest.mark.parametrize(
    ("status", "led_to", "taken", "door"),
    [
        (200, "/p/north/field/", True, False),
        (200, "/login?next=/p/north/field/", False, True),
        (200, "/lock", False, True),
        (200, "/account/password", False, True),
        (401, "", False, True),
        (200, "", False, False),  # a page without a redirect is no success: the text goes to “not accepted”
        (422, "", False, False),
        (404, "/p/north/field/", False, False),
    ],
)
def test_only_what_leads_on_to_the_work_counts_as_sent(
    hand: Any, north: Community, status: int, led_to: str, taken: bool, door: bool
) -> None:
    page = hand(north, "technician")
    page.goto("/p/north/field/me")
    said = page.evaluate(
        """([status, to]) => import("/static/web/js/outbox.js").then((box) => {
            const answer = { status, ok: status < 300, redirected: Boolean(to), url: location.origin + to };
            return [box.accepted(answer), box.atDoor(answer)];
        })""",
        [status, led_to],
    )
    assert said == [taken, door]


def test_a_kept_page_opens_without_a_network_and_logging_out_empties_the_phone(hand: Any, north: Community) -> None:
    case = taken(north)
    page = hand(north, "technician")
    page.goto(url(north, case, "note"))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(url(north, case, "note"))
    page.goto("/p/north/field/me")
    page.context.set_offline(True)
    page.goto(url(north, case, "note"))
    page.fill("[name=words]", "地下室没有信号，先记在这里")
    page.click("button[form=act-form]")
    page.wait_for_selector("[data-offline-line]:not([hidden])")
    page.context.set_offline(False)
    assert until(lambda: Event.objects.filter(name="cases.note").exists())
    assert until(lambda: page.evaluate("document.querySelector('[data-offline-line]').hidden"))
    page.goto("/p/north/field/me")
    page.click("[data-logout] button")
    page.wait_for_url("**/login*")
    kept = page.evaluate("Promise.all([caches.keys(), indexedDB.databases()]).then(([a, b]) => a.length + b.length)")
    assert kept == 0


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_is_wider_than_the_phone(hand: Any, north: Community, width: int) -> None:
    case = taken(north)
    repairs.accept(case, by=north.by("technician"))
    page = hand(north, "technician")
    page.set_viewport_size({"width": width, "height": 700})
    pages = [
        "/p/north/field/",
        "/p/north/field/me",
        "/p/north/field/notices",
        url(north, case),
        url(north, case) + "/call",
    ]
    pages += [
        url(north, case, verb) for verb in ("finish", "pause", "agree_visit", "arrive", "quote", "note", "use_material")
    ]
    for address in pages:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
