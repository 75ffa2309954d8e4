"""The desk over HTTP: who gets in, what is found, how a call is taken, what a page costs."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guanjia.kernel import search
from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.people.models import CareTag
from guanjia.people.tests.cast import Community
from guanjia.places.models import House

from .conftest import repair, written

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


PAGES = ("today", "desk", "cases", "desk/stranger", "cases/counts")


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_the_counter_and_are_404_for_another_project(
    north: Community, south: Community, seat: Any, page: str
) -> None:
    client = seat(north, "receptionist")
    assert client.get(f"/p/north/{page}").status_code == 200
    assert client.get(f"/p/south/{page}").status_code == 404
    assert client.get(f"/p/nowhere/{page}").status_code == 404


def test_a_resident_of_another_project_is_404_like_one_that_does_not_exist(
    north: Community, south: Community, seat: Any
) -> None:
    client = seat(north, "receptionist")
    assert client.get(f"/p/north/desk/resident/{north.owner.pk}").status_code == 200
    for pk in (south.owner.pk, 999999, "9" * 40):
        assert client.get(f"/p/north/desk/resident/{pk}").status_code == 404
    assert client.get(f"/p/south/desk/resident/{south.owner.pk}").status_code == 404


def test_a_case_of_another_project_is_404_on_its_page_and_at_each_verb(
    north: Community, south: Community, seat: Any
) -> None:
    case = repair(south)
    client = seat(north, "supervisor")
    for url in (f"/p/north/case/{case.pk}", f"/p/north/case/{case.pk}/do/dispatch", f"/p/south/case/{case.pk}"):
        assert client.get(url).status_code == 404
    assert client.post(f"/p/north/case/{case.pk}/do/dispatch", {}).status_code == 404
    case.refresh_from_db()
    assert case.state == "open"


def test_a_resident_finds_no_staff_page(north: Community, seat: Any) -> None:
    client = seat(north, "owner")
    assert client.get("/p/north/today").status_code == 404


def test_who_does_not_work_at_the_desk_is_told_so(north: Community, seat: Any) -> None:
    assert seat(north, "hr").get("/p/north/desk").status_code == 403


@pytest.mark.clause("PRIV-01")
def test_the_bar_finds_a_phone_by_its_last_four_digits_masked(north: Community, seat: Any) -> None:
    client = seat(north, "receptionist")
    page = client.post("/p/north/bar", {"q": north.owner.phone[-4:]}, headers=HX).content.decode()
    assert north.owner.name in page and north.owner.phone not in page and "****" in page


@pytest.mark.parametrize("text", ["1", "01", "390", "%%", "'", "x" * 200])
def test_the_bar_does_not_find_a_phone_digit_by_digit(north: Community, seat: Any, text: str) -> None:
    answer = seat(north, "receptionist").post("/p/north/bar", {"q": text}, headers=HX)
    assert answer.status_code == 200 and north.owner.name not in answer.content.decode()


def test_the_bar_finds_a_house_and_a_case_by_digits(north: Community, seat: Any) -> None:
    case = repair(north)
    client = seat(north, "receptionist")
    assert "3-2-1201" in client.post("/p/north/bar", {"q": "1201"}, headers=HX).content.decode()
    assert f"/case/{case.pk}" in client.post("/p/north/bar", {"q": case.number[-4:]}, headers=HX).content.decode()


def test_who_says_1201_means_the_room_before_digits_that_meet_across_a_dash(north: Community, seat: Any) -> None:
    near = House.objects.create(
        project=north.project, building=north.house.building, unit=north.house.unit, floor=2, room="201", code="3-1-201"
    )
    search.index(north.project.pk, "house", near.pk, near.search_text(), ())
    page = seat(north, "receptionist").post("/p/north/bar", {"q": "1201"}, headers=HX).content.decode()
    assert page.index(f"/desk/house/{north.house.pk}") < page.index(f"/desk/house/{near.pk}")


def test_the_bar_finds_nobody_of_another_project(north: Community, south: Community, seat: Any) -> None:
    page = seat(north, "receptionist").post("/p/north/bar", {"q": south.owner.name[:2]}, headers=HX)
    assert south.owner.name not in page.content.decode()


@pytest.mark.clause("PRIV-02")
def test_a_care_note_is_for_those_who_visit_not_for_everybody(north: Community, seat: Any) -> None:
    CareTag.objects.create(
        project=north.project,
        resident=north.owner,
        kind="elderly",
        note="听力弱，敲门后多等一会儿",
        noted_on=timezone.localdate(),
    )
    url = f"/p/north/desk/resident/{north.owner.pk}"
    assert "听力弱" in seat(north, "receptionist").get(url).content.decode()
    assert "听力弱" not in seat(north, "guard").get(url).content.decode()


@pytest.mark.clause("PRIV-02")
def test_the_whole_number_is_shown_only_for_a_reason(north: Community, seat: Any) -> None:
    client, url = seat(north, "receptionist"), f"/p/north/desk/resident/{north.owner.pk}/number"
    assert north.owner.phone not in client.get(f"/p/north/desk/resident/{north.owner.pk}").content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert not Event.objects.filter(name="privacy.reveal").exists()
    shown = client.post(url, {"reason": "call_back"})
    assert shown.status_code == 200 and north.owner.phone in shown.content.decode()
    assert Event.objects.filter(name="privacy.reveal").count() == 1


def test_the_case_page_locks_what_is_missing_and_hides_what_the_post_may_not(north: Community, seat: Any) -> None:
    case = repair(north, executor=north.staff["technician"])
    page = seat(north, "receptionist").get(f"/p/north/case/{case.pk}").content.decode()
    assert "/do/transfer" in page and "/do/finish" not in page and "/do/force_close" not in page
    assert "/do/force_close" in seat(north, "supervisor").get(f"/p/north/case/{case.pk}").content.decode()


def test_a_note_is_written_on_the_page_and_told_in_the_story(north: Community, seat: Any) -> None:
    case, client = repair(north), seat(north, "receptionist")
    assert (
        client.post(f"/p/north/case/{case.pk}", {"words": "业主说下午在家", "idempotency_key": "n"}).status_code == 302
    )
    assert "业主说下午在家" in client.get(f"/p/north/case/{case.pk}").content.decode()


def test_an_empty_note_is_refused_on_the_same_page(north: Community, seat: Any) -> None:
    case = repair(north)
    assert seat(north, "receptionist").post(f"/p/north/case/{case.pk}", {"words": ""}).status_code == 422


def test_any_verb_has_its_page_and_a_refusal_keeps_the_text(north: Community, seat: Any) -> None:
    case, client = repair(north), seat(north, "supervisor")
    url = f"/p/north/case/{case.pk}/do/cancel"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "x" * 300}).status_code == 422
    assert client.post(url, {"reason": "业主自己修好了"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "cancelled"
    again = client.post(url, {"reason": "再来一次"})
    assert again.status_code == 409 and "再来一次" in again.content.decode()


def test_a_verb_the_post_may_not_do_is_403_and_an_unknown_one_404(north: Community, seat: Any) -> None:
    case, client = repair(north), seat(north, "receptionist")
    assert client.get(f"/p/north/case/{case.pk}/do/force_close").status_code == 403
    assert client.post(f"/p/north/case/{case.pk}/do/force_close", {"reason": "x"}).status_code == 403
    assert client.get(f"/p/north/case/{case.pk}/do/explode").status_code == 404


@pytest.mark.parametrize("at", ["not a time", "2999-01-01T00:00", "0001-01-01T00:00"])
def test_a_claimed_time_that_cannot_be_is_refused(north: Community, seat: Any, at: str) -> None:
    case = repair(north)
    answer = seat(north, "supervisor").post(f"/p/north/case/{case.pk}/do/chase", {"at": at})
    assert answer.status_code == 422 and not Event.objects.filter(name="cases.chase").exists()


def test_picked_rows_are_sent_and_the_refused_are_named(north: Community, south: Community, seat: Any) -> None:
    a, b, foreign = repair(north), repair(north, "客厅灯不亮"), repair(south)
    b_sent = repair(north, "已派", executor=north.staff["technician"])
    client = seat(north, "supervisor")
    client.post(
        "/p/north/cases/dispatch", {"pick": [a.pk, b.pk, b_sent.pk, foreign.pk, "9" * 40], "idempotency_key": "p"}
    )
    assert set(Case.objects.filter(state="dispatched").values_list("pk", flat=True)) == {a.pk, b.pk, b_sent.pk}
    assert b_sent.number in client.get("/p/north/cases").content.decode()


@pytest.mark.parametrize("view", ["open", "late", "soon", "mine", "ended", "nonsense"])
def test_the_queue_pages_through_every_case_once(north: Community, seat: Any, view: str) -> None:
    from guanjia.shells.desk import listing

    made = {repair(north, f"第 {n} 件").pk for n in range(5)}
    by = north.by("receptionist")
    rows = listing.chosen(north.project, by, "open", {}, "")
    seen, after = [], ""
    for _ in range(9):
        found = listing.page(rows, north.project, by_due=True, after=after, size=2)
        seen += [c.pk for c in found.cases]
        after = found.next
        if not after:
            break
    assert sorted(seen) == sorted(made)
    assert seat(north, "receptionist").get(f"/p/north/cases?view={view}").status_code == 200


@pytest.mark.parametrize("query", ["after=zzz", "after=d9999999999999999999.1", "building=" + "9" * 40, "executor=x", "n=-5", "after=d99999999999999999.999999999999999999"])  # fmt: skip
def test_a_forged_address_is_never_an_error(north: Community, seat: Any, query: str) -> None:
    repair(north)
    assert seat(north, "receptionist").get(f"/p/north/cases?{query}").status_code == 200


@pytest.mark.parametrize("view", ["open", "late", "ended"])
def test_the_queue_costs_ten_statements_whatever_its_size(north: Community, seat: Any, view: str) -> None:
    client = seat(north, "receptionist")
    costs = []
    for more in (2, 14):
        for n in range(more):
            repair(north, f"灯不亮 {n}", resident=None, caller_phone="13900001234", caller_name="客")
        client.get(f"/p/north/cases?view={view}")  # what a process reads once for its rows is read
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/p/north/cases?view={view}").status_code == 200
        costs.append(len(asked))
    assert max(costs) <= 10, costs


def test_an_export_neutralises_formulas_and_leaves_an_event(north: Community, seat: Any) -> None:
    for sign in "=+-@":
        repair(north, f"{sign}HYPERLINK(1)")
    answer = seat(north, "supervisor").post("/p/north/cases/export", {"view": "open"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        written = "".join(book.read(one).decode() for one in book.namelist() if one.endswith(".xml"))
    assert written.count("HYPERLINK(1)") == 4 and "<f>" not in written
    assert not [sign for sign in "=+-@" if f">{sign}HYPERLINK" in written]
    assert Event.objects.get(name="cases.export").given["rows"] == 4


def test_a_number_that_a_caller_left_in_words_stands_in_no_list_and_no_export(north: Community, seat: Any) -> None:
    case = repair(north, "请联系我母亲 13755501234")
    listed = seat(north, "receptionist").get("/p/north/cases?view=open").content.decode()
    assert "137****1234" in listed and "13755501234" not in listed
    answer = seat(north, "supervisor").post("/p/north/cases/export", {"view": "open"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert not [name for name in book.namelist() if b"13755501234" in book.read(name)]
    assert "13755501234" in seat(north, "receptionist").get(f"/p/north/case/{case.pk}").content.decode()


def test_who_may_not_export_gets_nothing(north: Community, seat: Any) -> None:
    assert seat(north, "receptionist").post("/p/north/cases/export", {"view": "open"}).status_code == 403


def test_today_tells_what_waits_and_what_was_promised(north: Community, seat: Any) -> None:
    from guanjia.domains.repairs.operations import accept, agree_completion

    case = repair(north, "阳台地漏", executor=north.staff["technician"])
    accept(case, by=north.by("technician"))
    agree_completion(case, by=north.by("technician"), completion_agreed_at=timezone.now() + timedelta(hours=3))
    for who in ("technician", "receptionist", "supervisor", "manager", "steward", "guard", "cashier", "hr"):
        page = seat(north, who).get("/p/north/today")
        assert page.status_code == 200
        if who == "technician":
            assert page.content.decode().count("阳台地漏") >= 2


def test_nobody_reads_the_desk_without_logging_in(north: Community) -> None:
    assert Client().get("/p/north/desk").headers["Location"].startswith("/login")
    assert Client().post("/p/north/bar", {"q": "1201"}, headers=HX).status_code == 401


def test_the_queue_is_searched_by_words_that_never_stand_in_an_address(north: Community, seat: Any) -> None:
    a, b = repair(north, "屋面渗水"), repair(north, "门铃坏了")
    client = seat(north, "receptionist")
    page = client.post("/p/north/cases", {"q": "门铃"}).content.decode()
    assert f"/case/{b.pk}" in page and f"/case/{a.pk}" not in page
    assert "%E9%97%A8%E9%93%83" not in page
    assert client.post("/p/north/cases", {"q": "'\"<%%" * 30}).status_code == 200


def test_a_house_opens_with_who_lives_there_and_takes_a_call(north: Community, seat: Any) -> None:
    client, url = seat(north, "receptionist"), f"/p/north/desk/house/{north.house.pk}"
    assert north.owner.name in client.get(url).content.decode()
    data = written(house=str(north.house.pk), then="record", caller_phone="13900001234")
    assert client.post(url, data).status_code == 302 and Case.objects.get().house_id == north.house.pk


def test_a_house_of_another_project_is_404(north: Community, south: Community, seat: Any) -> None:
    assert seat(north, "receptionist").get(f"/p/north/desk/house/{south.house.pk}").status_code == 404
