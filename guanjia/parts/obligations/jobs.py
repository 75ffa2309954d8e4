"""Every ten minutes: what is owed from now to the end of the next period, and what downtime left out."""

from __future__ import annotations

import logging

from django.db import Error
from django.utils import timezone

from guanjia.kernel.jobs import every
from guanjia.places.models import Project

from . import keeping, rules

log = logging.getLogger("guanjia.obligations")


@every("*/10 * * * *", "obligations.make")
def make() -> int:
    """Each rule at each project for itself: one that fails is named in the log and does not hold up the others."""
    at, made = timezone.now(), 0
    for project in Project.objects.exclude(kind=Project.Kind.OFFICE):
        for rule in rules.registry.values():
            try:
                made += keeping.make_for(rule, project, at)
            except Error:
                log.exception("obligations of %s at project %d were not made", rule.key, project.pk)
    return made
