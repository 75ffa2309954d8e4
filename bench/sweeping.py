"""The sweeps that the worker runs, measured beside the requests: what must not grow with what lies behind."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjia.parts.clocks.jobs import sweep_at
from guanjia.parts.clocks.models import Clock
from guanjia.parts.obligations import keeping

from .community import Place

DUE = 20


class Sweeping:
    """Each minute's look at the clocks, each ten minutes' look at what is owed."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def clocks_idle(self, number: int) -> None:
        """Nothing has reached its next step."""
        assert sweep_at(timezone.now()) == 0

    def clocks_due(self, number: int) -> None:
        """Twenty clocks have: each is lifted by its own operation."""
        now = timezone.now()
        ids = list(Clock.objects.filter(project=self.place.project).order_by("-id").values_list("pk", flat=True)[:DUE])
        Clock.objects.filter(pk__in=ids).update(
            state="running",
            stopped_at=None,
            used_seconds=None,
            level=0,
            started_at=now - timedelta(hours=3),
            due_at=now - timedelta(hours=1),
            warn_at=now - timedelta(hours=2),
            next_at=now - timedelta(minutes=1),
        )
        assert sweep_at(now) >= 1

    def duties_made(self, number: int) -> None:
        """What is owed is there already: the rules are asked, nothing is written."""
        keeping.make(self.place.project, timezone.now())
