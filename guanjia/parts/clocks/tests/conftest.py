"""Two clocks of a ticket, declared for a test and taken away after it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guanjia.config.permissions import RIGHTS
from guanjia.kernel.tests import room
from guanjia.parts.clocks import rules
from guanjia.parts.clocks.models import Clock
from guanjia.parts.standards import bindings

CN = ZoneInfo("Asia/Shanghai")
T0 = datetime(2026, 3, 18, 9, 0, tzinfo=CN)  # a Wednesday


@pytest.fixture(autouse=True)
def _rights(monkeypatch):
    monkeypatch.setattr(bindings, "registry", list(bindings.registry))
    for name, posts in {"give_reason": {"steward"}, "exempt": {"project_manager"}}.items():
        monkeypatch.setitem(RIGHTS, f"clocks.{name}", frozenset(posts))


@pytest.fixture
def declare():
    made = []

    def one(clause="RPR-03", key="tests.respond", **more):
        given = {
            "subject": "ticket", "verb": "应响应", "starts": ["tests.open_ticket"], "stops": ["tests.close"],
            "pauses": ["tests.take"], "resumes": ["tests.note_phone"], "pause_reason": lambda ticket: "住户改约",
        }  # fmt: skip
        rule = rules.clock(clause, key=key, **(given | more))
        made.append(rule)
        return rule

    yield one
    for rule in made:
        rules.forget(rule.key)


class Desk:
    """A ticket of the North project, moved by its people at minutes after nine."""

    def __init__(self, community):
        self.community = community
        self.ticket = None

    def at(self, minutes):
        return T0 + timedelta(minutes=minutes)

    def open(self, minutes=0, words="水管爆裂"):
        by = self.community.by("receptionist", self.at(minutes))
        self.ticket = room.open_ticket(self.community.project, by=by, words=words)
        return self.ticket

    def take(self, minutes):
        room.take(self.ticket, by=self.community.by("steward", self.at(minutes)))

    def phone(self, minutes):
        room.note_phone(self.ticket, by=self.community.by("receptionist", self.at(minutes)), phone="13900000000")

    def close(self, minutes):
        room.close(self.ticket, by=self.community.by("steward", self.at(minutes)))

    @property
    def clock(self):
        return Clock.objects.order_by("-pk").select_related("project").first()


@pytest.fixture
def desk(north):
    return Desk(north)
