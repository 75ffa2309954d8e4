"""A ticket: the smallest thing with a flow."""

from __future__ import annotations

from django.db import models

from guanjia.kernel.fields import ScopedForeignKey
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


@register("ticket")
class Ticket(Scoped):
    words = models.CharField(max_length=50)
    phone = models.CharField(max_length=20, blank=True)
    house = ScopedForeignKey("places.House", null=True, related_name="+")
    state = models.CharField(max_length=10, default="open")
    moved_at = models.DateTimeField()

    FLOW = {"take": ({"open"}, "taken"), "close": ({"taken"}, "closed")}
    PERSONAL = frozenset({"phone"})
    SEARCHED = ("words",)

    def search_text(self) -> str:
        return self.words
