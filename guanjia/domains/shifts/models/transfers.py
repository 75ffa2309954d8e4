"""The transfer of somebody's duties when they leave a post (F-MEMO, F-OFFBOARD; SFT-13)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts


class State(models.TextChoices):
    OPEN = "transferring", _("Being transferred")
    SIGNED = "transferred", _("Signed by both")
    CONFIRMED = "completed", _("Completed")
    WITHDRAWN = "dropped", _("Dropped")


# Who completes a transfer and sees those of others.
LEADS = posts.SUPERVISORS | posts.MANAGERS | {posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER, posts.HR_OFFICER}
# What is given back or settled, in the order of the form.
GIVEN_BACK = ("uniform", "goods", "keys", "customer_data", "account_disabled", "statement")


@register("transfer")
class Transfer(Scoped):
    """Who leaves a post hands the work over: a memo without reserve, what was kept, what is open, both sign."""

    class Cause(models.TextChoices):
        MOVE = "move", _("Moves to another post")
        LEAVE = "leave", _("Leaves the company")

    giver = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Leaves"))
    receiver = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Successor"))
    cause = models.CharField(_("Cause"), max_length=5, choices=Cause)
    district = ScopedForeignKey(
        "places.District", null=True, blank=True, related_name="+", verbose_name=_("District")
    )  # fmt: skip
    began_at = models.DateTimeField(_("Begun at"))
    lessons = models.CharField(_("What was learnt"), max_length=2000, blank=True)
    documents = models.CharField(_("Documents"), max_length=1000, blank=True)
    uniform = models.BooleanField(_("Uniform given back"), default=False)
    goods = models.BooleanField(_("Things in keeping given back"), default=False)
    keys = models.BooleanField(_("Keys given back"), default=False)
    customer_data = models.BooleanField(_("Customer data given back"), default=False)
    account_disabled = models.BooleanField(_("Rights withdrawn"), default=False)
    statement = models.BooleanField(_("Confidentiality confirmed"), default=False)
    # Line → ids, as both signed it.
    open = models.JSONField(default=dict)
    signed_at = models.DateTimeField(_("Signed at"), null=True, blank=True)
    completed_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Completed by")
    )
    completed_at = models.DateTimeField(_("Completed at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.OPEN)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "write_memo": ({State.OPEN}, None),
        "give_back": ({State.OPEN, State.SIGNED}, None),
        "sign_transfer": ({State.OPEN}, State.SIGNED),
        "complete": ({State.SIGNED}, State.CONFIRMED),
        "drop": ({State.OPEN}, State.WITHDRAWN),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "giver"], condition=Q(state__in=["transferring", "transferred"]),
                name="shifts_transfer_one",
            ),
            models.CheckConstraint(condition=~Q(receiver=F("giver")), name="shifts_transfer_two"),
            models.CheckConstraint(
                condition=~Q(completed_by=F("giver")) & ~Q(completed_by=F("receiver")), name="shifts_transfer_third"
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="shifts_transfer_last")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Transfer]:
        """The two, and those who lead."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        leads = [project_id for project_id, held in by.posts.items() if held & LEADS]
        mine = Q(project_id__in=list(by.posts)) & (Q(giver_id=by.id) | Q(receiver_id=by.id))
        return rows.filter(Q(project_id__in=leads) | mine) if by.is_staff else rows.none()


def label_of(name: str) -> Any:
    """What a tick of the offboarding list is called."""
    field: Any = Transfer._meta.get_field(name)
    return field.verbose_name
