"""What the counter and the gate have in hand: visitors inside and expected, things lent, gifts, hazardous goods.

Each line of work says in a function of its own what a demo shows of it; all through the real operations.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from guanjia.domains.gifts import operations as gifts
from guanjia.domains.goods import operations as goods
from guanjia.domains.hazmat import operations as hazmat
from guanjia.domains.shifts import operations as shifts
from guanjia.domains.visitors import operations as visitors
from guanjia.kernel.actors import Actor
from guanjia.people import posts
from guanjia.people.models import Employee, Occupancy, Posting
from guanjia.people.presence import beside
from guanjia.places.models import Project

from .history import Teller


class Counter:
    """Who does what, how many minutes ago."""

    def __init__(self, project: Project, rng: random.Random, now: datetime) -> None:
        self.project, self.rng, self.now = project, rng, now
        self.teller = Teller(project, rng, now)

    @property
    def homes(self) -> list[Occupancy]:
        return self.teller.homes

    def one(self, post: str) -> Employee:
        """The first who holds a post."""
        return Posting.objects.filter(project=self.project, post=post).order_by("id")[0].employee

    def by(self, post: str, ago: int) -> Actor:
        """That colleague, so many minutes ago."""
        return self.teller.staff(self.one(post), self.now - timedelta(minutes=ago))

    def ahead(self, minutes: int) -> datetime:
        return self.now + timedelta(minutes=minutes)


def make(project: Project, rng: random.Random, now: datetime) -> None:
    """Everything that is in hand at this hour."""
    counter = Counter(project, rng, now)
    for tell in (lent, given, at_the_gate, locked_away, on_shift):
        tell(counter)


def lent(counter: Counter) -> None:
    """Umbrellas, a trolley, a wheelchair; one umbrella should be back."""
    things = (
        ("雨伞", "前台伞架"),
        ("雨伞", "前台伞架"),
        ("雨伞", "前台伞架"),
        ("平板推车", "大堂北侧"),
        ("轮椅", "前台后柜"),
    )
    by = counter.by(posts.RECEPTIONIST, 60 * 24 * 9)
    made = [goods.register_good(counter.project, by=by, name=name, position=at) for name, at in things]
    home = counter.homes[7]
    goods.lend(
        made[0], by=counter.by(posts.RECEPTIONIST, 60 * 26), resident=home.resident,
        due_at=counter.ahead(-120), purpose="下雨送孩子上学",
    )  # fmt: skip
    goods.lend(
        made[3], by=counter.by(posts.RECEPTIONIST, 40), outsider="搬家公司 王师傅", contact="13600001122",
        due_at=counter.ahead(80), purpose="搬家具",
    )  # fmt: skip


def given(counter: Counter) -> None:
    """One gift waits to be handed over, one is handed over."""
    said: dict[str, Any] = {"declined": True}
    first = counter.by(posts.STEWARD, 60 * 30)
    gift = gifts.receive(
        counter.project, by=first, giver=counter.homes[3].resident.name, description="自家做的糕点一盒", **said
    )
    senior = counter.by(posts.SERVICE_SUPERVISOR, 60 * 29)
    gifts.hand_over(gift, by=beside(senior, counter.one(posts.STEWARD)))
    gifts.receive(
        counter.project, by=counter.by(posts.TECHNICIAN, 70), giver=counter.homes[11].resident.name,
        description="茶叶一罐", value_fen=8000, **said,
    )  # fmt: skip


def at_the_gate(counter: Counter) -> None:
    """Two inside, one waiting for the household's word, one expected with a pass."""
    guests = (("黎明轩", "探亲", 95, 2), ("高远航", "送家具", 50, 3), ("何书瑶", "看望同学", 6, 1))
    for number, (name, purpose, ago, people) in enumerate(guests):
        home = counter.homes[number * 4 + 2]
        by = counter.by(posts.SECURITY_GUARD, ago)
        visitor = visitors.arrive(
            counter.project, by=by, house=home.house.code, name=name, headcount=people, purpose=purpose,
            id_type="id_card", id_number=_invented(counter.rng),
        )  # fmt: skip
        if number == 2:
            continue
        visitors.confirm(visitor, by=counter.by(posts.SECURITY_GUARD, ago - 2), who=home.resident, how="intercom")
        visitors.admit(visitor, by=counter.by(posts.SECURITY_GUARD, ago - 3))
    home = counter.homes[5]
    visitors.issue(
        counter.project, by=counter.teller.resident(home, counter.now - timedelta(hours=3)), house=home.house.code,
        visitor="秦雨桐", headcount=1, purpose="家庭聚会", kind="once", from_at=counter.now - timedelta(hours=3),
        until_at=counter.ahead(60 * 8),
    )  # fmt: skip


def _invented(rng: random.Random) -> str:
    """A number of the right form that belongs to nobody (district 990000 is not given)."""
    digits = f"990000{rng.randint(1960, 2000)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(0, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def locked_away(counter: Counter) -> None:
    """Rat poison and thinner in the warehouse; some of it out since this morning."""
    project, lead = counter.project, counter.by(posts.SERVICE_LEAD, 60 * 24 * 8)
    store = hazmat.add_store(
        project, by=lead, name="危险品库", kind="warehouse", position="地下二层东侧独立库房", capacity=60,
        keyholder=counter.one(posts.SERVICE_LEAD), is_locked=True,
    )  # fmt: skip
    day = counter.now.date()
    poison = hazmat.define(
        project, by=lead, goods="rat_poison", name="溴敌隆毒饵", unit="kg", most_per_use=2,
        precautions="戴手套投放，设警示牌，避开儿童与宠物。",
    )  # fmt: skip
    thinner = hazmat.define(
        project, by=lead, goods="thinner", name="稀释剂", unit="l", precautions="远离火源，通风使用。"
    )
    lot = hazmat.receive(
        project, by=lead, substance=poison, store=store, batch="A2608", expires_on=day + timedelta(days=200),
        quantity=12, note="送货单 0817",
    )  # fmt: skip
    hazmat.receive(
        project, by=lead, substance=thinner, store=store, batch="T-55", expires_on=day + timedelta(days=21), quantity=8
    )
    issuing = beside(counter.by(posts.SERVICE_SUPERVISOR, 150), counter.one(posts.SERVICE_LEAD))
    hazmat.hand_out(project, by=issuing, lot=lot, planned="1.5", quantity="1.5", purpose="月度灭鼠", place="地下车库")


def on_shift(counter: Counter) -> None:
    """Lines of the log, something passed on that not everybody has read, a steward who is out."""
    project, desk = counter.project, posts.RECEPTIONIST
    for ago, kind, words in (
        (170, "plan", "上午联系电梯维保单位确认年检时间"),
        (95, "event", "物业维保单位进场检修三幢电梯，预计停梯一小时"),
        (40, "done", "电梯恢复运行，已在业主群告知"),
    ):
        shifts.log(project, by=counter.by(desk, ago), words=words, kind=kind, is_important=kind == "event")
    note = shifts.pass_on(
        project, by=counter.by(posts.SERVICE_SUPERVISOR, 120), title="明早停水", posts=[desk, posts.SECURITY_GUARD],
        words="三幢明早九点至十一点停水，有来电请说明恢复时间。", is_urgent=True,
    )  # fmt: skip
    shifts.read(note, by=counter.by(posts.SECURITY_GUARD, 90))
    shifts.go_out(
        project, by=counter.by(posts.STEWARD, 30), destination="街道办事处", reason="送文明楼道材料",
        due_at=counter.ahead(60), told_to=counter.one(posts.SERVICE_SUPERVISOR),
    )  # fmt: skip
