"""Residents: a row per project, their homes with dates, consents, care tags and whom to ring."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import crypto
from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register

from .. import posts


class AtHome(Scoped):
    """Rows of a resident: staff of the project see them exist; residents see those of their own homes only."""

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """Staff whose work needs residents' files; nobody else."""
        rows = super().visible_to(by)
        return rows.filter(project_id__in=read_by(by)) if by.is_staff else rows

    def person(self) -> tuple[str, int]:
        """Personal values stand under the key of the resident, so that erasure reaches them too."""
        return "people.resident", int(self.resident_id)  # type: ignore[attr-defined]  # made by the relation


def read_by(by: Actor) -> list[int]:
    """Projects whose residents' files this member of staff needs for the work (PRIV-02)."""
    return [project_id for project_id, held in by.posts.items() if held & posts.FILE_READERS]


@register("resident")
class Resident(Scoped):
    """A person known at a project. A merged record points at the one that stays."""

    class Gender(models.TextChoices):
        UNKNOWN = "", _("Not stated")
        FEMALE = "f", _("Ms")
        MALE = "m", _("Mr")

    name = models.CharField(max_length=30)
    gender = models.CharField(max_length=1, choices=Gender, default=Gender.UNKNOWN, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    id_type = models.CharField(max_length=10, blank=True)
    id_number = SealedTextField(max_length=30, blank=True, default=b"")
    id_hash = models.CharField(max_length=32, blank=True, db_index=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    is_vip = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=120, blank=True)
    merged_into = ScopedForeignKey("self", null=True, blank=True, related_name="merged")
    erased_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = frozenset({"name", "phone", "birth_year", "gender"})
    SECRET = frozenset({"id_number", "id_hash", "sort_key"})
    SEARCHED = ("name", "phone")

    class Meta:
        ordering = ["project_id", "sort_key", "id"]
        constraints = [
            own(),
            models.UniqueConstraint(
                fields=["project", "id_hash"],
                condition=~Q(id_hash="") & Q(merged_into__isnull=True),
                name="people_resident_document",
            ),
        ]
        indexes = [models.Index(fields=["project", "sort_key", "id"], name="people_resident_order")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """Staff whose work needs the files; a resident sees who lives in the homes they live in now."""
        rows = super().visible_to(by)
        if by.is_staff:
            return rows.filter(project_id__in=read_by(by))
        if not by.is_resident:
            return rows
        mine = Occupancy.objects.filter(resident_id__in=list(by.homes.values()), ended_on__isnull=True)
        return cls.objects.filter(
            project_id__in=list(by.homes),
            occupancies__ended_on__isnull=True,
            occupancies__house__in=mine.values("house"),
        )

    def search_text(self) -> str:
        """A merged or erased record is not found."""
        return "" if self.merged_into_id or self.erased_at else self.name

    def search_phones(self) -> tuple[str, ...]:
        return (self.phone,) if self.phone and not self.merged_into_id and not self.erased_at else ()

    def set_id_number(self, number: str) -> None:
        """Keep an ID number encrypted, found whole by its keyed hash."""
        self.id_number = number
        self.id_hash = crypto.blind("id_number", number) if number else ""


@register("occupancy")
class Occupancy(AtHome):
    """A person belongs to a house from a day to a day, as owner, tenant, family or occupant."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        TENANT = "tenant", _("Tenant")
        FAMILY = "family", _("Family")
        OCCUPANT = "occupant", _("Occupant")

    resident = ScopedForeignKey(Resident, related_name="occupancies")
    house = ScopedForeignKey("places.House", related_name="occupancies")
    role = models.CharField(max_length=10, choices=Role)
    relation = models.CharField(max_length=20, blank=True)
    is_head = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            own(),
            models.UniqueConstraint(
                fields=["project", "resident", "house", "role"],
                condition=Q(ended_on__isnull=True),
                name="people_occupancy_open",
            ),
            models.UniqueConstraint(
                fields=["project", "house"],
                condition=Q(ended_on__isnull=True, is_head=True),
                name="people_occupancy_head",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")),
                name="people_occupancy_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident.name} {self.house.code}"


@register("consent")
class Consent(AtHome):
    """What a resident agreed to, for one purpose, until it ends or is withdrawn."""

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("Be contacted about services")
        RECORDING = "recording", _("Call recording")
        PARCELS = "parcels", _("Parcels taken in")
        DUNNING = "dunning", _("Reminders by message")
        CARE = "care", _("Care record")
        PHOTOS = "photos", _("Photos inside the home")

    resident = ScopedForeignKey(Resident, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    given_at = models.DateTimeField()
    mode = models.CharField(max_length=20, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "resident", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident.name} {self.get_purpose_display()}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """Residents see (and take back) what they agreed to themselves."""
        if by.is_resident:
            return cls.objects.filter(project_id__in=list(by.homes), resident_id__in=list(by.homes.values()))
        return super().visible_to(by)


@register("care_tag")
class CareTag(AtHome):
    """Something to be considerate of; the note is encrypted at rest and shown to those who visit."""

    class Kind(models.TextChoices):
        ELDERLY = "elderly", _("Elderly")
        LONELY = "lonely", _("Lives alone")
        CHILD = "child", _("Small child")
        DISABLED = "disabled", pgettext_lazy("care", "Disabled")
        SICK = "sick", _("Ill")
        INFANT_FAMILY = "infant_family", _("Family with infant")
        FREQUENT_TRAVELLER = "frequent_traveller", _("Often away")

    resident = ScopedForeignKey(Resident, related_name="care_tags")
    kind = models.CharField(max_length=20, choices=Kind)
    note = SealedTextField(max_length=200, blank=True, default=b"")
    noted_on = models.DateField()
    noted_by = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    SECRET = frozenset({"note"})

    def __str__(self) -> str:
        return f"{self.resident.name} {self.get_kind_display()}"

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        """By post, and by district where the post has districts: health is nobody else's matter."""
        from ..reach import SEES_CARE, near

        rows = super().visible_to(by).select_related("resident")
        return near(rows, by, SEES_CARE) if by.is_staff else rows


@register("emergency_contact")
class EmergencyContact(AtHome):
    """Whom to ring for a resident."""

    resident = ScopedForeignKey(Resident, related_name="emergency_contacts")
    name = models.CharField(max_length=30)
    relation = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20)

    PERSONAL = frozenset({"name", "phone"})

    def __str__(self) -> str:
        return self.name
