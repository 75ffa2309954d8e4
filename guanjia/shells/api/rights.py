"""Administrators set up programs that call the API."""

from guanjia.people import posts

RIGHTS = {
    "api.create_client": posts.SETTERS,
    "api.change_client": posts.SETTERS,
    "api.renew_token": posts.SETTERS,
    "api.end_client": posts.SETTERS,
}
