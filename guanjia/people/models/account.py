"""Logins. No scoped row references an account; sessions and attempts are local to the node."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models.functions import Now


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """Staff and residents alike. `username` is the job number, or a resident's keyed phone."""

    username = models.CharField(max_length=60, unique=True)
    # Residents and staff may also sign in by phone: found by its keyed hash, never stored in the clear here.
    phone_hash = models.CharField(max_length=32, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="zh-hans")
    # Raised to end every session and token of this account at the next request.
    generation = models.PositiveIntegerField(default=0)
    # Unlocks a page that is locked and signs at the same act; hashed like the password.
    pin = models.CharField(max_length=128, blank=True)
    last_login = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username

    def set_pin(self, pin: str) -> None:
        self.pin = make_password(pin) if pin else ""

    def check_pin(self, pin: str) -> bool:
        return bool(self.pin) and check_password(pin, self.pin)


class AccountHome(models.Model):
    """Which resident an account is, project by project. Ends when the person moves out."""

    account_id = models.BigIntegerField(db_index=True)
    project = models.ForeignKey("places.Project", models.PROTECT, related_name="+")
    resident_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "project"],
                condition=models.Q(ended_at__isnull=True),
                name="people_home_one",
            )
        ]


class ApiToken(models.Model):
    """A bearer token: only its hash is kept."""

    account_id = models.BigIntegerField(db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    generation = models.PositiveIntegerField(default=0)
    # Made with the second factor.
    is_strong = models.BooleanField(default=False, db_default=False)
    name = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # How many requests were granted in which minute (shells/api/pace.py).
    window = models.BigIntegerField(default=0, db_default=0)
    used = models.PositiveIntegerField(default=0, db_default=0)


class LoginAttempt(models.Model):
    """One slot of the throttle: at most ten real attempts per account in a window of 15 minutes."""

    username_hash = models.CharField(max_length=32)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["username_hash", "window"], name="people_attempt_window")]
