"""Files as people send them, made for tests: nothing here is anybody's."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from guanjia.parts.imports import jobs, operations
from guanjia.parts.imports.kinds import registry
from guanjia.parts.imports.models import Import
from guanjia.people import posts
from guanjia.people.tests.cast import Community, hire

HEAD = ["楼栋", "单元", "房号", "建筑面积", "姓名", "手机号", "身份证号", "住户类型", "入住日期"]
ROWS: list[list[Any]] = [
    ["5", "1", "101", "89.5", "赵一", "13900001001", "", "业主", "2021-03-05"],
    ["5", "1", "102", "90", "钱二", "13900001002", "", "业主", "2021/3/5"],
    ["5", "2", "201", "120.25", "孙三", "13900001003", "", "业主", "2021年3月5日"],
]
STAFF_HEAD = ["工号", "姓名", "手机号", "部门", "学历", "保密协议签署日期", "项目", "岗位", "到岗日期"]
STAFF_ROWS: list[list[Any]] = [
    ["QH101", "方一禾", "13800002001", "", "大专", "2023-05-04", "青禾北苑", "管家", "2023-05-08"],
    ["QH102", "蒋二木", "13800002002", "", "", "2023-05-04", "north", "水电工", ""],
    ["QH102", "蒋二木", "13800002002", "", "", "2023-05-04", "north", "值班经理", ""],
]
KEYS_HEAD = ["钥匙编号", "类别", "房号", "种类", "名称", "件数", "钥匙柜", "排", "位", "密封号", "保管人", "接管日期"]
KEYS_ROWS: list[list[Any]] = [
    ["A-001", "业主钥匙", "3-2-1201", "入户门", "", "2", "A柜", "1", "1", "FQ-0101", "", "2022-01-09"],
    ["A-002", "公共钥匙", "", "", "三幢一层大厅门", "1", "A 柜", "1-2", "", "", "", "2022-01-09"],
    ["B-001", "设备房钥匙", "", "", "地下车库配电房", "1", "", "", "", "", "north.engineering_supervisor", ""],
]
# Each kind with who sends it, and a table that is right.
KINDS: dict[str, tuple[str, list[list[Any]]]] = {
    "homes": ("manager", [HEAD, *ROWS]),
    "staff": ("office_hr", [STAFF_HEAD, *STAFF_ROWS]),
    "keys": ("supervisor", [KEYS_HEAD, *KEYS_ROWS]),
}


def csv_of(rows: list[list[Any]], *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    return "\r\n".join(separator.join(str(c) for c in row) for row in rows).encode(encoding)


def book_of(sheets: dict[str, list[list[Any]]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    book.close()
    return out.getvalue()


def send(
    community: Community, content: bytes, name: str = "houses.csv", who: str = "manager", kind: str = "homes"
) -> Import:
    """Upload and read: as far as the page that shows what was found. Staff are sent to the head office."""
    place = community.staff[who].project if registry[kind].is_for_office else community.project
    file = SimpleUploadedFile(name, content)
    one: Import = operations.upload(place, by=community.by(who), kind=kind, file=file)
    return read(one)


def at_the_office(community: Community) -> Community:
    """Somebody of human resources joins, at the head office itself."""
    office = community.staff["hr"].project
    community.staff["office_hr"] = hire(office, office, "office.hr", "尹同事", posts.HR_OFFICER)
    return community


def read(one: Import) -> Import:
    jobs.check(one.project_id, one.pk)
    one.refresh_from_db()
    return one


def bring(community: Community, one: Import, who: str = "manager") -> Import:
    """Commit and write."""
    operations.commit(one, by=community.by(who))
    jobs.write(one.project_id, one.pk)
    one.refresh_from_db()
    return one


def take_back(community: Community, one: Import, who: str = "manager") -> Import:
    """Reverse, and what the background does then."""
    operations.reverse(one, by=community.by(who))
    jobs.take_back(one.project_id, one.pk)
    one.refresh_from_db()
    return one


def sentences(one: Import) -> list[str]:
    from guanjia.parts.imports import queries

    return [f"{f['row']} {f['column']} {f['sentence']}" for f in queries.preview_of(one)["findings"]]
