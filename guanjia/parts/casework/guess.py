"""What a caller's words point to: a problem of the category tree, and whether life is in danger."""

from __future__ import annotations

from guanjia.kernel.search import normal

from . import categories

# Words a caller says, longest meaning first; the tree's own words are added to them.
SAID = {
    ("elevator", "trapped"): ("困人", "困在电梯", "关在电梯", "关电梯里", "被困", "困了", "困住", "困着", "trapped"),
    ("other", "gas"): ("燃气", "煤气", "天然气", "液化气", "gas"),
    ("electrical", "sparks"): ("打火", "冒火花", "插座冒烟", "烧焦", "sparks"),
    ("other", "fire"): ("着火", "起火", "失火", "冒烟", "浓烟", "fire", "smoke"),
    ("plumbing", "burst"): ("爆管", "跑水", "喷水", "水管爆", "burst"),
    ("plumbing", "no_water"): ("停水", "没水", "没有水", "no water"),
    ("plumbing", "blocked"): ("堵", "下不去水", "反水", "blocked"),
    ("plumbing", "leak"): ("漏水", "渗水", "滴水", "漏", "渗", "leak"),
    ("plumbing", "tap"): ("龙头", "马桶", "花洒", "洗手盆", "tap"),
    ("electrical", "no_power"): ("停电", "跳闸", "没电", "断电", "无电", "no power"),
    ("electrical", "socket"): ("插座", "开关", "socket"),
    ("electrical", "light"): ("灯不亮", "照明", "灯", "light"),
    ("elevator", "stopped"): ("电梯停", "电梯不动", "电梯坏", "lift stopped"),
    ("elevator", "noise"): ("电梯异响", "电梯抖", "lift noise"),
    ("intercom", "locked_out"): ("门打不开", "锁打不开", "进不去", "locked out"),
    ("intercom", "door_lock"): ("单元门", "门禁", "刷卡", "entrance"),
    ("intercom", "intercom"): ("对讲", "可视", "intercom"),
    ("hvac", "drip"): ("空调滴水", "空调漏水"),
    ("hvac", "cooling"): ("空调", "不制冷", "不制热"),
    ("civil", "falling"): ("掉落", "脱落", "要掉"),
    ("civil", "roof_leak"): ("屋面", "外墙渗", "屋顶漏"),
    ("civil", "door_window"): ("窗", "门关不", "window"),
    ("civil", "wall"): ("瓷砖", "墙面", "地砖", "空鼓", "wall"),
}


def problem_in(words: str, place: str = "") -> categories.Problem | None:
    """The likeliest problem; one that cannot be at this kind of place comes only when nothing else fits."""
    text = normal(words)
    best: tuple[int, int, categories.Problem] | None = None
    for key, said in SAID.items():
        longest = max((len(word) for word in said if word in text), default=0)
        problem = categories.problem(*key) if longest else None
        if problem is None:
            continue
        rank = (1 if problem.danger else 0, longest, problem)
        fits = not place or place in problem.places or bool(problem.danger)
        if fits and (best is None or rank[:2] > best[:2]):
            best = rank
    return best[2] if best else None


def danger_in(words: str, problem: categories.Problem | None) -> str:
    """The danger to life of the chosen problem, or of what the words say; empty where there is none."""
    if problem is not None and problem.danger:
        return problem.danger
    heard = problem_in(words)
    return heard.danger if heard else ""
