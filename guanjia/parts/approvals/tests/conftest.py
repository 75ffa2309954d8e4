"""The quality department at the head office, rules of a test's own, and a breach that can be exempted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.parts.approvals import rules
from guanjia.parts.standards import operations as standards
from guanjia.parts.standards import queries as standing
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project


@pytest.fixture
def quality(office: Project) -> Employee:
    return hire(office, office, "quality", "品质同事", posts.COMPANY_SERVICE)


@pytest.fixture
def general(office: Project) -> Employee:
    return hire(office, office, "general", "总经理", posts.GENERAL_MANAGER)


@pytest.fixture
def change(north: Community) -> Callable[..., Any]:
    """The manager of North wants the emergency repair answered within an hour, from tomorrow."""

    def call(who: str = "manager", **more: Any) -> Any:
        by = more.pop("by", None) or north.by(who)
        key = more.pop("key", None)
        day = standing.today_at(north.project, timezone.now()) + timedelta(days=1)
        given = {"clause": "RPR-03", "amount": 1, "unit": "hours", "effective_from": day, "reason": "夜班两人"}
        return standards.change_limit(north.project, by=by, key=key, **(given | more))

    return call


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Lay other rules under for one test."""

    def lay(*lines: dict[str, Any]) -> None:
        found = rules.parsed(list(lines))
        monkeypatch.setattr(rules, "book_rules", lambda: found)
        rules._by_operation.cache_clear()
        rules.held_labels.cache_clear()
        rules.spoken_of.cache_clear()

    yield lay
    rules._by_operation.cache_clear()
    rules.held_labels.cache_clear()
    rules.spoken_of.cache_clear()


@pytest.fixture
def late_clock(north: Community) -> Callable[[], Any]:
    """A repair nobody answered in time: its clock is late, the steward owns it, the reason is on record."""
    from guanjia.parts.casework.models import Case
    from guanjia.parts.clocks.models import Clock

    now = timezone.now()
    case = Case.objects.create(
        project=north.project, number="BY-BX1", kind=Case.Kind.REPAIR, content="车库积水", house=north.house,
        owner=north.staff["steward"], reported_at=now, recorded_at=now, moved_at=now,
    )  # fmt: skip
    clock = Clock.objects.create(
        project=north.project, rule_key="tests.answer", clause_id="RPR-03", subject_label="case", subject_id=case.pk,
        snapshot={"values": {}}, state=Clock.State.MISSED, started_at=now - timedelta(hours=5), limit_seconds=7200,
        due_at=now - timedelta(hours=3), warn_at=now - timedelta(hours=4), stopped_at=now - timedelta(hours=2),
        started_by=0, cause="outside", breach_reason="市政停水",
    )  # fmt: skip
    return lambda: Clock.objects.select_related("project").get(pk=clock.pk)
