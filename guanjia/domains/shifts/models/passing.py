"""Pass-ons 传达事项: what colleagues must know, and who has read it when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people import posts


class State(models.TextChoices):
    IN_FORCE = "in_force", _("To be read")
    TAKEN_BACK = "taken_back", _("Taken back")


@register("pass_on")
class PassOn(Scoped):
    """Read by whoever is named, and by everybody who holds a named post until its last day."""

    title = models.CharField(_("Title"), max_length=60)
    words = models.CharField(_("What is passed on"), max_length=1000)
    author = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Passed on by"))
    posts = ArrayField(models.CharField(max_length=30, choices=posts.CHOICES), default=list, verbose_name=_("Posts"))
    until_on = models.DateField(_("Holds until"))
    is_urgent = models.BooleanField(_("Urgent"), default=False)
    passed_at = models.DateTimeField(_("Passed on at"))
    reminded_at = models.DateTimeField(_("Reminded at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.IN_FORCE)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "read": ({State.IN_FORCE}, None),
        "remind": ({State.IN_FORCE}, None),
        "take_back": ({State.IN_FORCE}, State.TAKEN_BACK),
    }
    PERSONAL = frozenset({"title", "words"})
    SEARCHED = ("title", "words")

    class Meta:
        constraints: ClassVar[list[Any]] = [own()]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "until_on"], condition=Q(state="in_force"), name="shifts_passon_now")
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[PassOn]:
        """Whom it names, who wrote it, and those who lead."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        reach = Q(pk__in=[])
        for project_id, held in by.posts.items():
            if held & LEADS:
                reach |= Q(project_id=project_id)
                continue
            mine = Q(readers__employee_id=by.id) | Q(posts__overlap=sorted(held)) | Q(author_id=by.id)
            reach |= Q(project_id=project_id, pk__in=rows.filter(mine, project_id=project_id).values("pk"))
        return rows.filter(reach)

    def search_text(self) -> str:
        return f"{self.title} {self.words}"


LEADS = posts.SUPERVISORS | posts.MANAGERS | {posts.SECURITY_MANAGER, posts.ENGINEERING_MANAGER}


class Reader(Scoped):
    """Somebody who must read a pass-on, and when they did."""

    note = ScopedForeignKey(PassOn, related_name="readers")
    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "note", "employee"], name="shifts_reader_once"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["project", "employee"], name="shifts_reader_whose")]
