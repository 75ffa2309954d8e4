"""Nightly: tokens that ended a week ago are forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjia.kernel.jobs import every
from guanjia.people.models import ApiToken


@every("27 19 * * *", "api.forget_tokens")
def forget_tokens() -> None:
    """Delete rows of tokens that nobody can use any more."""
    ApiToken.objects.filter(expires_at__lt=timezone.now() - timedelta(days=7)).delete()
