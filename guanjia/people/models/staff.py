"""Staff: employees of the company, their posts at projects, duty, cover and districts."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

from .. import posts


@register("department")
class Department(Scoped):
    """A department and what it is for (ORG-04)."""

    key = models.CharField(max_length=30)
    name = models.CharField(max_length=30)
    duties = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            own(),
            models.UniqueConstraint(fields=["project", "key"], name="people_department_key"),
        ]

    def __str__(self) -> str:
        return self.name


@register("employee")
class Employee(Scoped):
    """A member of staff. `project` is the head office, where company acts are journaled."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Employed")
        LEFT = "left", _("Has left")

    class Education(models.TextChoices):
        UNKNOWN = "", _("Not on record")
        SECONDARY = "secondary", _("Secondary school or below")
        COLLEGE_PART = "college_part", _("Junior college, part-time")
        COLLEGE = "college", _("Junior college, full-time")
        BACHELOR = "bachelor", _("Bachelor, full-time")
        MASTER = "master", _("Master or above")

    FLOW = {
        "correct_employee": ({State.ACTIVE}, None),
        "sign_nda": ({State.ACTIVE}, None),
        "reset_password": ({State.ACTIVE}, None),
        "grant_post": ({State.ACTIVE}, None),
        "withdraw_post": ({State.ACTIVE}, None),
        "set_skill": ({State.ACTIVE}, None),
        "depart": ({State.ACTIVE}, State.LEFT),
    }

    number = models.CharField(max_length=30)
    name = models.CharField(max_length=30)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    account_id = models.BigIntegerField(null=True, blank=True, unique=True)
    department_key = models.CharField(max_length=30, blank=True)
    education = models.CharField(max_length=20, blank=True, choices=Education, default=Education.UNKNOWN)
    nda_signed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    left_on = models.DateField(null=True, blank=True)

    PERSONAL = frozenset({"phone", "email"})

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="people_employee_number")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Employee]:
        """Colleagues: who has (or had) a posting at one of the actor's projects; the head office sees all."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        near = Posting.objects.filter(employee=models.OuterRef("pk"), project_id__in=list(by.posts))
        return rows.filter(Q(project_id__in=list(by.posts)) | models.Exists(near))


class Posting(models.Model):
    """A post held at a project from a day to a day. The scope of rights.

    `to_on` is the last day; the day before `from_on` means it was withdrawn on its first day.
    """

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="postings")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="postings")
    post = models.CharField(max_length=30, choices=posts.CHOICES)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "employee", "post"],
                condition=Q(to_on__isnull=True),
                name="people_posting_open",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on") - timedelta(days=1)),
                name="people_posting_days",
            ),
        ]
        indexes = [models.Index(fields=["project", "post"], name="people_posting_post")]


class Skill(models.Model):
    """A kind of repair a technician can do; level 1 can, 2 well, 3 teaches."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="skills")
    repair_type = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "employee", "repair_type"], name="people_skill_one")]


class ReportsTo(models.Model):
    """The reporting tree of a project where it differs from the default (ORG-03)."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    post = models.CharField(max_length=30, choices=posts.CHOICES)
    superior = models.CharField(max_length=30, choices=posts.CHOICES)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "post"], name="people_reportsto_post")]


class RightOverride(models.Model):
    """A project gives a post a right, or takes it away, against the default table."""

    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    post = models.CharField(max_length=30, choices=posts.CHOICES)
    right = models.CharField(max_length=80)
    is_allowed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "post", "right"], name="people_override_one")]


@register("duty")
class Duty(Scoped):
    """Who is on: a post, a person, from a moment to a moment."""

    class Shift(models.TextChoices):
        EARLY = "early", _("Early shift")
        DAY = "day", _("Day shift")
        LATE = "late", _("Late shift")
        EVENING = "evening", _("Evening shift")
        NIGHT = "night", _("Night shift")
        OWN = "own", _("Own hours")

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="duties")
    post = models.CharField(max_length=30, choices=posts.CHOICES)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    shift = models.CharField(max_length=20, blank=True, choices=Shift)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            own(),
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="people_duty_span"),
            ExclusionConstraint(
                name="people_duty_once",
                expressions=[
                    ("project", RangeOperators.EQUAL),
                    ("employee", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (Func(F("from_at"), F("to_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["project", "to_at"], name="people_duty_now")]

    def __str__(self) -> str:
        """The post and its hours: who it is, a list asks of all its rows at once."""
        begins, ends = timezone.localtime(self.from_at), timezone.localtime(self.to_at)
        return f"{self.get_post_display()}　{begins:%m-%d %H:%M}–{ends:%H:%M}"


@register("cover")
class Cover(Scoped):
    """Leave cover: one stands in for another at a project for some days."""

    absent = models.ForeignKey(Employee, models.PROTECT, related_name="covered_by")
    substitute = models.ForeignKey(Employee, models.PROTECT, related_name="covers")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="people_cover_days"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="people_cover_other"),
        ]

    def __str__(self) -> str:
        return f"{self.absent.name} → {self.substitute.name} {self.from_on}–{self.to_on}"


class DistrictPost(Scoped):
    """The steward of a district, from a day to a day; at most one at a time (ORG-05, ORG-06)."""

    district = ScopedForeignKey("places.District", related_name="stewards")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="districts")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    confirmed_over_limit = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "district"],
                condition=Q(to_on__isnull=True),
                name="people_districtpost_open",
            ),
        ]


@register("district_cover")
class DistrictCover(Scoped):
    """Who answers for a district while its steward is off: named when the steward's shift ends (ORG-09)."""

    district = ScopedForeignKey("places.District", related_name="off_hours")
    duty = ScopedForeignKey(Duty, related_name="district_covers")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "district", "duty"], name="people_districtcover_once"),
        ]
        indexes = [models.Index(fields=["project", "district", "-from_at"], name="people_districtcover_last")]

    def __str__(self) -> str:
        return f"{self.district} {self.employee.name}"
