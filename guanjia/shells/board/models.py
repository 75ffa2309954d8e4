"""A paired display, and the code by which it is paired."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.subjects import register
from guanjia.people.models import Administered


@register("display")
class Display(Administered):
    """A screen on a wall. Its token reads the board of its project, and nothing else, until it is revoked."""

    class State(models.TextChoices):
        ON = "on", _("In use")
        ENDED = "ended", _("Ended")

    FLOW: ClassVar[dict[str, Any]] = {
        "rename_display": ({State.ON}, None),
        "revoke_display": ({State.ON}, State.ENDED),
    }
    SECRET = frozenset({"digest", "seen_at"})

    name = models.CharField(_("Where it hangs"), max_length=40)
    digest = models.CharField(max_length=64)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ON)
    paired_at = models.DateTimeField(_("Paired at"))
    seen_at = models.DateTimeField(_("Last seen"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "digest"], name="board_display_digest")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["digest"], name="board_display_token")]

    def __str__(self) -> str:
        return self.name


class PairingCode(models.Model):
    """What a display shows while it waits. Like sessions it belongs to no project: that is chosen in the office."""

    digest = models.CharField(max_length=64, unique=True)
    token_digest = models.CharField(max_length=64)
    address_hash = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["address_hash", "made_at"], name="board_code_address"),
            models.Index(fields=["token_digest"], name="board_code_token"),
            models.Index(fields=["made_at"], name="board_code_age"),
        ]
