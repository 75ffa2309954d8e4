"""The agreement of confidentiality as a sheet (F-NDA)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.parts.papers.press import Press
from guanjia.people.models import Employee
from guanjia.web.sheets import paper

# The sheet is Chinese like every official form; what it binds to is what this program keeps.
SCOPE = (
    "业主、住户和访客的姓名、电话、房号、证件、家庭与健康情况、缴费和诉求记录，以及工作中知道的其他客户信息："
    "只为工作查看，不告诉无关的人，不带离工作场所，不存到私人设备或账号。"
)
TERM = "任职期间及离职以后"


@paper(Employee, label=_("Print the agreement"), clauses=["PRIV-03"])
def print_nda(employee: Employee, press: Press) -> bytes:
    """To be signed by hand, or as it is on record: both lines stay open for the pen."""
    number, over = f"F-NDA-{employee.number}", employee.project.name
    return press.form("F-NDA", employee, values(employee), number=number, over=over)


def values(employee: Employee) -> dict[str, Any]:
    return {
        "employee": f"{employee.name}（{employee.number}）", "scope": SCOPE, "term": TERM,
        "signed_on": employee.nda_signed_on,
    }  # fmt: skip
