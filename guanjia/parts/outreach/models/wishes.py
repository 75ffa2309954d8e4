"""What residents wish: which way they like best, what they do not want, and where they are reached outside phones."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.fields import ScopedForeignKey, SealedTextField
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people.models.resident import AtHome

from .outbox import Kind, Purpose


class Wish(AtHome):
    """The way a resident likes best."""

    resident = ScopedForeignKey("people.Resident", related_name="+")
    prefers = models.CharField(_("Way"), max_length=10, choices=Kind, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "resident"], name="outreach_wish_resident"),
        ]


@register("message_stop")
class Stop(AtHome):
    """A purpose for which a resident wants no messages, until they say otherwise."""

    resident = ScopedForeignKey("people.Resident", related_name="message_stops")
    purpose = models.CharField(_("Purpose"), max_length=10, choices=Purpose)
    stopped_at = models.DateTimeField(_("Since"))
    ended_at = models.DateTimeField(_("Until"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "resident", "purpose"],
                condition=Q(ended_at__isnull=True),
                name="outreach_stop_open",
            ),
        ]


class Handle(Scoped):
    """The name of a person at an outside service: an openid of WeChat, a user id of WeCom, an e-mail address."""

    employee = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    resident = ScopedForeignKey("people.Resident", null=True, blank=True, related_name="+")
    kind = models.CharField(_("Way"), max_length=10, choices=Kind)
    value = SealedTextField(max_length=200)
    # By which a name that WeChat tells at sign-in is found again; only where somebody signs in with it.
    digest = models.CharField(max_length=64, blank=True, db_default="", default="")
    bound_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(employee__isnull=True) ^ Q(resident__isnull=True), name="outreach_handle_whose"
            ),
            models.UniqueConstraint(
                fields=["project", "kind", "resident"],
                condition=Q(ended_at__isnull=True, resident__isnull=False),
                name="outreach_handle_resident",
            ),
            models.UniqueConstraint(
                fields=["project", "kind", "employee"],
                condition=Q(ended_at__isnull=True, employee__isnull=False),
                name="outreach_handle_employee",
            ),
            # A name outside opens one door: whoever bound it last.
            models.UniqueConstraint(
                fields=["project", "kind", "digest"],
                condition=Q(ended_at__isnull=True) & ~Q(digest=""),
                name="outreach_handle_digest",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["kind", "digest"],
                condition=Q(ended_at__isnull=True) & ~Q(digest=""),
                name="outreach_handle_name",
            )
        ]
