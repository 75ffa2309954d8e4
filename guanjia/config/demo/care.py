"""Care files, profiles, a referral and what helped: a few of each, by the real operations."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from guanjia.domains.followups import operations as followups
from guanjia.domains.residents import operations as residents
from guanjia.domains.residents import queries
from guanjia.kernel.actors import Actor
from guanjia.people import posts
from guanjia.people.login import staff_actor
from guanjia.people.models import EmergencyContact, Employee, Occupancy
from guanjia.places.models import House, Project

PLANS = (
    ("报修优先上门；快递、信报送到门口", ["home", "errands", "rail"], "卫生间已装扶手，浴室缺防滑垫", 6),
    ("每周电话问候一次；节前上门看望", ["lane", "escort", "light"], "入户门槛已做坡道", 12),
    ("停水停电提前当面告知", ["home", "floor"], "地面防滑已检查", 20),
)
HELPED = (
    ("elderly", "门厅放一把折叠凳，等电梯时可以坐。"),
    ("elderly", "通知用大字打印一份，随信报送上门。"),
    ("lonely", "每周二上午十点电话问候，无人接听即上门。"),
    ("infant_family", "一层楼梯间划出婴儿车停放位，贴房号牌。"),
    ("frequent_traveller", "出差前登记，信报和快递由前台集中代收，回来当天送上门。"),
)
# Manner, what matters most, preferences, how we serve, loyalty, what to work on.
PROFILES = (
    ("rational", "safety", "先发短信再上门", "每一步给出时间，附上依据", "trust", "quality"),
    ("emotional", "social", "喜欢参加社区活动", "由管家本人回电", "loyalty", "bond"),
    ("rational", "basic", "周末方便接待维修", "预约到小时，迟到提前告知", "satisfaction", "value"),
    ("emotional", "esteem", "希望改动前先征求意见", "采纳与否都有回音", "satisfaction", "bond"),
)


def look_after(project: Project, crew: dict[str, list[Employee]], at: datetime) -> None:
    """Begun last month, so that this month already owes and shows."""
    then = at - timedelta(days=35)
    lead, officer = (_as(crew[post][0], then) for post in (posts.SERVICE_SUPERVISOR, posts.SERVICE_OFFICER))
    for kind, words in HELPED:
        residents.share_experience(project, by=officer, kind=kind, words=words)
    listed = queries.on_the_list(project).select_related("resident").order_by("pk")[: len(PLANS)]
    for tag, (needs, measures, fittings, days) in zip(listed, PLANS, strict=False):
        residents.give_consent(tag.resident, by=officer, purpose="care", mode="signed")
        if not EmergencyContact.objects.filter(resident=tag.resident).exists():
            continue
        residents.open_care_file(
            tag.resident, by=lead, needs=needs, measures=measures, fittings=fittings,
            next_visit_on=timezone.localdate(at) + timedelta(days=days),
        )  # fmt: skip
    if first := listed.first():
        home = queries.homes_of(project, [first.resident_id])[first.resident_id]
        followups.record_visit(
            project, by=_as(crew[posts.SERVICE_SUPERVISOR][0], at - timedelta(hours=20)), house=home.house,
            resident=first.resident, kind="care_visit", mode="home", mood="pleased", satisfaction="satisfied",
            feedback="近来睡得好，药按时吃；厨房灯有点暗", minutes=8,
        )  # fmt: skip
    _customers(project, officer, _as(crew[posts.SERVICE_SUPERVISOR][0], at - timedelta(hours=30)))


def _customers(project: Project, officer: Actor, now: Actor) -> None:
    heads = Occupancy.objects.filter(project=project, is_head=True, ended_on__isnull=True).select_related("resident")
    people = [home.resident for home in heads.order_by("pk")[4:20:4]]
    for person, (manner, level, preferences, approach, loyalty, factor) in zip(people, PROFILES, strict=False):
        said = {"manner": manner, "need_level": level, "preferences": preferences, "approach": approach}
        residents.classify(person, by=officer, **said)
        residents.rate_loyalty(person, by=officer, loyalty=loyalty, factor=factor)
    residents.take_measure(people[0], by=now, measure="solved", words="地库渗水处理完毕，回访满意")
    residents.follow_closely(people[2], by=now, how="contact", why="半年内报修三次，管道老旧")
    residents.follow_closely(people[3], by=now, how="assess", why="希望每季沟通一次服务安排")
    let = House.objects.filter(project=project).exclude(use=House.Use.LIVED_IN).order_by("pk").first()
    if let is not None:
        since = timezone.localdate() - timedelta(days=3)
        residents.register(project, by=now, name="温若川", house=let, role="tenant", from_on=since)
    referral = residents.note_referral(people[1], by=officer, friend="柳先生", via="sharing", about="想租一套两居")
    residents.join_referral(referral, by=now, joined_on=timezone.localdate() - timedelta(days=3))


def _as(employee: Employee, at: datetime) -> Actor:
    return staff_actor(employee, at, channel="demo", recorded_at=at)
