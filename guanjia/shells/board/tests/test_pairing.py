"""Pairing a display: a code at the wall, entered in the office, good once; revoked, it reads nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.people.tests.cast import Community
from guanjia.shells.board import pairing
from guanjia.shells.board.models import Display, PairingCode
from guanjia.shells.board.operations import pair_display, rename_display, revoke_display

from .conftest import code_on

pytestmark = pytest.mark.django_db
Hang = Callable[..., tuple[Client, Display]]


def test_a_screen_without_a_token_is_asked_to_be_paired_and_writes_nothing(north: Community) -> None:
    page = Client().get("/board")
    assert page.status_code == 200 and north.project.name not in page.content.decode()
    assert not PairingCode.objects.exists()


def test_paired_it_shows_the_board_of_its_project_and_the_pairing_leaves_one_event(
    north: Community, hang: Hang
) -> None:
    screen, display = hang(north)
    assert north.project.name in screen.get("/board").content.decode()
    event = Event.objects.get(name="board.pair_display")
    assert event.subject_id == display.pk and "code" not in event.given and "digest" not in event.changes


def test_the_waiting_screen_is_led_to_its_board(north: Community) -> None:
    screen = Client()
    code = code_on(screen)
    assert screen.get("/board/waiting").status_code == 204
    pair_display(north.project, by=north.by("administrator"), code=f"{code[:3]} {code[3:]}", name="大厅")
    assert screen.get("/board/waiting").headers["HX-Redirect"] == "/board"


def test_only_managers_and_administrators_hang_up_a_board(north: Community) -> None:
    code = code_on(Client())
    for who in ("receptionist", "supervisor", "technician", "hr", "control_room"):
        with pytest.raises(Forbidden):
            pair_display(north.project, by=north.by(who), code=code, name="x")
    assert not Display.objects.exists() and PairingCode.objects.filter(taken_at__isnull=True).exists()


def test_a_code_is_good_once(north: Community, south: Community) -> None:
    code = code_on(Client())
    pair_display(north.project, by=north.by("manager"), code=code, name="一")
    for community in (north, south):
        with pytest.raises(Refused):
            pair_display(community.project, by=community.by("manager"), code=code, name="二")
    assert Display.objects.count() == 1


def test_a_code_of_yesterday_or_of_nobody_pairs_nothing(north: Community) -> None:
    code = code_on(Client())
    PairingCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for wrong in (code, "000000", "12345", "abcdef", "٣٣٣٣٣٣"):
        with pytest.raises(Refused):
            pair_display(north.project, by=north.by("manager"), code=wrong, name="x")
    assert not Display.objects.exists()


def test_the_head_office_has_no_board(north: Community, office: Any) -> None:
    from guanjia.people.models import Posting

    Posting.objects.create(
        project=office, employee=north.staff["administrator"], post="administrator", from_on="2024-01-01"
    )
    with pytest.raises(Refused):
        pair_display(office, by=north.by("administrator"), code=code_on(Client()), name="x")


def test_revoked_the_screen_reads_nothing_from_the_next_poll_on(north: Community, hang: Hang) -> None:
    screen, display = hang(north)
    assert north.project.name in screen.get("/board/figures").content.decode()
    revoke_display(display, by=north.by("manager"))
    poll = screen.get("/board/figures")
    assert poll.status_code == 204 and poll.headers["HX-Redirect"] == "/board" and not poll.content
    page = screen.get("/board").content.decode()
    assert (
        "已停用" in page and north.project.name not in page and "已停用" not in Client().get("/board").content.decode()
    )
    with pytest.raises(Conflict):
        rename_display(Display.objects.get(pk=display.pk), by=north.by("manager"), name="别处")


def test_the_token_opens_nothing_but_the_board_of_its_project(north: Community, south: Community, hang: Hang) -> None:
    screen, _display = hang(north)
    for url in ("/p/north/board", "/p/north/board/figures", "/p/south/board", "/p/north/cases", "/p/north/compliance"):
        answer = screen.get(url)
        assert answer.status_code == 302 and answer["Location"].startswith("/login"), url
    assert screen.get("/api/p/north/cases").status_code == 401
    cookie = screen.cookies[pairing.COOKIE]
    assert cookie["path"] == "/board" and cookie["httponly"]
    assert south.project.name not in screen.get("/board?project=south").content.decode()


def test_a_forged_or_overlong_token_is_as_good_as_none(north: Community, hang: Hang) -> None:
    hang(north)
    for token in ("x", "x" * 5000, "\x00"):
        screen = Client()
        screen.cookies[pairing.COOKIE] = token
        assert north.project.name not in screen.get("/board").content.decode()
        assert screen.get("/board/figures").status_code == 204


def test_another_projects_display_is_not_there(north: Community, south: Community, hang: Hang) -> None:
    from guanjia.kernel.outcomes import Unknown

    _screen, display = hang(north)
    assert not Display.visible_to(south.by("manager")).exists()
    with pytest.raises((Unknown, Forbidden)):
        revoke_display(display, by=south.by("manager"))
    assert Display.objects.get().state == Display.State.ON


def test_who_asks_for_codes_without_end_waits(north: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MOST_PER_ADDRESS", 3)
    screen = Client()
    for _time in range(3):
        code_on(screen)
    assert PairingCode.objects.count() == 3
    page = screen.post("/board/code").content.decode()
    assert "pairing-code" not in page and PairingCode.objects.count() == 3


def test_codes_of_yesterday_are_forgotten(north: Community) -> None:
    code_on(Client())
    assert pairing.sweep(timezone.now()) == 0
    assert pairing.sweep(timezone.now() + timedelta(days=2)) == 1


def test_in_the_office_the_manager_pairs_sees_and_revokes(north: Community) -> None:
    from guanjia.parts.compliance.tests.test_sums import signed_in

    screen, manager = Client(), signed_in("north.manager")
    page = manager.get(reverse("office:displays", args=["north"])).content.decode()
    assert "配对显示屏" in page
    url = f"/p/north/office/do/project/{north.project.pk}/board/pair_display"
    wrong = manager.post(url, {"code": "000000", "name": "大厅"})
    assert wrong.status_code == 422 and "000000" in wrong.content.decode()
    assert manager.post(url, {"code": code_on(screen), "name": "大厅"}).status_code == 302
    display = Display.objects.get()
    assert "大厅" in manager.get(reverse("office:displays", args=["north"])).content.decode()
    assert manager.get(reverse("office:outside", args=["north", "display", display.pk])).status_code == 200
    manager.post(f"/p/north/office/do/display/{display.pk}/board/revoke_display")
    assert screen.get("/board/figures").headers["HX-Redirect"] == "/board"
    assert signed_in("north.receptionist").get(reverse("office:displays", args=["north"])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_offices_that_enter_one_code_at_once_pair_one_display(north: Community, south: Community) -> None:
    code, done = code_on(Client()), []
    at_once = threading.Barrier(2)

    def enter(community: Community) -> None:
        by = community.by("manager")
        at_once.wait()
        try:
            pair_display(community.project, by=by, code=code, name="抢")
            done.append(community.project.code)
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=enter, args=[one]) for one in (north, south)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(done) == 1 and Display.objects.count() == 1
