"""Files as people send them, made for tests: nothing here is anybody's."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from guanjia.parts.imports import jobs, operations
from guanjia.parts.imports.models import Import
from guanjia.people.tests.cast import Community

HEAD = ["楼栋", "单元", "房号", "建筑面积", "姓名", "手机号", "身份证号", "住户类型", "入住日期"]
ROWS: list[list[Any]] = [
    ["5", "1", "101", "89.5", "赵一", "13900001001", "", "业主", "2021-03-05"],
    ["5", "1", "102", "90", "钱二", "13900001002", "", "业主", "2021/3/5"],
    ["5", "2", "201", "120.25", "孙三", "13900001003", "", "业主", "2021年3月5日"],
]


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
    """Upload and read: as far as the page that shows what was found."""
    one: Import = operations.upload(
        community.project, by=community.by(who), kind=kind, file=SimpleUploadedFile(name, content)
    )
    return read(one)


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


def sentences(one: Import) -> list[str]:
    from guanjia.parts.imports import queries

    return [f"{f['row']} {f['column']} {f['sentence']}" for f in queries.preview_of(one)["findings"]]
