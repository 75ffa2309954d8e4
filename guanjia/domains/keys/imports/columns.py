"""What a register of keys can hold, and the headings under which it is met."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.parts.imports import values
from guanjia.parts.imports.kinds import Column

from ..models import Category, Kind

# The first word of each is the one that is offered; then what other registers call it.
_CATEGORIES = {
    Category.OWNER: "业主钥匙 客户钥匙 托存钥匙 业主 住户钥匙",
    Category.PUBLIC: "公共区域门窗钥匙 公共区域钥匙 公共钥匙 公共",
    Category.EQUIPMENT: "设施设备房钥匙 设备房钥匙 设备间钥匙 设备房 机房钥匙",
    Category.OFFICE: "管理用房钥匙 办公钥匙 办公室钥匙 办公",
}
_KINDS = {
    Kind.SECURITY_DOOR: "防盗铁门 防盗门 入户门 进户门 大门",
    Kind.UNIT_DOOR: "单元门 楼道门",
    Kind.INTERIOR_DOOR: "室内门 房门 卧室门",
    Kind.INTERCOM_DOOR: "电子对讲门 对讲门 门禁",
    Kind.MAILBOX: "信报箱 信箱",
}
CATEGORIES = {word: str(one) for one, words in _CATEGORIES.items() for word in words.split()}
KINDS = {word: str(one) for one, words in _KINDS.items() for word in words.split()}


def pieces(cell: Any) -> int | None:
    """How many pieces hang on it: 2, 2把, 2枚."""
    found = values.whole(re.sub(r"\s*[把枚串片]$", "", values.text_of(cell)))
    if found is not None and not 1 <= found <= 99:
        raise forms.ValidationError(_("A bunch has 1 to 99 pieces."))
    return found


def slot(cell: Any) -> tuple[int, int] | int | None:
    """3, or 2-3 and 2排3号 for the third slot of the second row."""
    text = values.plain(cell)
    both = re.fullmatch(r"第?(\d{1,2})\s*[-–—/排层行]\s*第?(\d{1,2})\s*[号格位列]?", text)
    if both:
        return int(both[1]), int(both[2])
    one = re.fullmatch(r"第?(\d{1,2})\s*[号格位列排层行]?", text)
    if text and one is None:
        raise forms.ValidationError(_("This is no slot. Write its number, or 2-3 for row 2, slot 3."))
    return int(one[1]) if one else None


COLUMNS = (
    Column("number", _("Number"), ("钥匙编号", "编号", "钥匙号", "序号", "keynumber", "number"), values.short(20), _("What stands on the tag; it stays"), "A-012"),  # noqa: E501
    Column("category", _("Category"), ("类别", "钥匙类别", "分类", "类型", "钥匙类型", "category"), values.choice(CATEGORIES), _("Empty with a house: an owner's key"), "业主钥匙", values.offered(CATEGORIES)),  # noqa: E501
    Column("house", _("House"), ("房号", "房屋", "房间号", "门牌号", "house", "room"), values.short(40), _("In full: 3-2-1201, 3幢2单元1201. For owners' keys only"), "3-2-1201"),  # noqa: E501
    Column("kind", pgettext_lazy("custody", "Kind"), ("种类", "钥匙种类", "门类", "kind"), values.choice(KINDS), _("For owners' keys only"), "防盗铁门", values.offered(KINDS)),  # noqa: E501
    Column("name", _("Door, room or equipment"), ("门、房间或设备名称", "名称", "钥匙名称", "位置", "用途", "对应位置", "name"), values.short(60), _("For all keys that are not an owner's"), "地下车库配电房"),  # noqa: E501
    Column("floor", _("Floor"), ("楼层", "floor"), values.short(10), "", "B1"),
    Column("quantity", _("Pieces"), ("件数", "把数", "数量", "枚数", "pieces", "quantity"), pieces, _("Empty: one"), "2"),  # noqa: E501
    Column("cabinet", _("Cabinet"), ("钥匙柜", "柜号", "柜", "箱号", "cabinet"), values.short(20), _("As it is called under Keys; one that is not there yet comes in too"), "A 柜"),  # noqa: E501
    Column("row", pgettext_lazy("keys", "Row"), ("排", "行", "层", "row"), slot, "", "2"),
    Column("slot", _("Slot"), ("位", "柜位", "格", "格号", "位号", "挂钩号", "slot"), slot, _("3, or 2-3 for row 2, slot 3. Empty: the first empty slot"), "3"),  # noqa: E501
    Column("seal_no", _("Seal number"), ("密封号", "封条号", "封条编号", "封签号", "seal"), values.short(30), _("An owner's key lies sealed"), "FQ-0012"),  # noqa: E501
    Column("keeper", _("Keeper"), ("保管人", "管理人", "责任人", "keeper"), values.short(30), _("Name or job number. Empty: who imports; equipment keys are kept by engineering"), "QH0013"),  # noqa: E501
    Column("handed_by", pgettext_lazy("keys", "Handed in by"), ("移交人", "交付人", "交来人", "托管人"), values.short(60), "", "开发商移交组", is_personal=True),  # noqa: E501
    Column("received_on", _("Taken over on"), ("接管日期", "接收日期", "交接日期", "托管日期", "登记日期"), values.day, _("Empty: today"), "2024-03-01"),  # noqa: E501
    Column("is_important", _("Important"), ("重要", "是否重要"), values.yes, _("Taken out by two persons"), "否", ("是", "否")),  # noqa: E501
    Column("remark", _("Remark"), ("备注", "说明", "remark"), values.short(200)),
)  # fmt: skip
