"""Places: one project, its buildings, units, houses and common spots, and who cares for which part."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register


@register("project")
class Project(models.Model):
    """A community that is managed, or the head office. It is its own scope."""

    class Kind(models.TextChoices):
        RESIDENTIAL = "residential", _("Residential")
        COMMERCIAL = "commercial", _("Commercial")
        OFFICE_TOWER = "office_tower", _("Office building")
        OFFICE = "office", _("Head office")

    class Level(models.TextChoices):
        BASIC = "basic", _("Basic standard")
        ENHANCED = "enhanced", _("Enhanced standard")
        PREMIUM = "premium", _("Premium standard")

    code = models.SlugField(max_length=20, unique=True)
    short_code = models.CharField(max_length=4, unique=True, validators=[RegexValidator(r"^[A-Z]{1,4}$")])
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.RESIDENTIAL)
    level = models.CharField(max_length=10, choices=Level, default=Level.BASIC)
    stars = models.PositiveSmallIntegerField(default=3)
    city = models.CharField(max_length=20, blank=True)
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    opens_at = models.TimeField(default="07:00")
    closes_at = models.TimeField(default="19:00")
    hotline = models.CharField(max_length=20, blank=True)
    is_demo = models.BooleanField(default=False)

    PERSONAL: frozenset[str] = frozenset()
    SECRET: frozenset[str] = frozenset()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def project_id(self) -> int:
        return int(self.pk)

    @property
    def is_office(self) -> bool:
        return self.kind == self.Kind.OFFICE

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Project]:
        """Projects where the actor holds a post or a home."""
        return cls.objects.all() if by.is_system else cls.objects.filter(pk__in=by.project_ids)

    def person(self) -> tuple[str, int]:
        return "project", int(self.pk or 0)

    def search_text(self) -> str:
        return ""


class Placed(Scoped):
    """A place. Residents see the places of their project: they name them when they report."""

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Self]:
        rows = cls._default_manager.all()
        return rows if by.is_system else rows.filter(project_id__in=by.project_ids)


@register("building")
class Building(Placed):
    """A building 楼栋; `zone_name` groups buildings into an area 组团."""

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=30)
    zone_name = models.CharField(max_length=30, blank=True)
    floors = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            own(),
            models.UniqueConstraint(fields=["project", "code"], name="places_building_code"),
        ]

    def __str__(self) -> str:
        return self.name


@register("unit")
class Unit(Placed):
    """A unit 单元: one entrance and its stairs."""

    building = ScopedForeignKey(Building, related_name="units")
    code = models.CharField(max_length=10)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            own(),
            models.UniqueConstraint(fields=["project", "building", "code"], name="places_unit_code"),
        ]

    def __str__(self) -> str:
        return f"{self.building.code}-{self.code}"


@register("house")
class House(Placed):
    """A house 房屋, the smallest managed place. `code` is how it is said: 3-2-1201."""

    class Use(models.TextChoices):
        LIVED_IN = "lived_in", _("Lived in")
        VACANT = "vacant", _("Vacant")
        RENOVATING = "renovating", _("Under renovation")
        SHOP = "shop", _("Shop")

    building = ScopedForeignKey(Building, related_name="houses")
    unit = ScopedForeignKey(Unit, related_name="houses", null=True, blank=True)
    floor = models.SmallIntegerField(default=1)
    room = models.CharField(max_length=10)
    code = models.CharField(max_length=30)
    area_cm2 = models.PositiveBigIntegerField(default=0)  # integer: square metres × 10,000
    layout = models.CharField(max_length=20, blank=True)
    use = models.CharField(max_length=12, choices=Use, default=Use.LIVED_IN)
    moved_in_on = models.DateField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)

    SEARCHED = ("code",)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            own(),
            models.UniqueConstraint(fields=["project", "code"], name="places_house_code"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """As it is said in full: 3 幢 2 单元 1201."""
        unit = f"{self.unit.code}\u2009单元\u2009" if self.unit else ""
        return f"{self.building.name}\u2009{unit}{self.room}"

    def search_text(self) -> str:
        return f"{self.code} {self.code.replace('-', '')} {self.room}"


@register("spot")
class Spot(Placed):
    """A common part 公共部位: lobby, lift, corridor, roof, garage, plant room."""

    class Kind(models.TextChoices):
        LOBBY = "lobby", _("Lobby")
        LIFT = "lift", _("Lift")
        CORRIDOR = "corridor", _("Corridor")
        ROOF = "roof", _("Roof")
        GARAGE = "garage", _("Garage")
        PLANT_ROOM = "plant_room", _("Plant room")
        GARDEN = "garden", _("Garden")
        GATE = "gate", _("Gate")
        OTHER = "other", _("Other")

    building = ScopedForeignKey(Building, related_name="spots", null=True, blank=True)
    unit = ScopedForeignKey(Unit, related_name="spots", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            own(),
            models.UniqueConstraint(fields=["project", "name"], name="places_spot_name"),
        ]

    def __str__(self) -> str:
        return self.name


@register("district")
class District(Placed):
    """A steward's district 辖区: whole buildings, single units, or both; a part of the project belongs to one."""

    name = models.CharField(max_length=30)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            own(),
            models.UniqueConstraint(fields=["project", "name"], name="places_district_name"),
        ]

    def __str__(self) -> str:
        return self.name


class DistrictPart(Placed):
    """One building or one unit of a district."""

    district = ScopedForeignKey(District, related_name="parts")
    building = ScopedForeignKey(Building, related_name="+", null=True, blank=True)
    unit = ScopedForeignKey(Unit, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(building__isnull=False, unit__isnull=True) | Q(building__isnull=True, unit__isnull=False),
                name="places_districtpart_one",
            ),
            models.UniqueConstraint(
                fields=["project", "building"],
                condition=Q(building__isnull=False),
                name="places_districtpart_building",
            ),
            models.UniqueConstraint(
                fields=["project", "unit"], condition=Q(unit__isnull=False), name="places_districtpart_unit"
            ),
        ]
