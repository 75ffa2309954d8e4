"""Administrators subscribe; managers may look, and deliver again."""

from guanjia.people import posts

from .models import SETTERS

RIGHTS = {
    "webhooks.subscribe": SETTERS,
    "webhooks.change_webhook": SETTERS,
    "webhooks.rotate_secret": SETTERS,
    "webhooks.try_webhook": SETTERS,
    "webhooks.pause_webhook": SETTERS,
    "webhooks.resume_webhook": SETTERS,
    "webhooks.end_webhook": SETTERS,
    "webhooks.deliver_again": SETTERS | posts.MANAGERS,
}
