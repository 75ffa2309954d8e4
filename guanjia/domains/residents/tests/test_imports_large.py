"""A whole company's houses at once: 100,000 houses with 150,000 residents in ten minutes."""

from __future__ import annotations

import io
import os
import time

import pytest
import xlsxwriter

from guanjia.parts.imports.models import State
from guanjia.parts.imports.tests.files import HEAD, bring, send, sentences
from guanjia.people.models import Occupancy, Resident
from guanjia.people.tests.cast import Community
from guanjia.places.models import House

pytestmark = [pytest.mark.drill, pytest.mark.django_db]
HOUSES, MOST_SECONDS = int(os.environ.get("GUANJIA_BENCH_HOUSES", "100000")), 600
FAMILIES, GIVEN = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨",
    "一乙丁厂七卜人入八九几儿了力乃刀又三于干亏士工土才寸下大丈与万上小口巾山千乞川亿个勺久凡及夕丸么广亡门义之尸弓己已子卫也女飞刃习叉马乡丰王井开夫天无元专云扎艺木五支厅不太犬区历尤友匹车巨牙屯比互切瓦止少日中冈贝内水见午牛手毛气升长仁什片仆化仇币仍仅斤爪反介父从今凶分乏公仓月氏勿欠风丹匀乌凤勾文六方火为斗忆订计户认心尺引丑巴孔队办以允予劝双书幻",
)


def large(houses: int) -> bytes:
    """Buildings of 400 houses; every second house has a second resident."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("房屋")
    sheet.write_row(0, 0, HEAD)
    line = 0
    for number in range(houses):
        building, within = divmod(number, 400)
        unit, of_unit = divmod(within, 100)
        floor, room = divmod(of_unit, 4)
        for person in range(1 + number % 2):
            line += 1
            name = FAMILIES[number % 16] + GIVEN[(number // 16) % 150] + GIVEN[(number // 2400 + person) % 150]
            phone = f"13{9 - person}{number:08d}"
            role = "家属" if person else "业主"
            place = [str(building + 11), str(unit + 1), f"{floor + 1}{room + 1:02d}", "89.50"]
            sheet.write_row(line, 0, [*place, name, phone, "", role, "2021-03-05"])
    book.close()
    return out.getvalue()


def test_a_hundred_thousand_houses_are_in_within_ten_minutes(north: Community) -> None:
    content = large(HOUSES)
    began, worked = time.monotonic(), time.process_time()
    one = send(north, content, "large.xlsx")
    read_after = time.monotonic() - began
    assert one.state == State.READ and one.counts["wrong"] == 0, (one.sentence, sentences(one)[:5])
    bring(north, one)
    took, own = time.monotonic() - began, time.process_time() - worked
    assert one.state == State.DONE, one.sentence
    print(f"{len(content) >> 20} MB, read and judged in {read_after:.0f} s, all in {took:.0f} s, own work {own:.0f} s")
    assert House.objects.filter(project=north.project).count() == HOUSES + 2
    assert Resident.objects.filter(project=north.project).count() == HOUSES * 3 // 2 + 3
    assert Occupancy.objects.filter(project=north.project, is_head=True).count() >= HOUSES
    assert took < MOST_SECONDS
