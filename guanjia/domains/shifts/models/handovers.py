"""A handover of a post from one shift to the next, and its lines as they stood when both signed (F-HANDOVER)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts
from guanjia.people.models import Duty

# Posts that are manned in turns, and who may take each over: the control room takes the desk over for the night.
TAKERS: dict[str, frozenset[str]] = {
    posts.RECEPTIONIST: posts.COUNTER,
    posts.CONTROL_ROOM: frozenset({posts.CONTROL_ROOM}),
    posts.SECURITY_GUARD: frozenset({posts.SECURITY_GUARD}),
    posts.TECHNICIAN: frozenset({posts.TECHNICIAN}),
    posts.DUTY_MANAGER: frozenset({posts.DUTY_MANAGER}) | posts.SUPERVISORS,
}
GIVERS = {post: takers - {posts.CONTROL_ROOM} or takers for post, takers in TAKERS.items()}


class State(models.TextChoices):
    OPEN = "handing_over", _("Handover under way")
    SIGNED = "taken_over", _("Taken over")
    LOCKED = "locked_up", _("Locked up")
    TAKEN_UP = "taken_up", _("Taken up")
    WITHDRAWN = "called_off", _("Called off")


@register("handover")
class Handover(Scoped):
    """What one shift leaves to the next. While it is open its lines are read live; with the signatures they stay."""

    post = models.CharField(_("Post"), max_length=30, choices=[(post, posts.NAMES[post]) for post in TAKERS])
    giver = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Handed over by"))
    duty = ScopedForeignKey("people.Duty", null=True, blank=True, related_name="+", verbose_name=_("Shift"))
    shift = models.CharField(_("Shift"), max_length=20, blank=True, choices=Duty.Shift)
    on = models.DateField(_("Day"))
    began_at = models.DateTimeField(_("Begun at"))
    important = models.CharField(_("Important matters"), max_length=500, blank=True)
    receiver = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Relieved by")
    )
    signed_at = models.DateTimeField(_("Signed at"), null=True, blank=True)
    remark = models.CharField(_("What whoever took over says"), max_length=300, blank=True)
    key_place = models.CharField(_("Where the key of the desk is"), max_length=100, blank=True)
    taken_up_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken up by")
    )
    taken_up_at = models.DateTimeField(_("Taken up at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.OPEN)
    moved_at = models.DateTimeField()
    drawn: list[Any]  # the draft of the act under way, set by the condition that asks whether it is settled

    FLOW: ClassVar[dict[str, Any]] = {
        "explain": ({State.OPEN}, None),
        "sign": ({State.OPEN}, State.SIGNED),
        "lock_up": ({State.OPEN}, State.LOCKED),
        "take_up": ({State.LOCKED}, State.TAKEN_UP),
        "call_off": ({State.OPEN}, State.WITHDRAWN),
    }
    PERSONAL = frozenset({"important", "remark"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "post"], condition=Q(state__in=["handing_over", "locked_up"]),
                name="shifts_handover_open",
            ),
            models.CheckConstraint(condition=~Q(receiver=F("giver")), name="shifts_handover_two"),
            models.CheckConstraint(
                condition=~Q(state="taken_over") | Q(receiver__isnull=False, signed_at__isnull=False),
                name="shifts_handover_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["locked_up", "taken_up"]) | ~Q(key_place=""), name="shifts_handover_locked"
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "post", "-id"], name="shifts_handover_post"),
            models.Index(fields=["project", "-began_at", "-id"], name="shifts_handover_newest"),
        ]

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.on, self.get_post_display(), self.get_shift_display()) if part)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


class HandoverLine(Scoped):
    """A line as it was explained and counted, and, once signed, as it stood. Rows are kept as ids: words are theirs."""

    handover = ScopedForeignKey(Handover, related_name="lines")
    key = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField()
    has_more = models.BooleanField(default=False)
    ids = models.JSONField(default=list)
    urgent_ids = models.JSONField(default=list)
    found = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "handover", "key"], name="shifts_handoverline_once"),
        ]
