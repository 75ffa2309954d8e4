"""What a file of houses and residents can hold, and the headings under which it is met in other systems."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.parts.imports import placing, values
from guanjia.parts.imports.kinds import Column
from guanjia.people.fields import PersonNameField, phone_of

# What other systems ask people to write where nothing is known.
NO_PHONE = frozenset({"18999999999", "13000000000", "00000000000", "13800000000"})
NO_DOCUMENT = frozenset({"110101190001011113", "000000000000000000"})
_NAME = PersonNameField(required=False)
_SPLIT = re.compile(r"[,，、;；/|]|\s{2,}|\s+和\s+")

ROLES = {
    "业主": "owner", "产权人": "owner", "房主": "owner", "owner": "owner", "1001": "owner", "共有人": "owner",
    "租户": "tenant", "租客": "tenant", "承租人": "tenant", "房屋租客": "tenant", "tenant": "tenant", "1003": "tenant",
    "家属": "family", "家庭成员": "family", "家人": "family", "亲属": "family", "family": "family", "1002": "family",
    "同住人": "occupant", "住户": "occupant", "使用人": "occupant", "其他": "occupant", "临时人员": "occupant",
    "1004": "occupant", "occupant": "occupant", "resident": "occupant", "guest": "occupant", "other": "occupant",
}  # fmt: skip
GENDERS = {
    "男": "m",
    "女": "f",
    "male": "m",
    "female": "f",
    "m": "m",
    "f": "f",
    "先生": "m",
    "女士": "f",
    "未知": "",
    "不详": "",
}
DOCUMENTS = {
    "身份证": "idcard", "居民身份证": "idcard", "idcard": "idcard", "护照": "passport", "passport": "passport",
    "其他": "other", "港澳通行证": "other", "军官证": "other", "营业执照": "other", "other": "other",
}  # fmt: skip
USES = {
    "自住": "lived_in", "居住": "lived_in", "已入住": "lived_in", "出租": "lived_in", "已出租": "lived_in",
    "住宅": "lived_in", "lived_in": "lived_in", "2001": "lived_in", "2005": "lived_in", "2006": "lived_in",
    "空置": "vacant", "空闲": "vacant", "未入住": "vacant", "未销售": "vacant", "已交房": "vacant", "未售": "vacant",
    "vacant": "vacant", "2002": "vacant", "2003": "vacant", "2004": "vacant", "2008": "vacant", "已售": "vacant",
    "装修": "renovating", "装修中": "renovating", "renovating": "renovating", "2009": "renovating",
    "商铺": "shop", "门面": "shop", "shop": "shop", "commercial": "shop", "2007": "shop",
}  # fmt: skip
# What a unit of another system is; what is no house is left out.
TYPES = {
    "flat": "", "apartment": "", "住宅": "", "110": "", "宿舍": "", "119": "", "commercial unit": "shop",
    "commercial": "shop", "商铺": "shop", "办公室": "shop", "120": "shop", "office": "shop",
    "parking place": "-", "parking": "-", "warehouse unit": "-", "warehouse": "-", "车位": "-", "储藏室": "-",
}  # fmt: skip


def names(cell: Any) -> list[str]:
    """One name or several in one cell."""
    text = values.plain(cell)
    parts = [text] if text.isascii() else [part for part in _SPLIT.split(text) if part.strip()]
    return [_NAME.clean(part.strip()) for part in parts if part.strip()]


def phones(cell: Any) -> list[str]:
    """One number or several in one cell; what stands for “none” is none."""
    text = values.digits(cell)
    found = []
    for part in re.split(r"[,，、;；/|]|\s{2,}|(?<=\d{11})\s", text):
        number = phone_of(part)
        if re.fullmatch(r"1\d{5,}", number) and len(number) != 11:
            raise forms.ValidationError(
                _("A mobile number has 11 digits; this one has %(n)d. Read it again.") % {"n": len(number)}
            )
        found.append("" if number in NO_PHONE else number)
    return found if any(found) else []


def document(cell: Any) -> str:
    text = values.digits(cell).upper().replace(" ", "")
    return "" if text in NO_DOCUMENT else text


def born(cell: Any) -> int | None:
    """The year of birth, from a year, a day, or an age up to 120."""
    text = values.text_of(cell)
    if re.fullmatch(r"\d{1,3}岁?", text):
        age = int(text.removesuffix("岁"))
        return timezone.localdate().year - age if 1 < age <= 120 else None
    found = None if (is_year := re.fullmatch(r"(19|20)\d{2}年?", text)) else values.day(cell)
    year = int(text[:4]) if is_year else found.year if found else None
    if year is not None and year > timezone.localdate().year:
        raise forms.ValidationError(_("This year lies in the future."))
    if year is not None and year < 1900:
        raise forms.ValidationError(_("This day is out of range."))
    return year


def layout(cell: Any) -> str:
    """三室两厅; a code of another system says nothing here."""
    text = values.plain(cell)
    return "" if re.fullmatch(r"\d{4,6}", text) else text[:20]


def count(cell: Any) -> int | None:
    found = values.whole(cell)
    if found is not None and not 0 <= found <= 5000:
        raise forms.ValidationError(_("This number is too large."))
    return found


COLUMNS = (
    Column("building", _("Building"), ("楼栋", "楼号", "楼栋号", "楼栋编号", "栋号", "幢号", "楼幢", "幢", "栋", "座", "building", "address"), hint=_("3, 3号楼, A2; an address is taken by its last number"), example="3"),  # noqa: E501
    Column("unit", _("Unit (entrance)"), ("单元", "单元号", "单元编号", "梯号", "门洞", "section", "entrance"), placing.unit, _("Leave empty where there are no units"), "2"),  # noqa: E501
    Column("room", _("Room"), ("房号", "房间号", "房间", "室号", "户号", "户室号", "房屋编号", "房屋", "门牌号", "房产", "住址", "unitname", "room", "house"), placing.room, _("1201, or in full: 3-2-1201, 3幢2单元1201"), "1201"),  # noqa: E501
    Column("floor", _("Floor"), ("楼层", "房屋楼层", "所在楼层", "层", "floor"), placing.floor, _("Empty: taken from the room"), "12"),  # noqa: E501
    Column("floors", _("Floors of the building"), ("总层数", "总楼层", "层数", "楼层数", "floors"), count, "", "18"),
    Column("zone", _("Area"), ("组团", "分区", "区域", "片区", "期数"), values.short(30), "", "东区"),
    Column("area", _("Floor area"), ("建筑面积", "产权面积", "面积", "房屋面积", "area"), values.area, _("Square metres"), "89.50"),  # noqa: E501
    Column("layout", _("Layout"), ("户型", "房屋户型", "房型"), layout, "", "三室两厅"),
    Column("use", _("Use"), ("房屋状态", "房屋现状", "使用状态", "入住状态", "使用现状", "居住状态", "用途", "状态", "现状"), values.choice(USES), "", "自住", ("自住", "空置", "装修中", "商铺")),  # noqa: E501
    Column("type", _("Kind of house"), ("房屋类型", "物业类型", "unittype"), values.choice(TYPES)),
    Column("moved_in_on", _("Moved in on"), ("入住日期", "交房日期", "收楼日期", "交付日期", "收房日期", "入住时间", "交房时间", "收房时间", "交付时间"), values.day, _("2021-03-05, 2021/3/5, 2021年3月5日"), "2021-03-05"),  # noqa: E501
    Column("name", _("Full name"), ("姓名", "业主姓名", "业主名称", "住户姓名", "客户姓名", "客户名称", "产权人", "业主", "客户", "住户", "名字", "fullname", "name"), names, _("Several owners of one house: one row each, or with commas"), "张某某", is_personal=False),  # noqa: E501
    Column("phone", _("Phone"), ("手机号", "手机号码", "手机", "联系电话", "电话", "联系方式", "电话号码", "phones", "phone", "mobile"), phones, _("11 digits; format the column as text"), "13900000000", is_personal=True),  # noqa: E501
    Column("role", _("Role"), ("住户类型", "业主类型", "身份", "角色", "住户身份", "人员类型", "role"), values.choice(ROLES), _("Empty: the owner"), "业主", ("业主", "租户", "家属", "同住人")),  # noqa: E501
    Column("relation", _("Relation to the head"), ("与户主关系", "与业主关系", "关系"), values.short(20), "", "配偶"),
    Column("is_head", _("Head of the household"), ("户主", "是否户主"), values.yes, "", "是", ("是", "否")),
    Column("gender", _("Form of address"), ("性别", "gender", "sex"), values.choice(GENDERS), "", "女", ("男", "女")),
    Column("id_type", _("Document"), ("证件类型", "证件类别"), values.choice(DOCUMENTS), _("Empty: identity card"), "身份证", ("身份证", "护照", "其他")),  # noqa: E501
    Column("id_number", _("Document number"), ("身份证号", "身份证号码", "证件号码", "证件号", "身份证"), document, _("Format the column as text: Excel cuts long numbers"), "", is_personal=True),  # noqa: E501
    Column("born", _("Year of birth"), ("出生年份", "出生日期", "出生年月", "生日", "年龄"), born, "", "1985"),
    Column("from_on", _("Since"), ("起始日期", "入户日期", "开始日期", "租赁开始", "起租日期"), values.day, "", "2021-03-05"),  # noqa: E501
    Column("until_on", _("Lease until"), ("租赁到期", "租期至", "到期日期", "租赁结束"), values.day, "", "2027-03-04"),
    Column("is_vip", _("Particular attention"), ("重点关注", "vip", "是否vip"), values.yes, "", "否", ("是", "否")),
    Column("ref", _("Number of the person in the file"), ("编号", "住户编号", "客户编号", "人员编号"), values.short(30)),  # noqa: E501
    Column("owner_ref", _("Number of the owner in the file"), ("业主编号", "所属业主编号"), values.short(30)),
    Column("houses", _("Number of houses in the building"), ("总户数", "户数", "units"), count),
    Column("sections", _("Number of units of the building"), ("单元数", "总单元数", "sections"), count),
)  # fmt: skip
HOUSE_FACTS = frozenset({"floor", "area", "layout", "use", "moved_in_on", "floors", "zone"})
