"""One thing that the counter lends."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.fields import own
from guanjia.kernel.subjects import register
from guanjia.parts.custody.models import IN_STORE, LENT, LOST, Kept


class State(models.TextChoices):
    IN_STORE = IN_STORE, _("In store")
    LENT = LENT, pgettext_lazy("custody", "Lent")
    LOST = LOST, pgettext_lazy("goods", "Gone")
    RETIRED = "retired", _("Out of use")


@register("borrowable")
class Borrowable(Kept):
    """A numbered piece: each umbrella is its own, so that each can be followed."""

    number = models.CharField(_("Number"), max_length=30)
    name = models.CharField(pgettext_lazy("goods", "Thing"), max_length=40)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.IN_STORE)

    FLOW: ClassVar[dict[str, Any]] = {
        "lend": ({State.IN_STORE}, State.LENT),
        "retire": ({State.IN_STORE, State.LOST}, State.RETIRED),
        "find_again": ({State.LOST}, State.IN_STORE),
    }
    SEARCHED = ("name", "number")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="goods_borrowable_number"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "state", "-id"], name="goods_borrowable_state")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def search_text(self) -> str:
        return f"{self.name} {self.number}"
