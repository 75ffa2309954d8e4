"""What the centre keeps about serving a resident well: the care file, the profile, measures, referrals, experience."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts, reach
from guanjia.people.models import CareTag

from .words import Convenience, Factor, Loyalty, Manner, Measure, NeedLevel

# Who serves: the counter and the leads every household, a steward those of the own districts.
READERS = (posts.SERVICE - {posts.CONTROL_ROOM, posts.KEY_CUSTODIAN}) | {posts.PROJECT_MANAGER}


class OfResident(Scoped):
    """Rows that describe somebody: by post and by district; residents read what is kept about themselves."""

    resident = ScopedForeignKey("people.Resident", related_name="+", verbose_name=_("Resident"))

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        rows = cls._default_manager.select_related("resident")
        if by.is_resident:
            return rows.filter(project_id__in=list(by.homes), resident_id__in=list(by.homes.values()))
        return reach.near(rows, by, READERS)

    def __str__(self) -> str:
        return str(self.resident.name)

    def person(self) -> tuple[str, int]:
        """Personal values stand under the key of the resident, so that erasure reaches them too."""
        return "people.resident", int(self.resident_id)


@register("care_file")
class CareFile(OfResident):
    """The care file (F-CARE): what somebody needs, what is done for them, when somebody comes by next."""

    measures = models.JSONField(pgettext_lazy("care", "Made easier"), default=list)
    needs = SealedTextField(verbose_name=_("Special needs and plan"), max_length=500, default=b"")
    living = SealedTextField(verbose_name=_("Health and daily life"), max_length=300, blank=True, default=b"")
    home_service = SealedTextField(verbose_name=_("Service at the home"), max_length=300, blank=True, default=b"")
    fittings = SealedTextField(verbose_name=_("Safety fittings"), max_length=300, blank=True, default=b"")
    next_visit_on = models.DateField(_("Next visit on"))
    opened_on = models.DateField(_("Opened on"))
    opened_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Opened by"))
    ended_on = models.DateField(_("Closed on"), null=True, blank=True)

    SECRET = frozenset({"needs", "living", "home_service", "fittings"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "resident"], condition=Q(ended_on__isnull=True), name="residents_carefile_open"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "next_visit_on"], name="residents_care_next")]

    def get_measures_display(self) -> str:
        return "、".join(str(Convenience(one).label) for one in self.measures if one in Convenience.values)


@register("customer_profile")
class Profile(OfResident):
    """How a resident is best served: words that they may read themselves."""

    manner = models.CharField(_("Likes to be dealt with"), max_length=10, choices=Manner, blank=True)
    need_level = models.CharField(_("What matters most"), max_length=20, choices=NeedLevel, blank=True)
    preferences = SealedTextField(verbose_name=_("Preferences"), max_length=300, blank=True, default=b"")
    approach = SealedTextField(verbose_name=_("How we serve"), max_length=300, blank=True, default=b"")
    loyalty = models.CharField(_("Loyalty"), max_length=12, choices=Loyalty, blank=True)
    factor = models.CharField(_("To work on"), max_length=10, choices=Factor, blank=True)
    # Looked after more closely, since when and why: contacted before anything goes wrong, asked what they expect.
    contact_since = models.DateField(_("Contacted each month since"), null=True, blank=True)
    contact_why = SealedTextField(max_length=200, blank=True, default=b"")
    assess_since = models.DateField(_("Asked each quarter since"), null=True, blank=True)
    assess_why = SealedTextField(max_length=200, blank=True, default=b"")
    bounds = SealedTextField(verbose_name=_("Agreed limits"), max_length=300, blank=True, default=b"")
    assessed_on = models.DateField(_("Last asked on"), null=True, blank=True)
    updated_on = models.DateField(_("Updated on"))

    SECRET = frozenset({"preferences", "approach", "contact_why", "assess_why", "bounds"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "resident"], name="residents_profile_one"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "loyalty"], name="residents_profile_loyalty"),
            models.Index(fields=["project", "need_level"], name="residents_profile_need"),
        ]


@register("loyalty_measure")
class Taken(OfResident):
    """A measure that was taken on a layer of loyalty."""

    level = models.CharField(_("Loyalty"), max_length=12, choices=Loyalty)
    measure = models.CharField(pgettext_lazy("loyalty", "Measure"), max_length=12, choices=Measure)
    at = models.DateTimeField(_("Taken at"))
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Taken by"))
    words = SealedTextField(verbose_name=_("Words"), max_length=200, blank=True, default=b"")

    SECRET = frozenset({"words"})

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "resident", "-id"], name="residents_taken_of")]


class ReferralState(models.TextChoices):
    NOTED = "referral_noted", pgettext_lazy("referral", "Noted")
    JOINED = "referral_joined", pgettext_lazy("referral", "Came to us")
    REWARDED = "referral_rewarded", pgettext_lazy("referral", "Thanked")
    LAPSED = "referral_lapsed", pgettext_lazy("referral", "Came to nothing")


@register("referral")
class Referral(OfResident):
    """A satisfied resident recommends us: to whom, what became of it, how they were thanked. Thanked once."""

    class Via(models.TextChoices):
        WORD = "word", _("By word of mouth")
        SHARING = "sharing", _("Owners’ sharing meeting")
        ONLINE = "online", _("Online")

    friend = models.CharField(_("Recommended to"), max_length=30)
    via = models.CharField(_("How"), max_length=10, choices=Via)
    about = models.CharField(_("About"), max_length=200)
    noted_at = models.DateTimeField(_("Noted at"))
    noted_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Noted by"))
    joined_on = models.DateField(_("Came to us on"), null=True, blank=True)
    reward = models.CharField(pgettext_lazy("referral", "Thanked with"), max_length=100, blank=True)
    reward_fen = models.IntegerField(_("Worth"), null=True, blank=True)
    rewarded_at = models.DateTimeField(_("Thanked at"), null=True, blank=True)
    rewarded_by = models.ForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("Thanked by")
    )
    outcome = models.CharField(_("Why it came to nothing"), max_length=100, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=ReferralState, default=ReferralState.NOTED)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "join_referral": ({ReferralState.NOTED}, ReferralState.JOINED),
        "reward_referral": ({ReferralState.JOINED}, ReferralState.REWARDED),
        "lapse_referral": ({ReferralState.NOTED}, ReferralState.LAPSED),
    }
    PERSONAL = frozenset({"friend"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(state="referral_rewarded") | (Q(rewarded_at__isnull=False) & ~Q(reward="")),
                name="residents_referral_thanked",
            ),
            models.CheckConstraint(
                condition=Q(rewarded_by__isnull=True) | ~Q(rewarded_by=F("noted_by")), name="residents_referral_two"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "-id"], name="residents_referral_newest")]


@register("care_experience")
class Experience(Scoped):
    """What helped: shared by kind of need, without a name (RES-08)."""

    kind = models.CharField(_("Care for"), max_length=20, choices=CareTag.Kind)
    words = models.CharField(pgettext_lazy("experience", "What helped"), max_length=300)
    noted_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Noted by"))
    noted_at = models.DateTimeField(_("Noted at"))
    improved_at = models.DateTimeField(_("Improved at"), null=True, blank=True)

    SEARCHED = ("words",)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "kind", "-id"], name="residents_experience_kind")
        ]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Experience]:
        """Whoever plans care."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        held = [p for p, mine in by.posts.items() if mine & READERS] if by.is_staff else []
        return rows.filter(project_id__in=held)

    def search_text(self) -> str:
        return self.words
