"""A file of houses and residents, from the upload to the rows and back."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from guanjia.domains.residents import operations as residents
from guanjia.kernel import events, search
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.imports import jobs, operations
from guanjia.parts.imports.models import Import, State
from guanjia.parts.imports.tests.files import HEAD, ROWS, book_of, bring, csv_of, read, send, sentences
from guanjia.people.models import Occupancy, Resident
from guanjia.people.tests.cast import Community
from guanjia.places.models import Building, House, Unit

pytestmark = pytest.mark.django_db


def test_a_file_is_read_shown_and_brought_in(north: Community) -> None:
    one = send(north, csv_of([HEAD, *ROWS]))
    assert one.state == State.READ, one.sentence
    assert one.counts["rows"] == 3 and one.counts["wrong"] == 0, sentences(one)
    assert not House.objects.filter(project=north.project, building__code="5").exists()
    bring(north, one)
    assert one.state == State.DONE, one.sentence
    house = House.objects.get(project=north.project, code="5-1-102")
    assert (house.area_cm2, house.floor, house.use) == (900_000, 1, "lived_in")
    home = Occupancy.objects.get(project=north.project, house=house)
    assert (home.resident.name, home.role, home.is_head, home.from_on.isoformat()) == (
        "钱二",
        "owner",
        True,
        "2021-03-05",
    )
    assert search.found([north.project.pk], "resident", "1002") == [home.resident_id]
    assert house.pk in search.found([north.project.pk], "house", "5-1-102")
    made = events.timeline(home.resident).get()
    assert made.name == "residents.bring_in_residents" and made.given["$batch"]["file"] == one.digest


def test_the_same_file_again_changes_nothing_and_says_so(north: Community) -> None:
    bring(north, send(north, csv_of([HEAD, *ROWS])))
    before = Resident.objects.count(), House.objects.count(), Occupancy.objects.count()
    again = send(north, csv_of([HEAD, *ROWS]))
    assert again.counts["new"] == 0
    with pytest.raises(Refused) as refused:
        operations.commit(again, by=north.by("manager"))
    assert "on record already" in str(refused.value.sentence) or "已" in refused.value.sentence
    assert before == (Resident.objects.count(), House.objects.count(), Occupancy.objects.count())


def test_wrong_rows_are_named_in_sentences_and_left_out(north: Community) -> None:
    wrong = [
        ["5", "1", "103", "abc", "李四", "13900001004", "", "业主", ""],
        ["5", "1", "104", "90", "周五", "1390000100", "", "业主", ""],
        ["5", "1", "105", "90", "吴六", "13900001006", "110101190001011114", "业主", ""],
        ["望江苑", "1", "106", "90", "郑七", "13900001007", "", "业主", ""],
        ["5", "1", "107", "90", "王八", "13900001008", "", "房东太太", ""],
        ["5", "1", "108", "90", "冯九", "13900001009", "", "业主", "2021年13月5日"],
        ["5", "1", "101", "91", "陈十", "13900001010", "", "租户", ""],
    ]
    one = send(north, csv_of([HEAD, *ROWS, *wrong]))
    assert one.counts["wrong"] == len(wrong), sentences(one)
    assert [s.split()[0] for s in sentences(one)] == ["5", "6", "7", "8", "9", "10", "11"]
    bring(north, one)
    assert House.objects.filter(project=north.project, building__code="5").count() == 3
    assert not Resident.objects.filter(project=north.project, name__in=[row[4] for row in wrong]).exists()


def test_a_year_of_birth_that_has_not_come_is_named_at_its_row_and_holds_up_nobody_else(north: Community) -> None:
    head, year = [*HEAD, "出生年份"], str(timezone.localdate().year + 1)
    one = send(north, csv_of([head, [*ROWS[0], "1985"], [*ROWS[1], year], [*ROWS[2], "1880"]]))
    assert [s.split()[0] for s in sentences(one)] == ["3", "4"], sentences(one)
    bring(north, one)
    assert one.state == State.DONE and Resident.objects.get(name=ROWS[0][4]).birth_year == 1985


def test_a_building_of_which_no_row_is_right_is_not_made(north: Community) -> None:
    one = send(
        north,
        csv_of([["房号", "姓名", "手机号"], ["77-1-101", "无房", "13900001991"], ["5-1-999", "也无", "13900001992"]]),
    )
    assert one.counts["wrong"] == 2 and one.counts["new"] == 0, sentences(one)
    with pytest.raises(Refused):
        operations.commit(one, by=north.by("manager"))


def test_what_only_the_act_refuses_is_said_without_a_row_that_is_another_in_the_file(
    north: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = send(north, csv_of([HEAD, ["", "", "", "", "无房", "", "", "业主", ""], *ROWS]))
    monkeypatch.setattr(
        residents.bring_in_residents.form, "clean_name", lambda form: form.add_error("name", "太长"), raising=False
    )
    bring(north, one)
    assert one.state == State.READ and "太长" in one.sentence and "行" not in one.sentence
    assert not House.objects.filter(project=north.project, building__code="5").exists()


def test_the_list_of_wrong_rows_can_be_corrected_and_sent_again(north: Community) -> None:
    from guanjia.parts.imports import keeping
    from guanjia.parts.imports.opening import open_file

    one = send(north, csv_of([HEAD, *ROWS, ["5", "1", "103", "abc", "李四", "13900001004", "", "业主", ""]]))
    sheet = open_file(keeping.content_of(one.report), "x.xlsx")[0]
    assert sheet.rows[0][: len(HEAD)] == HEAD and sheet.rows[1][2] == "103" and len(sheet.rows) == 2
    sheet.rows[1][3] = "90"
    again = send(north, book_of({"房屋": sheet.rows}), "again.xlsx")
    assert (again.counts["rows"], again.counts["wrong"]) == (1, 0), sentences(again)


def test_other_posts_and_projects_know_nothing_of_a_file(north: Community, south: Community) -> None:
    one = send(north, csv_of([HEAD, *ROWS]))
    with pytest.raises(Forbidden):
        send(north, csv_of([HEAD, *ROWS]), who="receptionist")
    with pytest.raises(Unknown):
        operations.commit(one, by=south.by("manager"))
    with pytest.raises(Unknown):
        operations.commit.submit(one, by=south.by("administrator"), data={})
    assert not Import.visible_to(north.by("technician")).exists()
    assert not Import.visible_to(north.by("owner")).exists()


def test_an_import_is_taken_back_while_nothing_was_built_on_it(north: Community) -> None:
    before = [m.objects.count() for m in (Building, Unit, House, Resident, Occupancy)]
    one = bring(north, send(north, csv_of([HEAD, *ROWS])))
    operations.reverse(one, by=north.by("manager"))
    jobs.take_back(one.project_id, one.pk)
    one.refresh_from_db()
    assert one.state == State.REVERSED
    assert before == [m.objects.count() for m in (Building, Unit, House, Resident, Occupancy)]
    assert search.found([north.project.pk], "resident", "钱二") == []


def test_what_was_built_on_an_import_stands_in_the_way_of_taking_it_back(north: Community) -> None:
    one = bring(north, send(north, csv_of([HEAD, *ROWS])))
    resident = Resident.objects.get(project=north.project, name="赵一")
    residents.give_consent(resident, by=north.by("receptionist"), purpose="contact", mode="spoken")
    with translation.override("zh-hans"), pytest.raises(Refused) as refused:
        operations.reverse(one, by=north.by("manager"))
    assert "1 条同意与授权" in refused.value.sentence
    one.refresh_from_db()
    assert one.state == State.DONE and House.objects.filter(code="5-1-101").exists()


def test_what_is_changed_while_it_is_being_taken_back_keeps_the_import(north: Community) -> None:
    one = bring(north, send(north, csv_of([HEAD, *ROWS])))
    operations.reverse(one, by=north.by("manager"))
    resident = Resident.objects.get(project=north.project, name="赵一")
    residents.change_phone(resident, by=north.by("receptionist"), phone="13900001999")
    jobs.take_back(one.project_id, one.pk)
    one.refresh_from_db()
    assert one.state == State.DONE and one.sentence
    assert Resident.objects.filter(name="赵一").exists()


def test_a_second_delivery_of_the_same_job_does_nothing(north: Community) -> None:
    one = bring(north, send(north, csv_of([HEAD, *ROWS])))
    jobs.write(one.project_id, one.pk)
    jobs.check(one.project_id, one.pk)
    assert Event.objects.filter(name="imports.bring_in", subject_id=one.pk).count() == 1


def test_an_import_is_committed_once(north: Community) -> None:
    one = send(north, csv_of([HEAD, *ROWS]))
    operations.commit(one, by=north.by("manager"))
    with pytest.raises(Conflict):
        operations.commit(Import.objects.get(pk=one.pk), by=north.by("administrator"))


def test_who_may_no_longer_import_when_the_background_comes_to_it_writes_nothing(north: Community) -> None:
    from guanjia.people.models import Posting

    one = send(north, csv_of([HEAD, *ROWS]))
    operations.commit(one, by=north.by("manager"))
    Posting.objects.filter(employee=north.staff["manager"]).delete()
    jobs.write(one.project_id, one.pk)
    one.refresh_from_db()
    assert one.state == State.READ and one.sentence and not House.objects.filter(code="5-1-101").exists()


def test_a_file_that_was_given_up_is_gone(north: Community) -> None:
    from django.core.files.storage import default_storage

    one = send(north, csv_of([HEAD, *ROWS]))
    stored = one.stored
    assert default_storage.exists(stored) and "赵一".encode() not in default_storage.open(stored).read()
    operations.cancel(one, by=north.by("manager"))
    jobs.clear(one.project_id, one.pk)
    one.refresh_from_db()
    assert not default_storage.exists(stored) and not one.preview and one.cleared_at
    with pytest.raises(Conflict):
        operations.commit(one, by=north.by("manager"))


def test_columns_that_were_decided_are_remembered_for_the_next_file(north: Community, south: Community) -> None:
    head = ["几幢", "门", "哪户", "平方", "谁", "电话"]
    rows = [["5", "1", "101", "89.5", "赵一", "13900001001"]]
    one = send(north, csv_of([[*HEAD[:4], "大名", "手机号"], *rows]))
    columns = {"0:4": "name"}
    operations.remap(one, by=north.by("manager"), columns=columns)
    read(one)
    assert one.counts["wrong"] == 0 and one.mapping[0]["columns"]["4"] == "name"
    other = send(south, csv_of([[*HEAD[:4], "大名", "手机号"], *rows]))
    assert other.mapping[0]["columns"]["4"] == "name"
    assert head


def test_one_column_cannot_stand_for_two(north: Community) -> None:
    one = send(north, csv_of([HEAD, *ROWS]))
    with pytest.raises(Refused):
        operations.remap(one, by=north.by("manager"), columns={"0:0": "name", "0:1": "name"})
    with pytest.raises(Refused):
        operations.remap(one, by=north.by("manager"), columns={"0:0": "password"})
