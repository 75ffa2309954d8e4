"""What the Book names of customers: how to deal with somebody, what they need, how attached they are, and what follows.

Static words of RES-07, RES-10 and RES-12; what a project does with them stands in the records.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Manner(models.TextChoices):
    """How somebody likes to be dealt with (vocabulary: customer_types)."""

    RATIONAL = "rational", _("By facts")
    EMOTIONAL = "emotional", _("By attention")


class NeedLevel(models.TextChoices):
    """The five layers of needs (vocabulary: need_levels)."""

    BASIC = "basic", _("Daily life")
    SAFETY = "safety", _("Safety")
    SOCIAL = "social", _("Company of others")
    ESTEEM = "esteem", _("Respect")
    SELF = "self_actualisation", _("Own plans")


class Loyalty(models.TextChoices):
    """The four layers of loyalty (vocabulary: loyalty_levels)."""

    AWARENESS = "awareness", _("Knows us")
    SATISFACTION = "satisfaction", _("Satisfied")
    TRUST = "trust", _("Trusts us")
    LOYALTY = "loyalty", _("Loyal")


class Factor(models.TextChoices):
    """What loyalty depends on: the one to work on."""

    QUALITY = "quality", _("Quality of service")
    BOND = "bond", _("Personal bond")
    VALUE = "value", _("Worth what it costs")
    SWITCHING = "switching", _("Little reason to leave")


class Convenience(models.TextChoices):
    """What makes life easier for the elderly (RES-07)."""

    LANE = "lane", _("Priority lane at the counter")
    HOME = "home", _("Service at the home")
    ESCORT = "escort", _("Company to lift and gate")
    ERRANDS = "errands", _("Parcels and letters brought up")
    FLOOR = "floor", _("Non-slip floor checked")
    RAIL = "rail", _("Handrails checked")
    LIGHT = "light", _("Lights on the way checked")


class Measure(models.TextChoices):
    """What is done on each layer of loyalty (RES-12)."""

    GUIDE = "guide", _("Move-in guide handed over")
    HANDBOOK = "handbook", _("Service handbook explained")
    PROACTIVE = "proactive", _("Service offered unasked")
    REVISIT = "revisit", _("Regular revisit")
    FESTIVAL = "festival", _("Greetings at a festival")
    SOLVED = "solved", _("A difficult matter solved")
    CLUB = "club", _("Invited to the owners’ club")
    ACTIVITY = "activity", _("Took part in a community activity")
    BEYOND = "beyond", _("More than was expected")


MEASURES: dict[str, tuple[Measure, ...]] = {
    Loyalty.AWARENESS: (Measure.GUIDE, Measure.HANDBOOK),
    Loyalty.SATISFACTION: (Measure.PROACTIVE, Measure.REVISIT),
    Loyalty.TRUST: (Measure.FESTIVAL, Measure.SOLVED),
    Loyalty.LOYALTY: (Measure.CLUB, Measure.ACTIVITY, Measure.BEYOND),
}
# How each is served: what stands beside the record while somebody is at the counter (RES-10).
WAYS: dict[str, Any] = {
    Manner.RATIONAL: _("Give grounds, figures and a time for each step; show the written standard."),
    Manner.EMOTIONAL: _("Listen first, name what they feel, then say what you will do; ring back yourself."),
    NeedLevel.BASIC: _("Water, power, lifts and cleanliness come before everything else: say when it works again."),
    NeedLevel.SAFETY: _("Tell of patrols, cameras and fire checks unasked; a worry about safety is looked at today."),
    NeedLevel.SOCIAL: _("Invite to activities and introduce neighbours with the same interests."),
    NeedLevel.ESTEEM: _("Address by name, ask for their view before a change, and say what became of it."),
    NeedLevel.SELF: _("Offer a part in the community: volunteering, the owners’ club, a course of their own."),
}
