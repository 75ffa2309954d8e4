"""Staff, their posts and accounts, as a kind of import at the head office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.imports.kinds import Kind, register

from ..operations import bring_in_staff
from . import undoing
from .columns import COLUMNS
from .judging import Staff
from .writing import write

STAFF = register(
    Kind(
        id="staff",
        label=_("Staff"),
        right=bring_in_staff.name,
        columns=COLUMNS,
        needs=(frozenset({"number", "name"}),),
        judge=Staff.judge,
        write=write,
        is_for_office=True,
        along=frozenset({"people.Posting"}),
        blocks=undoing.blocks,
        clear=undoing.clear,
        template=(
            (
                "员工",
                tuple(column.key for column in COLUMNS),
                (
                    (
                        "QH0012", "方某某", "13900000000", "", "客服部", "全日制大专", "2024-03-01", "青禾花园",
                        "楼宇管家", "2024-03-01",
                    ),
                    ("QH0013", "蒋某某", "13900000001", "", "工程部", "", "2024-03-01", "QH", "维修人员", ""),
                ),
            ),
        ),
    )
)  # fmt: skip
