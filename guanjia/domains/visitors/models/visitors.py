"""Passes, visitors, and who is watched for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import crypto
from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts
from guanjia.people.models import Occupancy
from guanjia.web.words import masked

# Who stands where visitors come by, and who leads them.
GATE = posts.COUNTER | posts.SECURITY | posts.SUPERVISORS | {posts.STEWARD, posts.SERVICE_LEAD}
# Who may read why somebody is watched for; the gate learns only that, and whom to ring.
WATCHERS = frozenset({
    posts.SECURITY_MANAGER, posts.CONTROL_ROOM, posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER,
})  # fmt: skip


class Document(models.TextChoices):
    """`id_types` of the Book."""

    ID_CARD = "id_card", _("Identity card")
    PASSPORT = "passport", _("Passport")
    DRIVING = "driving", _("Driving licence")
    OTHER = "other", _("Another document")


class Means(models.TextChoices):
    """`confirm_modes` of the Book: how the household said yes."""

    INTERCOM = "intercom", pgettext_lazy("visitors", "Intercom")
    PHONE = "phone", pgettext_lazy("visitors", "Telephone")
    APPOINTMENT = "appointment", _("Announced (pass)")
    IN_PERSON = "in_person", pgettext_lazy("visitors", "In person")


def hashed(what: str, value: str) -> str:
    """The keyed hash by which a document, number or plate is recognised without being kept."""
    return crypto.blind(f"visitor_{what}", value) if value else ""


def _at_gate(rows: Any, by: Actor, held: frozenset[str]) -> Any:
    """What staff of these posts see; None for residents."""
    if by.is_system:
        return rows
    return rows.filter(project_id__in=[pk for pk, mine in by.posts.items() if mine & held]) if by.is_staff else None


@register("visitor_pass")
class Pass(Scoped):
    """A household expects somebody: once, or as often as needed for a period."""

    class State(models.TextChoices):
        VALID = "valid", pgettext_lazy("pass", "Valid")
        USED = "used", pgettext_lazy("pass", "Used")
        REVOKED = "revoked", _("Taken back")

    class Kind(models.TextChoices):
        ONCE = "once", _("Once")
        PERIOD = "period", _("For a period")

    FLOW: ClassVar[dict[str, Any]] = {"revoke": ({State.VALID}, State.REVOKED)}
    PERSONAL = frozenset({"visitor", "plate"})
    SECRET = frozenset({"code", "code_hash"})
    SEARCHED = ("visitor", "plate")

    house = ScopedForeignKey("places.House", related_name="+", verbose_name=_("House"))
    resident = ScopedForeignKey("people.Resident", related_name="+", verbose_name=_("Issued by"))
    visitor = models.CharField(_("Visitor"), max_length=30)
    headcount = models.PositiveSmallIntegerField(pgettext_lazy("visitors", "People"), default=1)
    plate = models.CharField(_("Plate"), max_length=12, blank=True)
    purpose = models.CharField(pgettext_lazy("visitors", "Purpose"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind, default=Kind.ONCE)
    is_vip = models.BooleanField(_("VIP"), default=False)
    from_at = models.DateTimeField(_("Valid from"))
    until_at = models.DateTimeField(_("Valid until"))
    code = SealedTextField(max_length=20)
    code_hash = models.CharField(max_length=32)
    issued_at = models.DateTimeField(_("Issued at"))
    issued_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken down by")
    )
    uses = models.PositiveSmallIntegerField(_("Times used"), default=0)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.VALID)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "code_hash"], name="visitors_pass_code"),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="visitors_pass_span"),
            models.CheckConstraint(condition=~Q(kind="once") | Q(uses__lte=1), name="visitors_pass_uses"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-id"], name="visitors_pass_list"),
            models.Index(fields=["project", "house", "-id"], name="visitors_pass_house"),
        ]

    def __str__(self) -> str:
        return f"{self.house.code} {self.visitor}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Pass]:
        """The gate and who leads it; residents those of the homes they live in now."""
        rows = _at_gate(cls.objects.all(), by, GATE | posts.MANAGERS)
        if rows is not None:
            return rows
        mine = Occupancy.objects.filter(
            project_id__in=list(by.homes), resident_id__in=list(by.homes.values()), ended_on__isnull=True
        )
        return cls.objects.filter(project_id__in=list(by.homes), house__in=mine.values("house"))

    def person(self) -> tuple[str, int]:
        """Who issued it: erasing them takes what the journal holds of their guests."""
        return "people.resident", int(self.resident_id)

    def search_text(self) -> str:
        return f"{self.visitor} {self.plate} {self.house.code}"


@register("visitor_watch")
class Watch(Scoped):
    """Somebody who is not let in, or only by the security manager; why is read by few."""

    class State(models.TextChoices):
        WATCHED = "watched", _("Watched for")
        LIFTED = "lifted", _("Taken off the list")

    class Level(models.TextChoices):
        STOP = "stop", _("Do not let in")
        CALL = "call", _("Let in, and tell security")

    FLOW: ClassVar[dict[str, Any]] = {"lift": ({State.WATCHED}, State.LIFTED)}
    PERSONAL = frozenset({"name", "plate", "reason", "lifted_why"})
    SECRET = frozenset({"phone_hash", "document_hash"})
    SEARCHED = ("name", "plate")

    name = models.CharField(pgettext_lazy("visitors", "Name"), max_length=30)
    phone_hash = models.CharField(max_length=32, blank=True)
    document_hash = models.CharField(max_length=32, blank=True)
    plate = models.CharField(_("Plate"), max_length=12, blank=True)
    level = models.CharField(_("What to do"), max_length=8, choices=Level, default=Level.STOP)
    reason = SealedTextField(max_length=300, verbose_name=_("Reason"))
    until_on = models.DateField(_("Until"))
    added_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Put on by"))
    added_at = models.DateTimeField(_("Put on at"))
    lifted_why = SealedTextField(max_length=200, blank=True, default=b"", verbose_name=_("Why it was lifted"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.WATCHED)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "name"], condition=Q(state="watched"), name="visitors_watch_now")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Watch]:
        rows = _at_gate(cls.objects.all(), by, WATCHERS)
        return cls.objects.none() if rows is None else rows

    def search_text(self) -> str:
        return f"{self.name} {self.plate}"


@register("visitor")
class Visitor(Scoped):
    """One coming of somebody (F-VISITOR): who, to whom, who agreed, who let them in, when they left."""

    class State(models.TextChoices):
        WAITING = "waiting", _("At the gate")
        INSIDE = "inside", _("In the building")
        LEFT = "left", pgettext_lazy("visitor", "Left")
        TURNED_AWAY = "turned_away", _("Turned away")

    FLOW: ClassVar[dict[str, Any]] = {
        "identify": ({State.WAITING}, None),
        "confirm": ({State.WAITING}, None),
        "clear": ({State.WAITING}, None),
        "admit": ({State.WAITING}, State.INSIDE),
        "turn_away": ({State.WAITING}, State.TURNED_AWAY),
        "leave": ({State.INSIDE}, State.LEFT),
    }
    PERSONAL = frozenset({"name", "id_tail", "phone", "plate"})
    SEARCHED = ("name", "plate", "phone")

    name = models.CharField(pgettext_lazy("visitors", "Name"), max_length=30)
    id_type = models.CharField(_("Document"), max_length=10, choices=Document, blank=True)
    id_tail = models.CharField(_("Last four of the document"), max_length=4, blank=True)
    phone = SealedTextField(max_length=20, blank=True, default=b"", verbose_name=_("Phone"))
    headcount = models.PositiveSmallIntegerField(pgettext_lazy("visitors", "People"), default=1)
    plate = models.CharField(_("Plate"), max_length=12, blank=True)
    house = ScopedForeignKey("places.House", related_name="+", verbose_name=_("House"))
    purpose = models.CharField(pgettext_lazy("visitors", "Purpose"), max_length=60)
    is_vip = models.BooleanField(_("VIP"), default=False)
    visitor_pass = ScopedForeignKey(Pass, null=True, blank=True, related_name="visits", verbose_name=_("Pass"))
    # A pass that is good once: the database itself lets it in no second time.
    is_single = models.BooleanField(default=False)
    watch = ScopedForeignKey(Watch, null=True, blank=True, related_name="+")
    is_stopped = models.BooleanField(_("On the watch list"), default=False)
    confirmed_how = models.CharField(_("How the household agreed"), max_length=12, choices=Means, blank=True)
    confirmed_by = ScopedForeignKey(
        "people.Resident", null=True, blank=True, related_name="+", verbose_name=_("Who agreed")
    )
    confirmed_at = models.DateTimeField(_("Agreed at"), null=True, blank=True)
    heeded = models.CharField(_("In spite of an instruction"), max_length=200, blank=True)
    arrived_at = models.DateTimeField(_("Arrived at"))
    admitted_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Let in by")
    )
    admitted_at = models.DateTimeField(_("Let in at"), null=True, blank=True)
    left_at = models.DateTimeField(_("Left at"), null=True, blank=True)
    turned_why = models.CharField(_("Why turned away"), max_length=200, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.WAITING)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(
                fields=["project", "visitor_pass"],
                condition=Q(visitor_pass__isnull=False) & (Q(is_single=True) | Q(state="inside")),
                name="visitors_visitor_pass_once",
            ),
            # VIS-01, in the database too: nobody is inside without identity, purpose and the household's word.
            models.CheckConstraint(
                condition=~Q(state__in=["inside", "left"])
                | (~Q(id_type="") & ~Q(purpose="") & ~Q(confirmed_how="") & Q(admitted_at__isnull=False)),
                name="visitors_visitor_admitted",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-id"], name="visitors_visitor_list"),
            models.Index(fields=["project", "state", "-id"], name="visitors_visitor_state"),
            models.Index(fields=["project", "arrived_at"], name="visitors_visitor_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.house.code}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Visitor]:
        """The gate and who leads it; a household sees its passes, not the register."""
        rows = _at_gate(cls.objects.all(), by, GATE | posts.MANAGERS)
        return cls.objects.none() if rows is None else rows

    @property
    def masked_phone(self) -> str:
        return str(masked(str(self.phone))) if self.phone else ""

    @property
    def resident_id(self) -> int | None:
        """Who is told that their visitor came."""
        return self.confirmed_by_id

    def search_text(self) -> str:
        return "" if self.forgotten_at else f"{self.name} {self.plate} {self.house.code}"

    def search_phones(self) -> tuple[str, ...]:
        return (str(self.phone),) if self.phone and not self.forgotten_at else ()
