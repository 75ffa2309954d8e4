"""Notices, and what somebody of the staff wishes about e-mail."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


class Told(Scoped):
    """What was said about which thing: the untranslated sentence and its fields, filled in when it is read."""

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True

    @property
    def words(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.title) % self.params


@register("notice")
class Notice(Told):
    """Something a person of the staff or a resident is told, once for what it is of."""

    employee = models.ForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    resident = ScopedForeignKey("people.Resident", null=True, related_name="+")
    source = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(employee__isnull=True) ^ Q(resident__isnull=True), name="outreach_notice_recipient"
            ),
            models.UniqueConstraint(
                fields=["project", "source", "employee"],
                condition=Q(employee__isnull=False),
                name="outreach_notice_staff",
            ),
            models.UniqueConstraint(
                fields=["project", "source", "resident"],
                condition=Q(resident__isnull=False),
                name="outreach_notice_home",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["employee", "project"], condition=Q(read_at__isnull=True), name="outreach_notice_unread"
            ),
            models.Index(fields=["project", "employee", "-id"], name="outreach_notice_list"),
            models.Index(fields=["project", "resident", "-id"], name="outreach_notice_resident"),
            models.Index(fields=["created_at"], name="outreach_notice_age"),
        ]

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Notice]:
        """One's own, at the projects one belongs to now."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if by.is_resident:
            return rows.filter(project_id__in=list(by.homes), resident_id__in=list(by.homes.values()))
        return rows.filter(project_id__in=list(by.posts), employee_id=by.id)


class MailWish(Scoped):
    """Whether somebody wants e-mail from a project, and between which hours it waits. Notices always come."""

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    wants = models.BooleanField(default=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "employee"], name="outreach_wish_one"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="outreach_wish_hours",
            ),
        ]
