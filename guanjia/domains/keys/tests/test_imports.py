"""A register of keys that was kept before: what is wrong with a row, where keys hang, what keeps it from going back."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.domains.keys.models import Cabinet, Key
from guanjia.domains.keys.operations import bring_in_keys, change_cabinet, lend, retire, take_over
from guanjia.kernel import numbering, search
from guanjia.kernel.outcomes import Forbidden, Refused, RefusedRows
from guanjia.parts.custody.operations import start_count
from guanjia.parts.imports import operations
from guanjia.parts.imports.models import Import, State
from guanjia.parts.imports.tests.files import KEYS_HEAD, KEYS_ROWS, bring, csv_of, send, sentences, take_back
from guanjia.people.tests.cast import Community

from .made import a_cabinet, loan

pytestmark = pytest.mark.django_db
WHO = "supervisor"


@pytest.fixture
def cabinet(north: Community) -> Cabinet:
    return a_cabinet(north)


def sent(north: Community, *rows: list[Any]) -> Import:
    return send(north, csv_of([KEYS_HEAD, *rows]), "keys.csv", WHO, "keys")


def row(**said: str) -> list[str]:
    given = {
        "钥匙编号": "C-001", "类别": "管理用房钥匙", "房号": "", "种类": "", "名称": "会议室", "件数": "", "钥匙柜": "",
        "排": "", "位": "", "密封号": "", "保管人": "", "接管日期": "", **said,
    }  # fmt: skip
    return [given[name] for name in KEYS_HEAD]


@pytest.mark.clause("KEY-03", "KEY-04")
def test_a_register_comes_in_with_its_numbers_slots_and_keepers(north: Community, cabinet: Cabinet) -> None:
    first_free = row(钥匙编号="A-003", 名称="活动室", 钥匙柜="A柜", 件数="3把")
    one = bring(north, sent(north, first_free, *KEYS_ROWS), WHO)
    assert one.state == State.DONE, (one.sentence, sentences(one))
    owners, hall, room, plant = (Key.objects.get(number=n) for n in ("A-001", "A-002", "A-003", "B-001"))
    assert (owners.house, owners.kind, owners.is_sealed) == (north.house, "security_door", True)
    assert (owners.where, hall.where, room.where) == ("A 柜 1-1", "A 柜 1-2", "A 柜 1-3")
    assert room.quantity == 3 and room.keeper == north.staff[WHO] and plant.category == "equipment_key"
    assert plant.keeper == north.staff["engineering_supervisor"] and str(owners.received_on) == "2022-01-09"
    assert search.found([north.project.pk], "key", "A-002") == [hall.pk]


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"钥匙编号": ""}, "钥匙编号", "钥匙牌"),
    ({"钥匙编号": "A-001"}, "钥匙编号", "第 2 行"),
    ({"类别": "车库遥控"}, "类别", "业主钥匙"),
    ({"类别": ""}, "类别", "业主钥匙"),
    ({"类别": "业主钥匙", "种类": "大门", "名称": "", "密封号": "F1"}, "房号", "写全"),
    ({"类别": "", "房号": "3-2-1201", "名称": "", "密封号": "F1"}, "种类", "哪一扇门"),
    ({"类别": "业主钥匙", "房号": "3-2-9901", "种类": "大门", "名称": "", "密封号": "F1"}, "房号", "3-2-9901"),
    ({"类别": "业主钥匙", "房号": "3-2-1201", "种类": "大门", "名称": ""}, "密封号", "密封"),
    ({"类别": "业主钥匙", "房号": "3幢1301", "种类": "大门", "名称": "", "密封号": "FQ-0101"}, "密封号", "别的钥匙"),
    ({"名称": ""}, "名称", "哪"),
    ({"房号": "3-2-1201"}, "房号", "业主钥匙"),
    ({"钥匙柜": "Z 柜", "位": "31-1"}, "位", "30 排"),
    ({"钥匙柜": "A 柜", "排": "1", "位": "1"}, "位", "第 2 行"),
    ({"钥匙柜": "A 柜", "位": "9-9"}, "位", "每排 3 位"),
    ({"钥匙柜": "A 柜", "排": "1"}, "位", "第一个空位"),
    ({"位": "2"}, "钥匙柜", "缺少钥匙柜"),
    ({"位": "左上"}, "位", "不是柜位"),
    ({"类别": "设备房钥匙"}, "保管人", "工程"),
    ({"保管人": "无此人"}, "保管人", "无此人"),
    ({"接管日期": "2099-01-01"}, "接管日期", "晚于今天"),
    ({"件数": "0"}, "件数", "1 至 99"),
]


def test_each_wrong_row_is_named_in_a_sentence_and_left_out(north: Community, cabinet: Cabinet) -> None:
    rows = [row(**{"钥匙编号": f"C-{n:03d}", **said}) for n, (said, _column, _words) in enumerate(WRONG)]
    one = sent(north, *KEYS_ROWS, *rows)
    told = sentences(one)
    assert one.counts["wrong"] == len(WRONG) == len(told), told
    for n, (sentence, (_said, column, words)) in enumerate(zip(told, WRONG, strict=True)):
        assert sentence.startswith(f"{n + 5} {column}") and words in sentence, sentence
    bring(north, one, WHO)
    assert one.state == State.DONE and Key.objects.count() == 3


def test_more_keys_than_a_cabinet_holds_are_refused_row_by_row(north: Community, cabinet: Cabinet) -> None:
    rows = [row(钥匙编号=f"C-{n}", 钥匙柜="A 柜") for n in range(8)]
    one = sent(north, *rows)
    assert one.counts["wrong"] == 2, sentences(one)
    assert bring(north, one, WHO).state == State.DONE and Key.objects.count() == 6


def test_cabinets_that_only_the_file_knows_come_in_and_go_with_it(north: Community, cabinet: Cabinet) -> None:
    named = row(钥匙编号="C-1", 钥匙柜="东岗亭", 位="2-9")
    one = sent(north, named, *[row(钥匙编号=f"C-{n}", 钥匙柜="东 岗亭") for n in range(2, 21)])
    assert one.counts["totals"] == [["钥匙柜", 1, 0], ["钥匙", 20, 0]]
    (told,) = sentences(one)
    assert told.startswith("2 钥匙柜") and "一并新增" in told and not one.counts["wrong"]
    bring(north, one, WHO)
    made = Cabinet.objects.get(name="东岗亭")
    assert (one.state, made.rows, made.slots, made.keys.count()) == (State.DONE, 3, 9, 20)
    assert Key.objects.get(number="C-1").where == "东岗亭 2-9"
    take_back(north, one, WHO)
    assert one.state == State.REVERSED and list(Cabinet.objects.all()) == [cabinet] and not Key.objects.exists()


def test_a_cabinet_is_corrected_but_no_key_loses_its_slot(north: Community, cabinet: Cabinet) -> None:
    bring(north, sent(north, row(钥匙柜="A 柜", 位="2-3")), WHO)
    given = {"place": "一号岗亭", "rows": 2, "slots": 4, "is_dual": True}
    change_cabinet(cabinet, by=north.by(WHO), **given)
    cabinet.refresh_from_db()
    assert (cabinet.place, cabinet.slots, cabinet.is_dual, cabinet.name) == ("一号岗亭", 4, True, "A 柜")
    with pytest.raises(Refused, match="C-001"):
        change_cabinet(cabinet, by=north.by(WHO), **{**given, "slots": 2})
    with pytest.raises(Forbidden):
        change_cabinet(cabinet, by=north.by("receptionist"), **given)


def test_a_number_that_is_on_record_is_left_as_it_is(north: Community, cabinet: Cabinet) -> None:
    bring(north, sent(north, *KEYS_ROWS), WHO)
    again = sent(north, row(钥匙编号="A-001", 房号="3-2-1301", 类别="业主钥匙", 种类="大门", 密封号="X"))
    assert (again.counts["new"], again.counts["notes"], again.counts["wrong"]) == (0, 1, 0), sentences(again)
    assert Key.objects.get(number="A-001").house == north.house


def test_the_next_key_taken_over_gets_no_number_that_was_brought_in(north: Community) -> None:
    taken = numbering.next_in(north.project.pk, "key") + 1
    bring(north, sent(north, row(钥匙编号=f"K-{taken:03d}")), WHO)
    given = {"category": "office_key", "name": "仓库", "handed_by": "同事"}
    assert take_over(north.project, by=north.by(WHO), **given).number == f"K-{taken + 1:03d}"


def test_keys_that_were_lent_changed_or_counted_keep_their_import(north: Community, cabinet: Cabinet) -> None:
    one = bring(north, sent(north, *KEYS_ROWS), WHO)
    start_count(north.project, by=north.by(WHO), kind="key")
    with pytest.raises(Refused):
        operations.reverse(one, by=north.by(WHO))
    later = bring(north, sent(north, row()), WHO)
    lend(Key.objects.get(number="C-001"), by=north.by("receptionist"), **loan(north))
    with pytest.raises(Refused):
        operations.reverse(later, by=north.by(WHO))
    assert Key.objects.count() == 4


def test_the_batch_itself_refuses_what_the_page_refuses(north: Community, cabinet: Cabinet) -> None:
    by = north.by(WHO)
    good = {"number": "D-1", "category": "office_key", "name": "库房", "handed_by": "同事"}
    slot = {"cabinet": cabinet.pk, "row": 1, "slot": 1}
    for rows in (
        [good, good],
        [{**good, **slot}, {**good, "number": "D-2", **slot}],
        [{**good, "category": "equipment_key"}],
        [{**good, "category": "owner_key"}],
        [{**good, "received_on": "2099-01-01"}],
        [{**good, "number": f"D-{n}", "cabinet": cabinet.pk} for n in range(7)],
    ):
        with pytest.raises(RefusedRows):
            bring_in_keys(north.project, rows, by=by)
    assert not Key.objects.exists()
    made = bring_in_keys(north.project, [{**good, **slot}], by=by)
    retire(made[0], by=by, remark="换锁")
    with pytest.raises(RefusedRows):
        bring_in_keys(north.project, [good], by=by)
