"""One-time codes. Like sessions they belong to no project: who has the number is found when the code was right."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from guanjia.kernel.fields import SealedTextField


class PhoneCode(models.Model):
    """A code to one number, for one use, of which only a keyed hash is kept once it has been sent."""

    class Use(models.TextChoices):
        ENTER = "enter"
        NUMBER = "number"

    use = models.CharField(max_length=10, choices=Use)
    # Who asked for another number to be theirs; nobody when signing in.
    account_id = models.BigIntegerField(null=True)
    phone = SealedTextField(max_length=20)
    phone_hash = models.CharField(max_length=32)
    address_hash = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    # The code itself, until the worker has handed it over.
    waiting = SealedTextField(max_length=10, blank=True, default=b"")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["phone_hash", "-id"], name="portal_code_phone"),
            models.Index(fields=["address_hash", "-id"], name="portal_code_address"),
            models.Index(fields=["made_at"], name="portal_code_age"),
        ]
