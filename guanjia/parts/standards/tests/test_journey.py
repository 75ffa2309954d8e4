"""A manager halves a limit from tomorrow: what runs keeps its own, last month does not move, the page says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.repairs.operations import record
from guanjia.kernel.forms import as_json
from guanjia.parts.approvals.models import Approval
from guanjia.parts.approvals.tests.signing import agree
from guanjia.parts.clocks.models import Clock
from guanjia.parts.compliance import following
from guanjia.parts.compliance import queries as compliance
from guanjia.parts.standards import queries
from guanjia.parts.standards.models import Edition
from guanjia.people.models import Account, Employee
from guanjia.people.tests.cast import Community

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "guanjia-north-1"


def emergency(north: Community, at: Any, words: str) -> Clock:
    case = record(
        north.project, by=north.by("receptionist", at, channel="demo", recorded_at=at), place="home",
        house=north.house, resident=north.owner, content=words, channel="phone", urgency="emergency",
        category="plumbing", problem="burst", apart=True,
    )  # fmt: skip
    return Clock.objects.get(subject_label="case", subject_id=case.pk, clause_id="RPR-03")


def test_a_limit_is_halved_from_tomorrow(
    north: Community,
    windows: Any,
    quality: Employee,
    settings: Any,
) -> None:
    settings.SECOND_FACTOR, screen = False, windows()
    now = timezone.now()
    month_ago = (queries.today_at(north.project, now).replace(day=1) - timedelta(days=5)).replace(day=1)
    old = emergency(north, now.replace(year=month_ago.year, month=month_ago.month, day=10), "上月爆管")
    running = emergency(north, now - timedelta(minutes=30), "厨房爆管")
    following.rebuild(north.project, now)
    before = compliance.month([north.project], month_ago)[north.project.pk]["RPR-03"]

    account = Account.objects.get(username="north.manager")
    account.set_password(PASSWORD)
    account.save()
    screen.goto("/login")
    screen.fill("input[name=username]", "north.manager")
    screen.fill("input[name=password]", PASSWORD)
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/today")
    screen.goto("/p/north/standards/clause/RPR-03")
    screen.click("a[href$='/standards/clause/RPR-03/change']")
    screen.fill("input[name=amount]", "1")
    screen.select_option("select[name=unit]", "hours")
    screen.fill("textarea[name=reason]", "夜班加了一人")
    screen.keyboard.press("Control+Enter")
    screen.wait_for_url("**/approvals/**")

    assert not Edition.objects.exists(), "it waits for the quality department"
    agree(Approval.objects.get(), quality)
    queries.forget()
    screen.goto("/p/north/standards/clause/RPR-03")
    words = screen.inner_text("main")
    assert "夜班加了一人" in words and "未生效" in words and "2 时" in words
    assert "已开始的时钟" in words

    running.refresh_from_db()
    old.refresh_from_db()
    assert (running.limit_seconds, old.limit_seconds) == (7200, 7200)
    tomorrow = emergency(north, now + timedelta(days=1), "明天的爆管")
    assert tomorrow.limit_seconds == 3600 and as_json(tomorrow.snapshot["editions"])
    following.rebuild(north.project, now)
    assert compliance.month([north.project], month_ago)[north.project.pk]["RPR-03"] == before
