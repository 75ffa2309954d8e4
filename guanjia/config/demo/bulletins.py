"""What residents were told: one notice of this morning, one draft that waits for its review."""

from __future__ import annotations

from datetime import datetime, timedelta

from guanjia.domains.notices import operations as notices
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.places.models import Building, Project

from .care import _as


def tell(project: Project, crew: dict[str, list[Employee]], at: datetime) -> None:
    """By a steward, and by the supervisor who reads it first."""
    steward, supervisor = crew[posts.STEWARD][0], crew[posts.SERVICE_SUPERVISOR][0]
    building = Building.objects.filter(project=project).order_by("pk")[:1]
    made = notices.draft(
        project, by=_as(steward, at - timedelta(hours=3)), kind="outage", title="今天 14:00–16:00 1 幢二次供水清洗",
        body="清洗生活水箱，期间停水，请提前蓄水。恢复后请先放水一分钟。", buildings=list(building),
    )  # fmt: skip
    notices.publish(made, by=_as(supervisor, at - timedelta(hours=2)))
    notices.draft(
        project, by=_as(steward, at - timedelta(hours=1)), kind="event", title="周六上午义务磨刀、修伞，3 幢架空层",
        body="上午九点到十一点半，自带刀具、雨伞，免费。", buildings=[],
    )  # fmt: skip
