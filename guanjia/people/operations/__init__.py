"""What people do to their own account. Subject is a project of theirs: an account belongs to none, its journal does."""

from .own import change_password, set_language, set_pin
from .second import enrol_second_factor, renew_recovery_codes, reset_second_factor

__all__ = [
    "change_password",
    "enrol_second_factor",
    "renew_recovery_codes",
    "reset_second_factor",
    "set_language",
    "set_pin",
]
