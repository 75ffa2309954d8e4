"""An inspection by a checklist, and the mark of each item."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.book import conduct
from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.languages import said
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts

# Who inspects, and so sees all of them; others see what they made and what is about them.
INSPECTORS = posts.SUPERVISORS | posts.MANAGERS | {
    posts.COMPANY_SERVICE, posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER,
}  # fmt: skip


class Occasion(models.TextChoices):
    DAILY = "daily", _("Daily quality check")
    RANDOM = "random", _("Spot check")
    MYSTERY = "mystery", _("Mystery customer")
    THIRD_PARTY = "third_party", _("Third-party assessment")


class Inspected(Scoped):
    """Rows that only inspectors and the people concerned see."""

    class Meta:
        abstract = True

    @classmethod
    def _near(cls, by: Actor) -> Q:
        raise NotImplementedError

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        rows = cls._default_manager.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        wide = [p for p, held in by.posts.items() if held & INSPECTORS]
        return rows.filter(Q(project_id__in=wide) | Q(project_id__in=list(by.posts)) & cls._near(by))


@register("inspection")
class Inspection(Inspected):
    """One checklist gone through once."""

    checklist = models.CharField(_("Checklist"), max_length=20)
    occasion = models.CharField(_("Occasion"), max_length=12, choices=Occasion, default=Occasion.RANDOM)
    employee = models.ForeignKey(
        "people.Employee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("inspections", "Person"),
    )
    spot = ScopedForeignKey("places.Spot", null=True, blank=True, related_name="+", verbose_name=_("Place"))
    place = models.CharField(_("Where exactly"), max_length=60, blank=True)
    inspector = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Inspected by"))
    outsider = models.CharField(_("On behalf of"), max_length=60, blank=True)
    inspected_at = models.DateTimeField(_("Inspected at"))
    checked = models.PositiveSmallIntegerField(_("Items"), default=0)
    faults = models.PositiveSmallIntegerField(_("Faults"), default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=~Q(employee=F("inspector")), name="inspections_inspection_never_oneself"),
            models.CheckConstraint(
                condition=Q(employee__isnull=False) | Q(spot__isnull=False) | ~Q(place=""),
                name="inspections_inspection_of",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-inspected_at"], name="inspections_newest")]

    def __str__(self) -> str:
        return f"{self.title}　{self.whom}"

    @classmethod
    def _near(cls, by: Actor) -> Q:
        return Q(inspector_id=by.id) | Q(employee_id=by.id)

    @property
    def title(self) -> str:
        found = conduct.checklist(self.checklist)
        return said(found.zh, found.en)

    @property
    def whom(self) -> str:
        return str(self.employee.name if self.employee else self.spot or self.place)


class State(models.TextChoices):
    OK = "ok", _("In order")
    SKIPPED = "skipped", _("Not applicable")
    FAULT = "fault", _("To be corrected")
    CORRECTED = "corrected", _("To be looked at again")
    SETTLED = "settled", _("Corrected")


@register("inspection_mark")
class Mark(Inspected):
    """The answer to one item. A fault is a finding: corrected, then looked at again."""

    inspection = ScopedForeignKey(Inspection, related_name="marks")
    clause_id = models.CharField(_("Clause"), max_length=12)
    item = models.CharField(max_length=16)
    words = models.CharField(_("Item"), max_length=120)
    state = models.CharField(_("State"), max_length=10, choices=State)
    is_fault = models.BooleanField(default=False)
    inspected_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    note = models.CharField(_("What was seen"), max_length=300, blank=True)
    correction = models.CharField(_("What was done"), max_length=300, blank=True)
    corrected_by = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)

    FLOW: ClassVar[dict[str, Any]] = {
        "correct": ({State.FAULT}, State.CORRECTED),
        "accept_correction": ({State.CORRECTED}, State.SETTLED),
        "send_back": ({State.CORRECTED}, State.FAULT),
    }
    PERSONAL = frozenset({"note", "correction"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "inspection", "item"], name="inspections_mark_once"),
            models.CheckConstraint(condition=Q(is_fault=False) | ~Q(note=""), name="inspections_mark_says_what"),
            models.CheckConstraint(
                condition=Q(is_fault=True) | Q(state__in=["ok", "skipped"]), name="inspections_mark_state"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "clause_id", "inspected_at"], name="inspections_mark_clause"),
            models.Index(fields=["project", "state", "-id"], condition=Q(is_fault=True), name="inspections_mark_open"),
        ]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def _near(cls, by: Actor) -> Q:
        return Q(inspection__inspector_id=by.id) | Q(inspection__employee_id=by.id)
