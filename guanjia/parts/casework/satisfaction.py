"""How content somebody is: the five words of the trade, for ratings, revisits and surveys alike."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Satisfaction(models.TextChoices):
    """The vocabulary's satisfaction_levels, best first."""

    VERY_SATISFIED = "very_satisfied", _("Very satisfied")
    SATISFIED = "satisfied", _("Satisfied")
    NEUTRAL = "neutral", _("Neutral")
    UNSATISFIED = "unsatisfied", _("Unsatisfied")
    VERY_UNSATISFIED = "very_unsatisfied", _("Very unsatisfied")


CONTENT = frozenset({Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED})
UNHAPPY = frozenset({Satisfaction.UNSATISFIED, Satisfaction.VERY_UNSATISFIED})
