"""The case and what belongs to every kind of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts
from guanjia.web.words import hushed

# Posts that see every case of their project; others see those they took, work on, or watch.
ALL_CASES = posts.SERVICE | posts.ENGINEERING | posts.SUPERVISORS | posts.MANAGERS | {posts.CONTROL_ROOM}


class State(models.TextChoices):
    OPEN = "open", _("To be dispatched")
    DISPATCHED = "dispatched", _("To be accepted")
    WORKING = "working", _("In work")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("To be confirmed")
    CONFIRMED = "confirmed", _("To be revisited")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


UNFINISHED = frozenset({State.OPEN, State.DISPATCHED, State.WORKING, State.PAUSED})
ONGOING = UNFINISHED | {State.DONE, State.CONFIRMED}
ENDED = frozenset({State.CLOSED, State.CANCELLED})


@register("case")
class Case(Scoped):
    """A matter that somebody reported. `owner` took it and owns it to the end (CASE-01)."""

    class Kind(models.TextChoices):
        REPAIR = "repair", _("Repair")
        ENQUIRY = "enquiry", _("Enquiry")

    class Urgency(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency")
        ORDINARY = "ordinary", _("Ordinary")
        PLANNED = "planned", _("Planned")

    class Channel(models.TextChoices):
        PHONE = "phone", _("Call")
        WALK_IN = "walk_in", _("Walk-in")
        PORTAL = "portal", _("Portal")
        API = "api", _("Interface")
        PATROL = "patrol", _("Patrol")
        HOTLINE = "12345", _("City hotline")

    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=12, choices=Kind)
    content = models.CharField(max_length=500)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.PHONE)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="cases")
    spot = ScopedForeignKey("places.Spot", null=True, blank=True, related_name="cases")
    location = models.CharField(max_length=60, blank=True)
    resident = ScopedForeignKey("people.Resident", null=True, blank=True, related_name="cases")
    customer = models.JSONField(default=dict)  # frozen at intake, sealed under the person's key
    owner = models.ForeignKey("people.Employee", models.PROTECT, null=True, related_name="owned_cases")
    executor = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="executed_cases"
    )
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    chased = models.PositiveSmallIntegerField(default=0)
    pause_reason = models.CharField(max_length=20, blank=True)
    is_forced = models.BooleanField(default=False)
    after_hours = models.BooleanField(default=False)
    # What another body passed on (city hotline, street office): its number, its deadline, what it was told.
    outside_number = models.CharField(max_length=40, blank=True, db_default="", default="")
    outside_due_at = models.DateTimeField(null=True, blank=True)
    outside_reply = models.CharField(max_length=1000, blank=True, db_default="", default="")
    outside_replied_at = models.DateTimeField(null=True, blank=True)

    SEARCHED = ("content", "location")
    FLOW: ClassVar[dict[str, tuple[frozenset[Any] | set[Any], Any]]] = {
        "join": (ONGOING, None),
        "note": (ONGOING, None),
        "chase": (UNFINISHED, None),
        "hand_on": (ONGOING, None),
        "refer": (ONGOING, None),
        "send_to_cleaning": (ONGOING, None),
        "answer_cleaning": (ONGOING, None),
        "cancel": (UNFINISHED, State.CANCELLED),
        "reopen": (ENDED, State.OPEN),
        "force_close": (ONGOING, State.CLOSED),
        "answer": ({State.OPEN, State.DISPATCHED, State.WORKING}, State.CLOSED),
        "change_urgency": (UNFINISHED, None),
        "reply_outside": (ONGOING | ENDED, None),
        "dispatch": ({State.OPEN}, State.DISPATCHED),
        "grab": ({State.OPEN}, State.WORKING),
        "accept": ({State.DISPATCHED}, State.WORKING),
        "send_back": ({State.DISPATCHED, State.WORKING}, State.OPEN),
        "transfer": ({State.DISPATCHED, State.WORKING, State.PAUSED}, State.DISPATCHED),
        "agree_visit": (UNFINISHED, None),
        "agree_completion": (UNFINISHED, None),
        # A step of its own though the state stays: nothing after it can have happened before it.
        "arrive": ({State.WORKING}, State.WORKING),
        "pause": ({State.WORKING}, State.PAUSED),
        "resume": ({State.PAUSED}, State.WORKING),
        "quote": ({State.WORKING, State.PAUSED}, None),
        "consent_quote": ({State.WORKING, State.PAUSED}, None),
        "use_material": ({State.WORKING}, None),
        "take_back_material": ({State.WORKING, State.PAUSED, State.DONE}, None),
        "finish": ({State.WORKING}, State.DONE),
        "note_failed_contact": ({State.DONE, State.CONFIRMED}, None),
        "confirm": ({State.DONE}, State.CONFIRMED),
        "confirm_unreached": ({State.DONE}, State.CONFIRMED),
        "ask_rework": ({State.DONE, State.CONFIRMED}, State.OPEN),
        "revisit": ({State.CONFIRMED}, State.CLOSED),
    }

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="casework_case_number"),
            models.UniqueConstraint(
                fields=["project", "channel", "outside_number"],
                condition=~Q(outside_number=""),
                name="casework_case_outside",
            ),
            models.CheckConstraint(
                condition=Q(house__isnull=False) | Q(spot__isnull=False) | Q(kind="enquiry"), name="casework_case_place"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dispatched", "working", "paused"])
                | Q(executor__isnull=False)
                | Q(kind="enquiry"),
                name="casework_case_executor",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "state", "-id"], name="casework_case_state"),
            models.Index(fields=["project", "-id"], name="casework_case_newest"),
            models.Index(fields=["project", "reported_at"], name="casework_case_reported"),
            models.Index(
                fields=["project", "closed_at"], condition=Q(closed_at__isnull=False), name="casework_case_closed"
            ),
            models.Index(fields=["project", "executor", "state"], name="casework_case_executor_i"),
            models.Index(fields=["project", "owner", "state"], name="casework_case_owner_i"),
            models.Index(fields=["project", "house", "-id"], name="casework_case_house_i"),
            models.Index(fields=["project", "resident", "-id"], name="casework_case_resident_i"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Case]:
        """Service and engineering see the project's; others what they took, do or watch; residents their own."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if by.is_resident:
            return rows.filter(project_id__in=list(by.homes), resident_id__in=list(by.homes.values()))
        wide = [p for p, held in by.posts.items() if held & ALL_CASES]
        near = [p for p in by.posts if p not in wide]
        reach: Any = Q(project_id__in=wide)
        if near:
            watched = Observer.objects.filter(case=models.OuterRef("pk"), employee_id=by.id, project_id__in=near)
            mine = Q(owner_id=by.id) | Q(executor_id=by.id) | models.Exists(watched)
            reach |= Q(project_id__in=near) & mine
        return rows.filter(reach)

    def person(self) -> tuple[str, int]:
        """The resident's key, or the case's own for a stranger."""
        return ("people.resident", self.resident_id) if self.resident_id else ("case", int(self.pk or 0))

    def search_text(self) -> str:
        place = self.house.code if self.house_id and self.house else (self.spot.name if self.spot else "")
        numbers = f"{self.number} {self.number.rsplit('-', 1)[-1]} {self.outside_number}".strip()
        return f"{numbers} {self.content} {self.location} {place}"

    @property
    def title(self) -> str:
        """The first line, short enough for a row, with no number of anybody in it."""
        first = hushed(self.content.strip().splitlines()[0]) if self.content.strip() else ""
        return first if len(first) <= 40 else first[:39] + "…"

    @property
    def is_emergency(self) -> bool:
        return self.urgency == self.Urgency.EMERGENCY

    @property
    def is_repair(self) -> bool:
        return self.kind == self.Kind.REPAIR

    @property
    def place(self) -> str:
        """Where, short: 3-2-1201, or the spot's name."""
        return str(self.house or self.spot or "")


class Observer(Scoped):
    """Somebody who watches a case: the district's steward, a supervisor, whoever was mentioned."""

    case = ScopedForeignKey(Case, related_name="observers")
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "case", "employee"], name="casework_observer_one"),
        ]


class Enquiry(Scoped):
    """What only an enquiry has."""

    case = ScopedForeignKey(Case, related_name="enquiries")
    topic = models.CharField(max_length=20, blank=True)
    reply = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "case"], name="casework_enquiry_one"),
        ]


@register("saved_view")
class SavedView(Scoped):
    """Somebody's own view of the queue: a view, filters and an order under a name. Nobody else sees it."""

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    name = models.CharField(max_length=12)
    view = models.CharField(max_length=20)
    sort = models.CharField(max_length=5)
    filters = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "employee", "name"],
                condition=Q(dropped_at__isnull=True),
                name="casework_savedview_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[SavedView]:
        """One's own, at projects where one still holds a post."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        return rows.filter(employee_id=by.id, project_id__in=list(by.posts)) if by.is_staff else rows.none()
