"""Certificates of who touches food or hygiene (F-CERT): trained, healthy, until a day."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.subjects import register

from .reach import Own, named


@register("staff_certificate")
class Certificate(Own):
    """One paper of one person. A renewal is a new row; the one that ends last counts."""

    class State(models.TextChoices):
        KEPT = "on_file", _("On file")
        STRUCK = "struck", _("Struck out")

    employee = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Who"))
    kind = models.CharField(_("Certificate"), max_length=20)
    number = models.CharField(_("Number"), max_length=40, blank=True)
    issued_on = models.DateField(_("Issued on"))
    valid_until = models.DateField(_("Valid until"))
    recorded_by = models.ForeignKey("people.Employee", models.PROTECT, related_name="+", verbose_name=_("Entered by"))
    recorded_at = models.DateTimeField(_("Entered at"))
    reason = models.CharField(_("Why it was struck out"), max_length=100, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.KEPT)
    moved_at = models.DateTimeField()

    counts: str = ""  # whether it still counts, in words: a list works it out for all of its rows at once
    PERSONAL = frozenset({"number"})
    FLOW: ClassVar[dict[str, Any]] = {
        "renew_certificate": ({State.KEPT}, None),
        "strike_certificate": ({State.KEPT}, State.STRUCK),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_on")), name="training_certificate_days"),
            models.CheckConstraint(condition=~Q(recorded_by=F("employee")), name="training_certificate_others"),
            models.UniqueConstraint(
                fields=["project", "employee", "kind", "valid_until"], condition=Q(state="on_file"),
                name="training_certificate_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "kind", "-valid_until"], name="training_certificate_end")
        ]

    def __str__(self) -> str:
        return f"{self.employee.name}　{self.get_kind_display()}"

    def get_kind_display(self) -> str:
        return str(dict(named("cert_kinds")).get(self.kind, self.kind))

    def get_number_display(self) -> str:
        """On a screen its end is enough; the printed register has it whole."""
        return f"****{self.number[-4:]}" if len(self.number) > 4 else "*" * len(self.number)
