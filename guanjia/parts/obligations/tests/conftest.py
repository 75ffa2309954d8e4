"""A repair that is open, and time that passes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from guanjia.domains.repairs.operations import record
from guanjia.parts.casework.models import Case
from guanjia.parts.obligations import keeping, rules
from guanjia.people.tests.cast import Community

ZONE = ZoneInfo("Asia/Shanghai")


def day_at(days: int, hour: int = 10) -> datetime:
    """An hour of a day, counted from today at the project."""
    today = timezone.now().astimezone(ZONE).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def told(community: Community, who: str, at: datetime) -> Any:
    """Somebody at a moment of the past, as the history of a demo is told."""
    return community.by(who, at, channel="demo", recorded_at=at)


def repair(community: Community, at: datetime, words: str = "厨房水管漏水") -> Case:
    return record(
        community.project, by=told(community, "receptionist", at), place="home", house=community.house,
        resident=community.owner, content=words, channel="phone", urgency="ordinary", category="plumbing",
        problem="leak", apart=True,
    )  # fmt: skip


def progress_owed(community: Community, at: datetime) -> int:
    """The rows of the one duty that these tests are about: a word on each open repair, each day."""
    return keeping.make_for(rules.registry["repairs.progress"], community.project, at)
