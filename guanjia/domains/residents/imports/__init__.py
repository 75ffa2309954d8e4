"""Houses, residents and who lives where, as a kind of import: our template, and what other systems write."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.imports.kinds import Kind, register

from ..operations import bring_in_homes
from .columns import COLUMNS
from .judging import judge
from .writing import write

HOMES = register(
    Kind(
        id="homes",
        label=_("Houses and residents"),
        right=bring_in_homes.name,
        columns=COLUMNS,
        needs=(
            frozenset({"building", "unit"}),
            frozenset({"building", "room"}),
            frozenset({"building", "houses"}),
            frozenset({"room", "area"}),
            frozenset({"room", "name"}),
            frozenset({"name", "owner_ref"}),
        ),
        judge=judge,
        write=write,
        template=(
            (
                "房屋",
                ("building", "unit", "room", "floor", "area", "layout", "use", "moved_in_on", "zone"),
                (
                    ("3", "2", "1201", "12", "89.50", "三室两厅", "自住", "2021-03-05", "东区"),
                    ("3", "2", "1202", "12", "118.60", "四室两厅", "空置", "", "东区"),
                ),
            ),
            (
                "住户",
                (
                    "room",
                    "name",
                    "phone",
                    "role",
                    "relation",
                    "is_head",
                    "gender",
                    "id_type",
                    "id_number",
                    "born",
                    "from_on",
                    "until_on",
                    "is_vip",
                ),
                (
                    (
                        "3-2-1201",
                        "张某某",
                        "13900000000",
                        "业主",
                        "",
                        "是",
                        "女",
                        "身份证",
                        "",
                        "1985",
                        "2021-03-05",
                        "",
                        "",
                    ),
                    ("3-2-1201", "李某某", "13900000001", "家属", "配偶", "", "男", "", "", "", "", "", ""),
                ),
            ),
        ),
    )
)
