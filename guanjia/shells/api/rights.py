"""Administrators set up programs that call the API."""

from .models import SETTERS

RIGHTS = {
    "api.create_client": SETTERS,
    "api.change_client": SETTERS,
    "api.renew_token": SETTERS,
    "api.end_client": SETTERS,
}
