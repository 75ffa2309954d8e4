"""Every five minutes the sums follow the journal."""

from __future__ import annotations

import logging

from django.db import Error
from django.utils import timezone

from guanjia.kernel.jobs import every
from guanjia.places.models import Project

from . import following

log = logging.getLogger("guanjia.compliance")


@every("*/5 * * * *", "compliance.follow")
def follow() -> int:
    """Each project for itself."""
    at, days = timezone.now(), 0
    for project in Project.objects.exclude(kind=Project.Kind.OFFICE):
        try:
            days += following.follow(project, at)
        except Error:
            log.exception("the sums of project %d were not brought up to date", project.pk)
    return days
