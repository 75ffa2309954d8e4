"""Administrators subscribe; managers may look, and deliver again."""

from guanjia.people import posts

RIGHTS = {
    "webhooks.subscribe": posts.SETTERS,
    "webhooks.change_webhook": posts.SETTERS,
    "webhooks.rotate_secret": posts.SETTERS,
    "webhooks.try_webhook": posts.SETTERS,
    "webhooks.pause_webhook": posts.SETTERS,
    "webhooks.resume_webhook": posts.SETTERS,
    "webhooks.end_webhook": posts.SETTERS,
    "webhooks.deliver_again": posts.SETTERS | posts.MANAGERS,
}
