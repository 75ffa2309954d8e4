"""What the page of patterns is filled with. People, houses and numbers are invented."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STATES = (
    "to_dispatch to_accept in_progress on_hold to_confirm to_follow_up to_approve finished cancelled".split()
)
SWATCHES = "ground surface hover selected line edge ink-1 ink-2 ink-3 brand-fill danger-fill warn-fill ok pause info".split()


class Lending(forms.Form):
    """A form with every kind of field, two of them refused."""

    borrower = forms.ChoiceField(label=gettext_lazy("Borrower"), choices=[("1", "何静"), ("2", "许文静")])
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=80)
    back_at = forms.TimeField(label=gettext_lazy("Back at"), widget=forms.TimeInput(attrs={"type": "time"}))
    level = forms.ChoiceField(
        label=gettext_lazy("Urgency"),
        choices=[("urgent", gettext_lazy("Urgent")), ("ordinary", gettext_lazy("Ordinary")), ("planned", gettext_lazy("Planned"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Running water, no power, somebody shut in, a lock that will not open: urgent."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(str(n), word) for n, word in enumerate(("给排水", "电气", "门窗", "电梯", "绿化", "其他"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("Words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    told = forms.BooleanField(label=gettext_lazy("Told the resident"), required=False)

    def clean_back_at(self) -> Any:
        raise ValidationError(_("Back at 09:30, but it is 10:24 already. Choose a later time."))

    def clean_purpose(self) -> Any:
        raise ValidationError(_("Write what the key is for; the log asks for it."), code="KEY-10")


def parts(side: str) -> dict[str, Any]:
    """The data of one column; `side` keeps the ids of the two apart."""
    given = {"borrower": "1", "purpose": "-", "back_at": "09:30", "level": "urgent", "kind": "0", "told": "on"}
    return {
        "form": Lending(given, auto_id=f"{side}_%s"),
        "blank": Lending(auto_id=f"{side}b_%s"),
        "states": STATES,
        "swatches": SWATCHES,
        "clocks": _clocks(),
        "strip": [{**clock, "url": "#", "sub": "3-2-1201", "title": "厨房下水管接口漏水", "urgency": "urgent" if i == 1 else ""} for i, clock in enumerate(_clocks()[1:4])],
        "rows": _rows(),
        "axis": _axis(),
        "triad": _triad(),
        "gates": [
            {"label": "报修内容、位置、照片齐", "done": True},
            {"label": "完工照片与用料", "owes": "林国栋", "url": "#"},
            {"label": "业主确认并评价", "clause": "RPR-08"},
        ],
        "moments": _moments(),
        "owed": [
            {"state": "done", "label": "晨会与纪要", "done": 1, "of": 1, "when": "08:20"},
            {"state": "doing", "label": "上午巡楼", "done": 6, "doing": 2, "of": 9, "unit": "栋", "when": "12:00 前"},
            {"state": "missed", "label": "在修单每日沟通", "done": 7, "missed": 1, "of": 12, "unit": "单", "when": "1 单昨天欠"},
            {"state": "open", "label": "钥匙交接清点", "of": 2, "unit": "次", "when": "15:00"},
        ],
        "units": ["1 单元", "2 单元"],
        "floors": _floors(),
        "slots": _slots(),
        "facts": [
            {"label": "位置", "value": "主卧顶板，靠卫生间一侧"},
            {"label": "责任判断", "value": "业主个人责任", "note": "1301 防水"},
            {"label": "牵连房屋", "value": "3-2-1301", "url": "#"},
            {"label": "录音告知", "value": "未签，通话中请口头告知", "icon": "circle-minus", "tone": "warn"},
        ],
        "views": [
            {"label": "在办", "url": "#", "current": True, "count": 47},
            {"label": "快到时限", "url": "#", "count": 6, "tone": "warn"},
            {"label": "已超时", "url": "#", "count": 2, "tone": "danger"},
            {"label": "待派工", "url": "#", "count": 240},
        ],
        "tabs": [{"label": "全部", "url": "#", "current": True}, {"label": "报修", "url": "#"}, {"label": "投诉", "url": "#", "count": 3}],
        "switch": [{"label": "手上", "url": "#", "current": True, "count": 4}, {"label": "待接", "url": "#", "count": 2}, {"label": "今天完成", "url": "#"}],
        "levels": [{"value": "u", "label": _("Urgent"), "checked": True, "tone": "danger"}, {"value": "o", "label": _("Ordinary")}, {"value": "p", "label": _("Planned"), "disabled": True}],
        "points": [91, 92, 90, 94, 93, 95, 94, 96, 95, 97, 96, 96.8],
        "side": side,
    }


def _clocks() -> list[dict[str, Any]]:
    return [
        {"tone": "calm", "words": "剩 5 时 20 分", "verb": "应完成", "share": 46, "aria": "应完成，剩 5 时 20 分"},
        {"tone": "soon", "words": "剩 12 分", "verb": "应响应", "share": 90, "aria": "应响应，剩 12 分，10:36 前"},
        {"tone": "late", "words": "超 1 时 05 分", "verb": "应答复", "share": 100, "aria": "应答复，超 1 时 05 分"},
        {"tone": "paused", "words": "暂停 待料", "verb": "第 2 天", "share": 38, "aria": "暂停，待料，第 2 天"},
        {"tone": "met", "words": "按时，用 39 分", "verb": "限 2 时", "share": 33, "aria": "按时，用 39 分"},
        {"tone": "missed", "words": "超时完成", "verb": "限 2 时", "share": 100, "aria": "超时完成"},
        {"tone": "exempt", "words": "已豁免", "verb": "限 2 时", "share": 60, "aria": "已豁免"},
        {"tone": "idle", "words": "未开始", "verb": "完工后", "share": 0, "aria": "未开始，完工后计时"},
    ]


def _rows() -> list[dict[str, Any]]:
    cases = [
        ("TS-0318-02", "投诉", "电梯 2 号梯困人后安抚不及时", "4 幢 1 单元", "in_progress", 2, "major", "周敏"),
        ("BX-0318-11", "报修", "厨房下水管接口漏水，楼下已渗", "5-1-0302", "to_accept", 1, "urgent", "林国栋"),
        ("BX-0317-21", "报修", "次卧插座无电，空开正常", "4-2-0903", "in_progress", 0, "", "邵立新"),
        ("BX-0316-17", "报修", "厨房水槽更换配件", "2-1-0703", "on_hold", 3, "", "林国栋"),
        ("BX-0312-04", "报修", "2 号楼外墙空鼓检测与修补", "2 幢外立面", "to_dispatch", 0, "planned", ""),
    ]
    names = ("number", "kind", "title", "place", "state", "clock", "urgency", "who")
    clocks = _clocks()
    return [{**dict(zip(names, case, strict=True)), "clock": clocks[case[5]], "dim": case[4] == "on_hold"} for case in cases]


def _axis() -> dict[str, Any]:
    return {
        "codes": ["RPR-06"],
        "segments": [{"tone": "run", "x": 0, "w": 53}, {"tone": "paused", "x": 53, "w": 15.3}, {"tone": "soon", "x": 68.3, "w": 10.6}],
        "now": {"x": 78.9, "label": "现在 10:24"},
        "ticks": [{"x": 0, "label": "08:10 约定"}, {"x": 53, "label": "09:40 暂停"}, {"x": 68.3, "label": "10:06 恢复"}, {"x": 100, "label": "11:00 到时"}],
        "met": [{"tone": "met", "x": 0, "w": 33}],
        "met_ticks": [{"x": 0, "label": "16:38 登记"}, {"x": 33, "label": "17:17 电话约到"}, {"x": 100, "label": "18:38"}],
    }


def _triad() -> list[dict[str, Any]]:
    return [
        {"role": "报事人", "name": "顾晓岚", "facts": ["业主", "139****2046"], "line": "上门前先来电", "call_url": "#"},
        {"role": "首问人", "role_note": "负责到回访", "name": "周敏", "me": True, "facts": ["3 幢管家", "您"], "line": "转办不转责（CASE-01）"},
        {"role": "办理人", "role_note": "到场处理", "name": "林国栋", "facts": ["水电", "手上 2 单"], "line": "10:02 到场", "message_url": "#"},
    ]


def _moments() -> list[dict[str, Any]]:
    return [
        {"icon": "tool", "tone": "brand", "actor": "林国栋", "words": "开始检查：地漏周边防水破损，闭水 20 分钟可见渗点。", "at": "10:18"},
        {"icon": "player-pause", "tone": "pause", "actor": "周敏", "words": "挂起，时限暂停。原因：", "tag": "等住户配合", "at": "09:40"},
        {"icon": "phone", "actor": "周敏", "words": "致电业主，约今天 11:00 前查明原因并止漏。", "quote": "“先把水止住。”", "at": "08:10", "late": "补记"},
    ]


def _floors() -> list[dict[str, Any]]:
    grounds = ("lived", "lived", "vacant", "works")
    return [
        {
            "label": str(floor),
            "cells": [
                {"label": f"{floor:02d}0{n + 1}", "title": f"3-{n // 2 + 1}-{floor:02d}0{n + 1}", "url": "#", "ground": grounds[(floor + n) % 4],
                 "debt": (floor + n) % 3 == 0, "cases": (floor * n) % 5 == 2, "current": floor == 12 and n == 0}
                for n in range(4)
            ],
        }
        for floor in (13, 12, 11)
    ]


def _slots() -> list[dict[str, Any]]:
    states = ("in", "out", "today", "overdue", "missing", "empty", "in", "in")
    return [{"label": "A", "slots": [{"label": f"A-{n:02d}", "state": s, "url": "" if s == "empty" else "#", "title": "", "note": "09:30" if s in ("today", "overdue") else ""} for n, s in enumerate(states, 1)]}]


def frame() -> dict[str, Any]:
    """The rail and the top bar as config/navigation would give them."""
    rail = [("calendar-check", "今日", ""), ("headset", "前台", ""), ("message-report", "诉求", 7), ("key", "保管", ""), ("route", "巡查", ""), ("receipt-yuan", "收费", "")]
    items = [{"id": icon, "icon": icon, "label": label, "url": "#", "badge": badge, "current": icon == "message-report"} for icon, label, badge in rail]
    return {
        "rail": [*items, {"id": "settings", "icon": "settings", "label": "管理", "url": "#", "foot": True}],
        "project": {"name": "青禾北苑", "url": "#"},
        "projects": [{"name": "青禾北苑", "url": "#", "current": True}, {"name": "青禾南苑", "url": "#"}],
        "duty": {"on": True, "words": "早班 07:00–15:00", "place": "在岗"},
        "bell": {"url": "#", "count": 3},
        "person": {"name": "陈雨桐", "post": "前台", "url": "#"},
        "bar_url": reverse("web:patterns"),
    }


def phone() -> dict[str, Any]:
    return {
        **parts("p"),
        "title": "BX-0317-23",
        "back_url": reverse("web:patterns"),
        "tabs": [{"icon": "clipboard-check", "label": "任务", "url": "#", "current": True, "badge": 2}, {"icon": "route", "label": "巡查", "url": "#"}, {"icon": "scan", "label": "扫一扫", "url": "#"}, {"icon": "message", "label": "消息", "url": "#"}, {"icon": "user", "label": "我的", "url": "#"}],
    }
