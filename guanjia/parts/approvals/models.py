"""The stored call, its signatures, and what a project decided otherwise than the rules of the product."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


@register("approval")
class Approval(Scoped):
    """One call that waits for signatures, or what became of it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        WAITING = "waiting", _("Waiting for approval")
        DONE = "done", _("Approved and done")
        REFUSED = "refused", _("Not approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Lapsed")
        FAILED = "failed", _("Approved, but it could no longer be done")

    FLOW: ClassVar[dict[str, Any]] = {
        "ask": ({State.DRAFT}, State.WAITING),
        "agree": ({State.WAITING}, None),
        "refuse": ({State.WAITING}, State.REFUSED),
        "withdraw": ({State.WAITING}, State.WITHDRAWN),
        "escalate": ({State.WAITING}, None),
        "expire": ({State.WAITING}, State.EXPIRED),
        "carry_out": ({State.WAITING}, State.DONE),
        "give_up": ({State.WAITING}, State.FAILED),
    }
    SECRET: ClassVar[frozenset[str]] = frozenset({"given"})

    number = models.CharField(max_length=30)
    operation = models.CharField(max_length=80)
    form_version = models.CharField(max_length=16)
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    given = models.JSONField()  # personal values sealed, secrets never
    before = models.JSONField(default=dict)  # what stood when it was asked, in plain words of no person
    rule = models.JSONField()  # the rule of that day: a later change never rewrites it
    reason = models.CharField(max_length=300, blank=True)
    holds = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    requester = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)  # how often the deadline of the step has passed
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Seats that may sign now (`post@project id`, `#employee id`), and the persons who may not.
    seats = ArrayField(models.CharField(max_length=60), default=list)
    barred = ArrayField(models.BigIntegerField(), default=list)

    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    result_label = models.CharField(max_length=60, blank=True)
    result_id = models.BigIntegerField(null=True, blank=True)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="approvals_approval_number"),
            # A held thing is held once.
            models.UniqueConstraint(
                fields=["project", "subject_label", "subject_id"],
                condition=Q(holds=True, state__in=["draft", "waiting"]),
                name="approvals_approval_hold",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, state__in=["draft", "waiting"])
                | Q(closed_at__isnull=False, state__in=["done", "refused", "withdrawn", "expired", "failed"]),
                name="approvals_approval_closed",
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["seats"], name="approvals_approval_seats", condition=Q(state="waiting")),
            models.Index(fields=["project", "due_at", "id"], condition=Q(state="waiting"), name="approvals_due"),
            models.Index(fields=["requester", "-id"], name="approvals_requester"),
            models.Index(fields=["project", "subject_label", "subject_id", "-id"], name="approvals_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Approval]:
        """One's own requests, what one may sign now (the reach comes with the seat), what one signed or is told of."""
        from . import seats

        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        signed = Signature.objects.filter(approval=OuterRef("pk"), project_id=OuterRef("project_id"), employee_id=by.id)
        copied = Q()
        for project_id, held in by.posts.items():
            copied |= Q(project_id=project_id, rule__tell__has_any_keys=sorted(held))
        mine = Q(state=cls.State.WAITING, seats__overlap=seats.keys_of(by)) & ~Q(barred__contains=[by.id])
        return rows.filter(Q(requester_id=by.id) | mine | copied | Exists(signed))

    def person(self) -> tuple[str, int]:
        """The key of its own, for what a new thing is made of; what is given about a thing has the thing's key."""
        return "approval", int(self.pk or 0)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def steps(self) -> list[dict[str, Any]]:
        return list(self.rule["steps"])

    @property
    def wants_pin(self) -> bool:
        return self.rule.get("sign") == "pin"

    def is_late(self, at: datetime) -> bool:
        return self.is_open and at > self.due_at

    @cached_property
    def shown(self) -> Any:
        """What it is about, in the reader's language; read as the system, since reach comes with the approval."""
        from . import describing

        return describing.of(self)

    @property
    def title(self) -> str:
        return str(self.shown.title)

    def signer_ids(self, at: datetime) -> list[int]:
        """Who may sign now, for notices."""
        from . import seats

        return [one.employee.pk for one in seats.people(self, at)]


class Signature(Scoped):
    """One word of one person on one step. Rows are only added."""

    approval = ScopedForeignKey(Approval, related_name="signatures")
    step = models.PositiveSmallIntegerField()
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    stands_for = models.ForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    seat = models.CharField(max_length=60)
    agrees = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    proof = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            # Two steps want two persons, and nobody counts twice.
            models.UniqueConstraint(fields=["project", "approval", "employee"], name="approvals_signature_once"),
        ]


@register("approval_rule")
class RuleChange(Scoped):
    """What a project decided otherwise than a rule of the product. The youngest one holds for what is asked from
    then on; what waits already keeps its rule."""

    rule_id = models.CharField(max_length=60)
    is_on = models.BooleanField(default=True)
    posts = ArrayField(models.CharField(max_length=60), default=list)  # of the last step; empty: as it was
    within = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["project", "rule_id", "-id"], name="approvals_rulechange_rule")]

    def __str__(self) -> str:
        return self.rule_id
