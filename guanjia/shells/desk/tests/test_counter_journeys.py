"""A day at the counter in a real browser: what rings, comes, waits, is handed over; what is lent on somebody's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from guanjia.domains.keys.models import Key, State
from guanjia.domains.keys.tests.made import a_key
from guanjia.domains.parcels.models import Parcel
from guanjia.domains.parcels.tests.taking import agreed, picture
from guanjia.domains.reception.models import Slip
from guanjia.domains.shifts.models import Handover
from guanjia.kernel.actors import system
from guanjia.parts.custody.models import Count, Handout
from guanjia.parts.instructions.operations import note
from guanjia.parts.telephone.operations import connect, ring
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIN = "402917"


@pytest.fixture
def sits(windows: Any, seat: Any) -> Callable[..., Any]:
    """`sits(north, "receptionist")` opens a screen of 1440 px for that person, who is logged in."""

    def open_for(community: Community, who: str, extension: str = "") -> Any:
        client = seat(community, who)
        if extension:
            client.post("/p/north/telephone/seat", {"extension": extension})
        return windows(client=client)

    return open_for


def with_pin(*names: str) -> None:
    for name in names:
        account = Account.objects.get(username=name)
        account.set_pin(PIN)
        account.save(update_fields=["pin"])


def sent(page: Any) -> None:
    """Ctrl+Enter, and the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def pick(page: Any, field: str, name: str) -> None:
    """One of many, by typing."""
    page.click(field)
    page.keyboard.type(name)
    page.click(f"{field}-list [role=option]:has-text('{name}')")


def signed(page: Any) -> None:
    """A stroke of the pen; what rings meanwhile comes in above the pad and moves it, then it is drawn again."""
    page.wait_for_selector("[data-signature][data-ready]")
    for _stroke in range(5):
        pad = page.locator("[data-signature] canvas").bounding_box()
        page.mouse.move(pad["x"] + 40, pad["y"] + 60)
        page.mouse.down()
        page.mouse.move(pad["x"] + 160, pad["y"] + 90)
        page.mouse.up()
        if page.locator("[data-signed-at]:not(:empty)").count():  # at once: who sends in the same breath has signed
            return
    raise AssertionError("it was not signed")


def explained(page: Any) -> None:
    """Every line of the handover that still owes its word."""
    while (asks := page.locator(".handover-line.owes form.handover-explain")).count():
        form = asks.first
        if form.locator("[name=found]").count():
            form.locator("[name=found]").fill(form.locator("xpath=..").locator(".count").first.inner_text())
        form.locator("[name=reason]").fill("已当面说明")
        with page.expect_navigation():
            form.locator("button").click()


@pytest.mark.clause("DESK-07", "PAR-06", "SFT-09")
def test_a_call_pops_a_slip_is_written_a_parcel_goes_and_the_shift_is_signed_over(north: Community, sits: Any) -> None:
    with_pin("north.officer")
    agreed(north)
    line = connect(north.project, by=north.by("administrator"), name="总机")
    page = sits(north, "receptionist", "801")
    page.goto("/p/north/desk")
    ring(north.project, by=system(), line=line, reference="c-1", number=north.owner.phone, extension="801")
    page.wait_for_url(f"**/desk/resident/{north.owner.pk}*")

    page.goto("/p/north/reception/slips/new")
    page.fill("#id_caller", "装饰公司 丁经理")
    page.fill("#id_phone", "13600002233")
    pick(page, "#id_addressee", north.staff["manager"].name)
    page.fill("#id_message", "请回电确认进场时间")
    sent(page)
    assert Slip.objects.get().addressee == north.staff["manager"]

    page.goto(f"/p/north/parcels/accept?resident={north.owner.pk}")
    page.fill("#id_position", "A-3")
    page.check("#id_confirmed")
    page.check("#id_intact")
    shot = {"name": "a.png", "mimeType": "image/png", "buffer": picture().read()}
    page.set_input_files("input[name=photos]", [shot])
    page.focus("#id_position")
    sent(page)
    parcel = Parcel.objects.get()

    page.goto("/p/north/parcels/counter")  # from here on no mouse but the pen of whoever signs
    page.keyboard.type(parcel.code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    signed(page)
    sent(page)
    parcel.refresh_from_db()
    assert parcel.collected_at and page.evaluate("document.activeElement.id") == "pickup-q"

    page.goto("/p/north/shift/handovers/new")
    page.fill("#id_important", "明早停水")
    sent(page)
    handover = Handover.objects.get()
    for _anew in range(3):  # the lines are live: what begins to press meanwhile is explained too
        explained(page)
        page.goto(f"/p/north/handover/{handover.pk}/do/sign")
        page.fill("#id_present_username", "north.officer")
        page.fill("#id_present_pin", PIN)
        sent(page)
        handover.refresh_from_db()
        if handover.signed_at:
            break
        page.goto(reverse("shifts:handover", args=["north", handover.pk]))
    assert handover.receiver == north.staff["officer"] and handover.signed_at


@pytest.mark.clause("KEY-10", "KEY-11", "KEY-05")
def test_a_public_key_is_asked_for_signed_lent_returned_and_counted(north: Community, sits: Any) -> None:
    key, owners = a_key(north, "public_key", name="天台门"), a_key(north, "owner_key")
    note(north.project, by=north.by("receptionist"), house=north.house.code, kind="ring_first", words="先打电话")
    desk = sits(north, "receptionist")
    desk.goto("/p/north/keys")
    desk.keyboard.type(key.number)
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    desk.click(f"main a[href*='/key/{key.pk}/do/lend']")
    desk.wait_for_selector("#id_employee", state="attached")
    pick(desk, "#id_employee", north.staff["technician"].name)
    desk.fill("#id_purpose", "装航空灯")
    sent(desk)
    desk.wait_for_url("**/approvals/*")
    assert not Handout.objects.exists()

    lead = sits(north, "supervisor")
    lead.goto(desk.url)
    with lead.expect_navigation():
        lead.click("main form button.btn-primary")
    key.refresh_from_db()
    assert key.state == State.LENT and Handout.objects.get().approved_by == north.staff["supervisor"].name

    desk.goto(f"/p/north/keys?key={owners.pk}")
    assert "先打电话" in desk.content()
    desk.goto(f"/p/north/keys?key={key.pk}")
    desk.click("main a[href*='/do/take_back']")
    desk.wait_for_selector("#id_condition", state="attached")
    sent(desk)
    key.refresh_from_db()
    assert key.state == State.IN_STORE

    desk.goto("/p/north/custody/counts/new?kind=key")
    sent(desk)
    count = Count.objects.get()
    for verb in ("mark_rest", "close_count"):
        desk.goto(f"/p/north/stock_count/{count.pk}/do/{verb}")
        sent(desk)
    count.refresh_from_db()
    assert (count.expected, count.found) == (Key.objects.count(), Key.objects.count())
