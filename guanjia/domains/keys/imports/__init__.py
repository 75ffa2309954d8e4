"""The register of keys as a kind of import: numbers, doors, cabinets and slots as they were kept before."""

from __future__ import annotations

from django.utils.translation import gettext as now
from django.utils.translation import pgettext_lazy

from guanjia.parts.custody.models import Line
from guanjia.parts.imports.kinds import Kind, Runs, register
from guanjia.parts.imports.reversing import within

from ..operations import bring_in_keys
from .columns import COLUMNS
from .judging import Register
from .writing import write


def counted(made: Runs) -> list[str]:
    """A count of the store names what it counted by number alone."""
    lines = Line.objects.filter(within(made.get("key", []), "subject_id"), count__label="key")
    n = lines.values("subject_id").distinct().count()
    return [now("%(n)d of these keys were counted since.") % {"n": n}] if n else []


KEYS = register(
    Kind(
        id="keys",
        label=pgettext_lazy("custody", "Keys"),
        right=bring_in_keys.name,
        columns=COLUMNS,
        needs=(frozenset({"number", "category"}), frozenset({"number", "house"}), frozenset({"number", "cabinet"})),
        judge=Register.judge,
        write=write,
        blocks=counted,
        template=(
            (
                "钥匙",
                tuple(column.key for column in COLUMNS),
                (
                    (
                        "A-012", "业主钥匙", "3-2-1201", "防盗铁门", "", "", "2", "A 柜", "2", "3", "FQ-0012", "",
                        "业主本人", "2024-03-01", "否", "",
                    ),
                    (
                        "B-003", "设施设备房钥匙", "", "", "地下车库配电房", "B1", "1", "", "", "", "", "QH0013",
                        "开发商移交组", "2024-03-01", "是", "",
                    ),
                ),
            ),
        ),
    )
)  # fmt: skip
