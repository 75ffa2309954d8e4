"""The agreement of confidentiality as a sheet (F-NDA)."""

from __future__ import annotations

from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.papers.records import on_paper, seal_of
from guanjia.people.models import Employee

FORM = "F-NDA"
# The sheet is Chinese like every official form; what it binds to is what this program keeps.
SCOPE = (
    "业主、住户和访客的姓名、电话、房号、证件、家庭与健康情况、缴费和诉求记录，以及工作中知道的其他客户信息："
    "只为工作查看，不告诉无关的人，不带离工作场所，不存到私人设备或账号。"
)
TERM = "任职期间及离职以后"


@on_paper
def agreement(employee: Employee, *, by: Actor, address: str = "") -> bytes:
    """What stands on record; signed by hand, so that both lines stay open for the pen."""
    return papers.render(
        FORM, values(employee), printed_by=by.name, at=by.at, heading=employee.project.name,
        number=f"{FORM}-{employee.number}", seal=seal_of(employee), address=address, zone=employee.project.zone,
    )  # fmt: skip


def values(employee: Employee) -> dict[str, Any]:
    return {
        "employee": f"{employee.name}（{employee.number}）", "scope": SCOPE, "term": TERM,
        "signed_on": employee.nda_signed_on,
    }  # fmt: skip
