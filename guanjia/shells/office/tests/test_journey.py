"""A stranger's workbook in a real browser: sent, a column named by hand, looked at, imported; then one of its residents
signs in on a phone and reports a repair."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.parts.casework.models import Case
from guanjia.parts.imports import jobs
from guanjia.parts.imports.models import Import, State
from guanjia.parts.imports.tests.files import book_of
from guanjia.people.models import Account, Resident
from guanjia.people.tests.cast import Community
from guanjia.places.models import House
from guanjia.shells.portal.tests.test_journey import hand, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["hand"]
PASSWORD, ROOMS = "Lantern-ferry-42", 50
FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔"


def stranger() -> bytes:
    """Another system's list: a title above, words of its own, one phone number that is too short."""
    rows: list[list[Any]] = [["碧波苑业主一览表"], ["幢", "室", "建筑面积（㎡）", "产权登记人", "联络电话", "交付日期"]]
    for n in range(ROOMS):
        phone = "1360000" if n == 7 else f"136000{n:05d}"
        name = FAMILIES[n % 25] + "甲乙"[n // 25] + "文"
        rows.append([f"{8 + n // 25}号楼", f"{n % 25 // 4 + 1}0{n % 4 + 1}", 88.5 + n, name, phone, "2020年5月1日"])
    return book_of({"Sheet1": rows})


def test_a_strangers_file_is_in_and_its_resident_reports_the_first_repair(
    hand: Any, windows: Any, north: Community
) -> None:
    manager = Account.objects.get(username="north.manager")
    manager.set_password(PASSWORD)
    manager.save()
    phone, desk = hand(), windows()
    desk.goto("/login")
    desk.fill("[name=username]", "north.manager")
    desk.fill("[name=password]", PASSWORD)
    desk.click("button[type=submit]")
    desk.wait_for_url("**/p/**")

    desk.goto("/p/north/office/imports")
    desk.select_option("[name=kind]", "homes")
    desk.set_input_files("[name=file]", [{"name": "碧波苑.xlsx", "mimeType": "", "buffer": stranger()}])
    desk.click("main form button.btn-primary")
    desk.wait_for_selector("#progress")
    one = Import.objects.get()
    jobs.check(one.project_id, one.pk)
    desk.wait_for_selector("text=没有认出必要的列")

    for heading, holds in (("室", "房间号"), ("产权登记人", "姓名")):
        chosen = desk.get_by_label(heading, exact=True)
        chosen.fill(holds)
        chosen.press("Enter")
    desk.click(".import-columns button")
    desk.wait_for_selector("#progress")
    jobs.check(one.project_id, one.pk)
    desk.wait_for_selector(".findings")
    wrong = desk.inner_text(".findings tbody")
    assert wrong.split()[0] == "10" and "11 位" in wrong, wrong
    assert "赵甲文" in desk.inner_text("main") and "13600000000" not in desk.content()
    assert not House.objects.filter(building__code="8").exists()

    desk.click(f"button:has-text('{ROOMS - 1}')")
    desk.wait_for_selector("#progress progress")
    jobs.write(one.project_id, one.pk)
    desk.wait_for_selector("text=已导入")
    one.refresh_from_db()
    assert one.state == State.DONE and one.counts["made"]["house"] == one.counts["made"]["resident"] == ROOMS - 1

    signed_in(phone, "13600000000")
    phone.goto("/p/north/home/report")
    phone.click("label:has(input[value=water])")
    phone.click("label:has(input[value='plumbing:tap'])")
    phone.fill("[name=content]", "厨房龙头滴水")
    phone.click("button[form=act-form]")
    phone.wait_for_selector(".story")
    case = Case.objects.get()
    assert (case.content, case.resident) == ("厨房龙头滴水", Resident.objects.get(name="赵甲文"))
    assert case.house is not None and case.house.code == "8-101"
