"""Leave slips (F-LEAVE), the office before it opens (SFT-03), and who stands ready in extreme weather (EMG-36)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts

# Who decides over leave, and so reads why somebody asks for it.
DECIDERS = posts.SUPERVISORS | {
    posts.SERVICE_LEAD, posts.ENGINEERING_MANAGER, posts.ENGINEERING_SUPERVISOR, posts.SECURITY_MANAGER,
}  # fmt: skip


@register("leave")
class Leave(Scoped):
    """Somebody asks to be away from a moment to a moment; granted, it ends the shift where it begins."""

    class State(models.TextChoices):
        ASKED = "leave_asked", pgettext_lazy("leave", "Asked for")
        GRANTED = "leave_granted", pgettext_lazy("leave", "Granted")
        REFUSED = "leave_refused", pgettext_lazy("leave", "Not granted")
        WITHDRAWN = "leave_withdrawn", _("Taken back")

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Who"))
    from_at = models.DateTimeField(_("Away from"))
    until_at = models.DateTimeField(_("Away until"))
    reason = models.CharField(_("Why"), max_length=200)
    asked_at = models.DateTimeField(_("Handed in at"))
    decided_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Decided by")
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=16, choices=State, default=State.ASKED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "grant_leave": ({State.ASKED}, State.GRANTED),
        "refuse_leave": ({State.ASKED}, State.REFUSED),
        "withdraw_leave": ({State.ASKED, State.GRANTED}, State.WITHDRAWN),
    }
    PERSONAL = frozenset({"reason"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="shifts_leave_span"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("employee")), name="shifts_leave_never_oneself"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["leave_granted", "leave_refused"]) | Q(decided_by__isnull=False),
                name="shifts_leave_decided",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "employee", "-from_at"], name="shifts_leave_of"),
            models.Index(fields=["project", "state", "-id"], name="shifts_leave_state"),
        ]

    def __str__(self) -> str:
        return str(self.employee)

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Leave]:
        """One's own, and for who decides those of the project: why somebody is away is not everybody's business."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        leads = [pk for pk, held in by.posts.items() if held & DECIDERS]
        return rows.filter(Q(project_id__in=leads) | Q(project_id__in=list(by.posts), employee_id=by.id))

    def person(self) -> tuple[str, int]:
        return "people.employee", int(self.employee_id)


@register("office_check")
class OfficeCheck(Scoped):
    """The office was found clean, or not, by somebody at a moment."""

    is_clean = models.BooleanField(_("Clean and tidy"))
    remark = models.CharField(_("What was wanting"), max_length=200, blank=True)
    checked_by = models.ForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("office", "Checked by")
    )
    checked_at = models.DateTimeField(_("Checked at"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=Q(is_clean=True) | ~Q(remark=""), name="shifts_officecheck_says_what"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="shifts_officecheck_last")]

    def __str__(self) -> str:
        return self.remark or str(_("Clean and tidy"))


@register("weather_watch")
class WeatherWatch(Scoped):
    """Extreme weather from a moment to a moment, in which so many stand ready at every hour (EMG-36)."""

    class Kind(models.TextChoices):
        TYPHOON = "typhoon", _("Typhoon")
        RAINSTORM = "rainstorm", _("Rainstorm")
        SNOW = "snow", _("Snow and ice")
        HEAT = "heat", _("Heat")
        GALE = "gale", _("Gale or thunderstorm")
        OTHER = "other", pgettext_lazy("weather", "Other")

    class State(models.TextChoices):
        ON = "weather_on", pgettext_lazy("weather", "Reinforced duty")
        OVER = "weather_over", pgettext_lazy("weather", "Lifted")

    kind = models.CharField(_("Weather"), max_length=10, choices=Kind)
    from_at = models.DateTimeField(pgettext_lazy("shifts", "From"))
    until_at = models.DateTimeField(pgettext_lazy("shifts", "Until"))
    needed = models.PositiveSmallIntegerField(_("On duty at every hour"))
    words = models.CharField(_("What is expected"), max_length=200, blank=True)
    declared_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Declared by"))
    declared_at = models.DateTimeField(_("Declared at"))
    state = models.CharField(_("State"), max_length=16, choices=State, default=State.ON)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "prolong_weather": ({State.ON}, None),
        "lift_weather": ({State.ON}, State.OVER),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="shifts_weatherwatch_span"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="shifts_weatherwatch_somebody"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state="weather_on"), name="shifts_weatherwatch_one"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="shifts_weatherwatch_last")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@register("weather_hour")
class WeatherHour(Scoped):
    """One hour of it: the denominator of the gauge, a row for each, so that the hour that was not covered is seen."""

    watch = ScopedForeignKey(WeatherWatch, related_name="hours")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    needed = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "watch", "from_at"], name="shifts_weatherhour_once"),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="shifts_weatherhour_span"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "from_at"], name="shifts_weatherhour_at")]

    def __str__(self) -> str:
        return f"{self.from_at:%m-%d %H:%M}"
