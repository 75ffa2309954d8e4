"""What the counter and the gate have in hand: visitors inside and expected, things lent, gifts, hazardous goods.

Each line of work says in a function of its own what a demo shows of it; all through the real operations.
"""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta
from typing import Any

from guanjia.domains.archives import kinds as archive_kinds
from guanjia.domains.archives import operations as archives
from guanjia.domains.gifts import operations as gifts
from guanjia.domains.goods import operations as goods
from guanjia.domains.hazmat import operations as hazmat
from guanjia.domains.left_items import operations as left_items
from guanjia.domains.lostfound import operations as lostfound
from guanjia.domains.organization import operations as organization
from guanjia.domains.parcels import operations as parcels
from guanjia.domains.parcels import queries as consents
from guanjia.domains.reception import operations as reception
from guanjia.domains.shifts import operations as shifts
from guanjia.domains.visitors import operations as visitors
from guanjia.kernel.actors import Actor
from guanjia.kernel.outcomes import Stored
from guanjia.parts.approvals import operations as approvals
from guanjia.people import posts
from guanjia.people.models import Employee, Occupancy, Posting
from guanjia.people.presence import beside
from guanjia.places.models import Project

from . import pictures
from .history import Teller
from .households import first_of


class Counter:
    """Who does what, how many minutes ago."""

    def __init__(self, project: Project, rng: random.Random, now: datetime) -> None:
        self.project, self.rng, self.now = project, rng, now
        self.teller = Teller(project, rng, now)
        self._first: dict[str, Employee] = {}
        held = Posting.objects.filter(project=project).select_related("employee").order_by("id")
        for posting in held:
            self._first.setdefault(posting.post, posting.employee)

    @property
    def homes(self) -> list[Occupancy]:
        return self.teller.homes

    def one(self, post: str) -> Employee:
        """The first who holds a post."""
        return self._first[post]

    def by(self, post: str, ago: int) -> Actor:
        """That colleague, so many minutes ago."""
        return self.teller.staff(self.one(post), self.now - timedelta(minutes=ago))

    def ahead(self, minutes: int) -> datetime:
        return self.now + timedelta(minutes=minutes)


def make(project: Project, rng: random.Random, now: datetime) -> None:
    """Everything that is in hand at this hour."""
    counter = Counter(project, rng, now)
    told = (
        lent, given, at_the_gate, locked_away, waiting_parcels, left_here, found_here, filed, at_the_counter, on_shift,
        coming_and_going,
    )  # fmt: skip
    for tell in told:
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
    home = first_of(counter.homes)
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


def waiting_parcels(counter: Counter) -> None:
    """Parcels of households that agreed in writing, one of them collected, and a registered letter."""
    project, at = counter.project, (("顺丰", "A-1"), ("京东", "A-2"), ("中通", "B-3"), ("圆通", "B-1"))
    homes = itertools.chain([first_of(counter.homes)], counter.homes)
    agreed = (home for home in homes if consents.consent_of(home.house, counter.now) is not None)
    made = [
        parcels.accept(
            project, by=counter.by(posts.RECEPTIONIST, 60 * (4 + 9 * n)), resident=home.resident, house=home.house,
            carrier=carrier, tracking=f"TK{counter.rng.randint(10**9, 10**10)}", postage="none", confirmed=True,
            intact=True, position=shelf, photos=[pictures.photo(counter.rng, "other")],
        )
        for n, ((carrier, shelf), home) in enumerate(zip(at, agreed, strict=False))
    ]  # fmt: skip
    if made:
        parcels.hand_over(
            made[-1], by=counter.by(posts.RECEPTIONIST, 45), proof="known", signature=pictures.signature(counter.rng)
        )
    home = counter.homes[9]
    parcels.receive_mail(
        project, by=counter.by(posts.RECEPTIONIST, 300), sort="letter", house=home.house,
        addressee=home.resident.name, pieces=1, position="信报格 3-2", photos=[pictures.photo(counter.rng, "other")],
    )  # fmt: skip


def left_here(counter: Counter) -> None:
    """A bag that a lead agreed to keep."""
    home = counter.homes[13]
    try:
        left_items.take_in(
            counter.project, by=counter.by(posts.RECEPTIONIST, 200), house=home.house, depositor=home.resident.name,
            depositor_phone=home.resident.phone, description="旅行包一个", pieces=1, due_at=counter.ahead(300),
            position="后柜下层", reason="钥匙忘带，先去接孩子",
        )  # fmt: skip
    except Stored as waits:
        approvals.agree(waits.thing, by=counter.by(posts.SERVICE_SUPERVISOR, 195))


def found_here(counter: Counter) -> None:
    """An umbrella in the lobby; somebody misses an earphone."""
    lostfound.register_find(
        counter.project, by=counter.by(posts.STEWARD, 120), description="黑色折叠伞一把", features="伞柄有白色贴纸",
        place="3 幢大堂沙发", position="前台失物盒",
    )  # fmt: skip
    lostfound.report_loss(
        counter.project, by=counter.by(posts.RECEPTIONIST, 90), description="白色无线耳机一副", place="地下车库",
        lost_on=counter.now.date() - timedelta(days=1), resident=counter.homes[15].resident,
    )  # fmt: skip


def filed(counter: Counter) -> None:
    """Three owners' files: one nearly whole, two with much still missing."""
    kinds = [paper.key for paper in archive_kinds.papers(archive_kinds.OWNER)]
    by = counter.by(posts.SERVICE_SUPERVISOR, 60 * 24 * 6)
    late = counter.by(posts.SERVICE_SUPERVISOR, 60 * 5)
    owners = [home for home in counter.homes if home.role == Occupancy.Role.OWNER][:3]
    for number, (home, papers) in enumerate(zip(owners, (kinds[:7], kinds[:3], kinds[1:2]), strict=False)):
        file = archives.open_file(
            counter.project, by=by, kind="owner", house=home.house, resident=home.resident, room="档案室",
            cabinet="甲柜", box=f"{number + 1:02d}",
        )  # fmt: skip
        for key in papers:
            archives.file_document(file, by=late if number == 1 else by, kind=key, copies=1, has_paper=True)
        if number != 1:  # one list is still to be written
            file.refresh_from_db()
            archives.update_list(file, by=counter.by(posts.SERVICE_SUPERVISOR, 60 * 24 * 6 - 30))


def at_the_counter(counter: Counter) -> None:
    """A call in the log, a message that waits to be read, somebody at the counter, two standard answers."""
    project, home = counter.project, counter.homes[17]
    reception.log(
        project, by=counter.by(posts.RECEPTIONIST, 75), caller=home.resident.name, house=home.house.code,
        phone=home.resident.phone, topic="enquiry", content="问电梯保养几点结束。", handling="告知下午四点恢复。",
    )  # fmt: skip
    reception.take_message(
        project, by=counter.by(posts.RECEPTIONIST, 18), caller="装饰公司 丁经理", phone="13600002233",
        addressee=counter.one(posts.PROJECT_MANAGER), message="请回电确认进场时间。",
    )  # fmt: skip
    reception.receive(
        project, by=counter.by(posts.RECEPTIONIST, 4), name="范晓彤", topic="enquiry", words="咨询停车月卡办理。"
    )
    writer, senior = counter.by(posts.SERVICE_OFFICER, 60 * 24 * 5), counter.by(posts.SERVICE_SUPERVISOR, 60 * 24 * 4)
    for question, answer in (
        ("门禁卡丢了怎么补？", "本人带证件到前台登记，旧卡当场停用，新卡当日可取。"),
        ("装修什么时间可以施工？", "工作日 8:00–12:00、14:00–18:00，周末和节假日不得有噪声作业。"),
    ):
        one = reception.write_reply(project, by=writer, topic="enquiry", question=question, words=answer)
        reception.release_reply(one, by=senior)


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


def coming_and_going(counter: Counter) -> None:
    """A leave slip to decide, the office checked, a steward called to the spot, a word between service and security."""
    project, guard = counter.project, counter.by(posts.SECURITY_GUARD, 200)
    shifts.ask_leave(
        project, by=guard, from_at=counter.ahead(60 * 26), until_at=counter.ahead(60 * 34), reason="陪家人就医"
    )  # fmt: skip
    shifts.check_office(project, by=counter.by(posts.RECEPTIONIST, 240), is_clean="no", remark="复印区纸篓未清")
    organization.call_steward(
        project, by=counter.by(posts.RECEPTIONIST, 12), house=counter.homes[3].house.code,
        reason="楼道堆物，住户请来看一下",
    )  # fmt: skip
    begun = counter.now - timedelta(days=6)
    storm = shifts.declare_weather(
        project, by=counter.by(posts.DUTY_MANAGER, 60 * 24 * 6), kind="rainstorm", from_at=begun,
        until_at=begun + timedelta(hours=9), needed=3, words="傍晚到夜间有暴雨，地库入口备沙袋。",
    )  # fmt: skip
    shifts.lift_weather(storm, by=counter.by(posts.DUTY_MANAGER, 60 * (24 * 6 - 7)))
    visitors.share(
        project, by=counter.by(posts.SERVICE_SUPERVISOR, 70), kind="complaint", house=counter.homes[5].house.code,
        words="住户对夜间装修噪声反映较多，夜巡请留意",
    )  # fmt: skip
