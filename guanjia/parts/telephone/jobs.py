"""Nightly: marks of what was heard, after the time in which a signature is taken at all."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjia.kernel import jobs

from .models import Heard

KEPT = timedelta(days=1)


@jobs.every("52 18 * * *", "telephone.clear")
def clear() -> None:
    """A mark is needed as long as its signature would be taken: five minutes; a day is plenty."""
    Heard.objects.filter(at__lt=timezone.now() - KEPT).delete()
