"""The second factor of an account: the sealed secret of its authenticator, and its recovery codes as keyed hashes."""

from __future__ import annotations

from django.db import models

from guanjia.kernel.fields import SealedTextField


class SecondFactor(models.Model):
    """One authenticator of an account. `last_step` is the newest time step whose code was used: none counts twice."""

    account_id = models.BigIntegerField(unique=True)
    secret = SealedTextField(max_length=200)
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField()


class RecoveryCode(models.Model):
    """One of ten codes for the day the phone is gone; shown once, each works once."""

    account_id = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "digest"], name="people_recovery_one")]
