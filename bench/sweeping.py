"""The sweeps that the worker runs, measured beside the requests: what must not grow with what lies behind."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.parts.clocks.jobs import sweep_at
from guanjia.parts.clocks.models import Clock
from guanjia.parts.compliance import following
from guanjia.parts.obligations import keeping

from .community import Place

DUE = 20
STANDING = 50_000  # clocks that run at once: a large group on a bad day


class Sweeping:
    """Each minute's look at the clocks, each ten minutes' look at what is owed."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.standing = 0

    def stand(self) -> None:
        """Up to 50,000 of the clocks run, none of them near its next step. Once."""
        if self.standing:
            return
        rows = Clock.objects.filter(project=self.place.project).order_by("-id").values("pk")[:STANDING]
        ahead = timezone.now() + timedelta(days=2)
        self.standing = Clock.objects.filter(pk__in=rows).update(
            state="running", stopped_at=None, used_seconds=None, level=0, due_at=ahead, warn_at=ahead, next_at=ahead
        )
        following.follow(self.place.project, timezone.now())

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

    def standing_idle(self, number: int) -> None:
        """Fifty thousand clocks run, none has reached its next step."""
        self.stand()
        assert sweep_at(timezone.now()) == 0

    def standing_due(self, number: int) -> None:
        """Fifty thousand clocks run, twenty of them are due."""
        self.stand()
        self.clocks_due(number)

    def sums_idle(self, number: int) -> None:
        """Each five minutes' look of the sums of compliance at the journal, nothing new in it."""
        self.stand()
        following.follow(self.place.project, timezone.now())

    def sums_after(self, number: int) -> None:
        """The same after a clock met its limit and one did not: what following costs on top of the acts."""
        self.stand()
        rows = Clock.objects.filter(project=self.place.project, state="running").order_by("id")
        last = Event.objects.filter(project=self.place.project).aggregate(n=Max("pk"))["n"]
        for state, pk in zip(("met", "missed"), list(rows.values_list("pk", flat=True)[:2]), strict=True):
            ended = {"stopped_at": timezone.now(), "used_seconds": 60, "stopped_by": last, "next_at": None}
            Clock.objects.filter(pk=pk).update(state=state, **ended)
        following.follow(self.place.project, timezone.now())
