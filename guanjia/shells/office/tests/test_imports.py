"""The pages of imports: who opens them, what they show, what they never show."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guanjia.config import permissions
from guanjia.parts.imports import jobs
from guanjia.parts.imports.kinds import registry
from guanjia.parts.imports.models import Import, State
from guanjia.parts.imports.tests.files import HEAD, KINDS, ROWS, at_the_office, bring, csv_of, read, send, sentences
from guanjia.people import second
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
WRONG = ["5", "1", "103", "abc", "李四", "13900001004", "", "业主", ""]


def browser(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    session = client.session
    session["generation"] = 0
    session.save()
    return client


def sent(client: Client, content: bytes, **more: Any) -> Import:
    file = SimpleUploadedFile("houses.csv", content)
    answer = client.post("/p/north/office/imports", {"kind": "homes", "file": file, "idempotency_key": "k1", **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Import.objects.get()


def test_a_file_goes_from_the_page_to_the_rows(north: Community) -> None:
    client = browser("north.manager")
    one = sent(client, csv_of([HEAD, *ROWS, WRONG]))
    place = f"/p/north/office/imports/{one.pk}"
    assert 'hx-trigger="every 2s"' in client.get(place).content.decode()
    assert client.get(f"{place}/progress").status_code == 200
    read(one)
    assert client.get(f"{place}/progress").headers["HX-Refresh"] == "true"
    shown = client.get(place).content.decode()
    assert "赵一" in shown and "13900001001" not in shown and "139****1001" in shown
    assert "abc" in shown or "李四" in shown
    report = client.get(f"{place}/wrong")
    assert report.headers["Content-Disposition"].endswith('.xlsx"') and report.content[:2] == b"PK"
    assert client.post(f"{place}/do/commit", {"idempotency_key": "k2"}).status_code == 302
    jobs.write(one.project_id, one.pk)
    one.refresh_from_db()
    assert one.state == State.DONE and ["房屋", 3, 0] in one.counts["totals"]
    assert client.get(place).status_code == 200
    assert client.get(f"/p/north/import/{one.pk}/do/reverse").status_code == 200


def test_a_commit_that_has_nothing_new_is_refused_on_the_page(north: Community) -> None:
    client = browser("north.manager")
    one = read(sent(client, csv_of([HEAD, WRONG])))
    answer = client.post(f"/p/north/office/imports/{one.pk}/do/commit", {"idempotency_key": "k3"})
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.state == State.READ


def test_a_table_whose_columns_nobody_knows_is_named_by_hand_and_remembered(north: Community) -> None:
    client, head = browser("north.manager"), ["甲", "乙", "丙", "丁", "戊"]
    table = csv_of([head, *([row[0], row[2], *row[3:6]] for row in ROWS)])
    one = read(sent(client, table))
    assert one.state == State.REFUSED and "楼栋" in one.sentence
    place = f"/p/north/office/imports/{one.pk}"
    assert "import-columns" in client.get(place).content.decode()
    chosen = {"c_0_0": "building", "c_0_3": "name", "c_0_4": "phone"}
    client.post(f"{place}/do/remap", {**chosen, "idempotency_key": "k7"})
    assert read(one).state == State.REFUSED  # a building and a name are no home
    client.post(f"{place}/do/remap", {**chosen, "c_0_1": "room", "c_0_2": "area", "idempotency_key": "k8"})
    assert read(one).state == State.READ and one.counts["wrong"] == 0, sentences(one)
    Import.objects.all().delete()
    assert read(sent(client, table, idempotency_key="k9")).state == State.READ


def test_a_guess_that_the_cells_contradict_is_not_made_and_a_file_without_a_right_row_says_so(north: Community) -> None:
    rows = [[f"{n}号楼", "自住", "1单元", f"10{n}", "89"] for n in range(1, 6)]
    one = send(north, csv_of([["楼栋名称", "房屋说明", "门洞", "户号", "产证面积（㎡）"], *rows]))
    assert one.mapping[0]["columns"] == {"0": "building", "2": "unit", "3": "room", "4": "area"}
    bad = send(north, csv_of([HEAD, WRONG]))
    page = browser("north.manager").get(f"/p/north/office/imports/{bad.pk}").content.decode()
    assert "没有一行无误" in page and "都已在档" not in page


def test_who_has_not_shown_a_second_factor_is_told_why_nothing_can_be_sent(north: Community, settings: Any) -> None:
    at_the_office(north)
    client = browser("office.hr")
    assert "两步验证" not in client.get("/p/office/office/imports").content.decode()
    settings.SECOND_FACTOR = True
    second.learn({})  # the post may, and this session need not: a right that was given while somebody was signed in
    try:
        page = client.get("/p/office/office/imports").content.decode()
    finally:
        second.learn(permissions.RIGHTS)
    assert "两步验证" in page and "/account/second?next=%2Fp%2Foffice%2Foffice%2Fimports" in page
    assert 'type="file"' not in page


def test_a_picture_is_refused_at_the_form(north: Community) -> None:
    client = browser("north.manager")
    file = SimpleUploadedFile("x.xlsx", b"\x89PNG\r\n\x1a\n123")
    answer = client.post("/p/north/office/imports", {"kind": "homes", "file": file, "idempotency_key": "k"})
    assert answer.status_code == 422 and not Import.objects.exists()


@pytest.mark.parametrize(
    "who", ["north.receptionist", "north.technician", "north.steward", "north.owner", "south.manager"]
)
def test_others_meet_no_page_of_a_file(north: Community, south: Community, who: str) -> None:
    one = read(sent(browser("north.manager"), csv_of([HEAD, *ROWS, WRONG])))
    client = browser(who)
    for place in ("", f"/{one.pk}", f"/{one.pk}/progress", f"/{one.pk}/wrong", "/template/homes"):
        assert client.get(f"/p/north/office/imports{place}").status_code == 404
    assert client.post(f"/p/north/office/imports/{one.pk}/do/commit").status_code == 404


def test_each_sends_and_takes_the_kinds_of_their_post(north: Community) -> None:
    at_the_office(north)
    offered = {
        ("north.supervisor", "north"): {"homes", "keys"},
        ("office.hr", "office"): {"staff"},
        ("north.manager", "north"): {"homes", "keys"},
    }
    for (who, project), kinds in offered.items():
        client = browser(who)
        shown = client.get(f"/p/{project}/office/imports").content.decode()
        assert {kind for kind in registry if f'value="{kind}"' in shown} == kinds
        for kind in registry:
            answer = client.get(f"/p/{project}/office/imports/template/{kind}")
            assert answer.status_code == (200 if kind in kinds else 404)
            assert kind not in kinds or answer.content[:2] == b"PK"


def test_new_staff_are_shown_their_passwords_once(north: Community) -> None:
    who, table = KINDS["staff"]
    at_the_office(north)
    one = bring(north, send(north, csv_of(table), "staff.csv", who, "staff"), who)
    client, place = browser("office.hr"), f"/p/office/office/imports/{one.pk}"
    assert "do/show_once" in client.get(place).content.decode()
    shown = client.post(f"{place}/do/show_once", {"idempotency_key": "k6"})
    assert shown.status_code == 200 and "QH101" in shown.content.decode()
    assert "do/show_once" not in client.get(place).content.decode()
    assert client.get(f"{place}/do/show_once").status_code == 405


def test_the_columns_are_changed_on_the_page(north: Community) -> None:
    client = browser("north.manager")
    one = read(sent(client, csv_of([[*HEAD[:4], "大名", "手机号"], ["5", "1", "101", "89.5", "赵一", "13900001001"]])))
    columns = {f"c_0_{at}": key for at, key in enumerate(["building", "unit", "room", "area", "name", "phone"])}
    answer = client.post(f"/p/north/office/imports/{one.pk}/do/remap", {**columns, "idempotency_key": "k4"})
    assert answer.status_code == 302
    read(one)
    assert one.counts["wrong"] == 0 and one.mapping[0]["columns"]["4"] == "name"
    twice = client.post(
        f"/p/north/office/imports/{one.pk}/do/remap", {**columns, "c_0_5": "name", "idempotency_key": "k5"}
    )
    assert twice.status_code == 422
