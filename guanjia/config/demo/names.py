"""Invented names, numbers and notes: drawn by a seed, nobody's. Numbers stand in ranges that are not given out."""

from __future__ import annotations

import random
from collections.abc import Iterator

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
# Given names of two characters, one after the other.
FEMALE = (
    "安宁婉清语桐思齐佳禾若溪雨薇静怡晓岚念慈书瑶可欣心怡芷若梦洁子涵一诺采薇秋月春燕"
    "淑珍桂香玉兰慧敏丽华秀芳美玲红梅海燕小满冬青亦舒南希知夏清欢沐晴锦书云舒初见素心"
)
MALE = (
    "志远建国明哲浩然子轩立新永康德成文博家骏承泽启明思源振华国栋学勤光耀一鸣睿渊俊峰"
    "海涛宏伟新民少华长青向东立秋书航景行致和望舒亦凡北辰行舟知行修远星野牧之怀瑾守拙"
)
CARE_NOTES = {
    "elderly": ("听力弱，敲门后请多等两分钟", "腿脚慢，开门要等一会儿", "午睡到两点半，下午再上门"),
    "lonely": ("独居，三天没见面请电话问候", "独居，子女在外地，节日多走动"),
    "child": ("孩子午睡，上门请先打电话", "家有幼儿，施工请避开中午"),
    "disabled": ("坐轮椅，物品请放门内矮柜", "视力障碍，上门先报姓名和来意"),
    "sick": ("术后休养，请勿按门铃，改打电话", "对油漆气味过敏，维修请用无味材料"),
    "infant_family": ("婴儿车放在电梯厅左侧，请勿移动", "宝宝睡眠轻，请轻敲门"),
    "frequent_traveller": ("常年出差，快递放前台", "长期不在家，水阀已关，漏水请先联系"),
}
RELATIONS = ("女儿", "儿子", "妹妹", "弟弟", "外甥", "朋友")
# 9999 is nobody's area: no identity card begins with it.
_AREA = "999900"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class People:
    """Names, phone numbers and card numbers without repetition within a project."""

    def __init__(self, rng: random.Random, prefix: str) -> None:
        self.rng = rng
        self._phones = self._numbers(prefix)
        self._serial = 0
        self._taken: set[str] = set()

    def _numbers(self, prefix: str) -> Iterator[str]:
        digits = 11 - len(prefix)
        for number in self.rng.sample(range(10**digits), 9000):
            yield f"{prefix}{number:0{digits}d}"

    def phone(self) -> str:
        return next(self._phones)

    def name(self, gender: str, family: str = "") -> str:
        """A name; distinct within the project as far as the lists go."""
        for _ in range(12):
            given = FEMALE if gender == "f" else MALE
            start = 2 * self.rng.randrange(len(given) // 2)
            name = (family or self.rng.choice(SURNAMES)) + given[start : start + 2]
            if name not in self._taken:
                break
        self._taken.add(name)
        return name

    def card(self, year: int) -> str:
        """A card number with a right check digit, in an area that does not exist."""
        self._serial += 1
        body = f"{_AREA}{year}{self.rng.randint(1, 12):02d}{self.rng.randint(1, 28):02d}{self._serial % 1000:03d}"
        return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]
