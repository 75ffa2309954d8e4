"""One filled form, and who put their name to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.actors import Actor
from guanjia.kernel.fields import ScopedForeignKey, SealedTextField, own
from guanjia.kernel.models import Scoped
from guanjia.kernel.subjects import register
from guanjia.people.models import Resident

from .keepers import forms_of


class State(models.TextChoices):
    KEPT = "kept", _("To be signed")
    SIGNED = "signed", _("Signed")
    STRUCK = "struck", _("Struck out")


@register("entry")
class Entry(Scoped):
    """A form as it was filled in. `content` is JSON by the keys of the form, sealed at rest."""

    form_id = models.CharField(max_length=30)
    number = models.CharField(max_length=30)
    house = ScopedForeignKey("places.House", null=True, blank=True, related_name="+")
    resident = ScopedForeignKey("people.Resident", null=True, blank=True, related_name="+")
    content = SealedTextField(max_length=40_000, default=b"")
    kept_by = models.ForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()
    replaces = ScopedForeignKey("self", null=True, blank=True, related_name="replaced_by")
    struck_for = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.KEPT)
    moved_at = models.DateTimeField()

    FLOW: ClassVar[dict[str, Any]] = {
        "sign": ({State.KEPT}, None),
        "take_signature": ({State.KEPT}, None),
        "strike_out": ({State.KEPT, State.SIGNED}, State.STRUCK),
    }
    SECRET = frozenset({"content"})
    SEARCHED = ("content",)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            own(),
            models.UniqueConstraint(fields=["project", "number"], name="entries_entry_number"),
            models.UniqueConstraint(fields=["project", "replaces"], name="entries_entry_replaced_once"),
            models.CheckConstraint(condition=~Q(state="struck") | ~Q(struck_for=""), name="entries_entry_reason"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "form_id", "-id"], name="entries_entry_form"),
            models.Index(fields=["project", "house", "-id"], name="entries_entry_house"),
            models.Index(fields=["project", "resident", "-id"], name="entries_entry_resident"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Entry]:
        """Who may keep a form reads its entries; whoever kept or signed one reads that one."""
        rows = cls.objects.all()
        if by.is_system:
            return rows
        if not by.is_staff:
            return rows.none()
        reach: Any = Q(pk__in=[])
        for project_id, held in by.posts.items():
            signed = Signature.objects.filter(project_id=project_id, entry=models.OuterRef("pk"), employee_id=by.id)
            own_ones = Q(kept_by_id=by.id) | models.Exists(signed)
            reach |= Q(project_id=project_id) & (Q(form_id__in=forms_of(held)) | own_ones)
        return rows.filter(reach)

    def person(self) -> tuple[str, int]:
        """The resident's key, or the entry's own where it names strangers."""
        return (Resident._meta.label_lower, self.resident_id) if self.resident_id else ("entry", int(self.pk or 0))

    def search_text(self) -> str:
        from .fields import words_of

        if self.state == State.STRUCK:
            return self.number
        place = self.house.code if self.house_id and self.house else ""
        return f"{self.number} {self.form.name} {place} {words_of(self.form, self.content)}"

    @property
    def form(self) -> book.Form:
        return book.form(self.form_id)


@register("signature")
class Signature(Scoped):
    """A name under an entry. `slot` is the line of the form: a role, or the key of a signature field."""

    entry = ScopedForeignKey(Entry, related_name="signatures")
    slot = models.CharField(max_length=40)
    employee = models.ForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=30)
    signed_at = models.DateTimeField()

    PERSONAL = frozenset({"name"})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "entry", "slot"], name="entries_signature_slot"),
        ]

    @classmethod
    def visible_to(cls, by: Actor) -> models.QuerySet[Signature]:
        return cls.objects.filter(entry__in=Entry.visible_to(by))
