"""Subscribing, trying, changing the secret, pausing; delivering again what was not delivered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import operations as kernel
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.models import Event
from guanjia.kernel.operations import operation
from guanjia.parts.outreach import calling
from guanjia.places.models import Project
from guanjia.web.words import by_room

from . import delivering, listening, signing
from .models import Delivery, Subscription

# The old secret signs along for so long after a change.
OVERLAP = timedelta(days=1)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Events by the room they happen in."""
    return by_room(kernel.registry[name] for name in listening.offered())


class WebhookForm(OperationForm):
    of = Subscription
    as_it_stands = True

    name = asked()
    url = asked(help_text=_("Begins with https://. What is posted there is signed."))
    events = asked(kind=forms.MultipleChoiceField, choices=choices)

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        reason = calling.problem_of(url) if url.isascii() and url.isprintable() else "url"
        if reason == "private":
            raise ValidationError(_("This address lies inside a network. The operator names such networks."))
        if reason:
            raise ValidationError(_("Write an address that begins with https://, without user or password."))
        return url


@operation(Project, label=_("Set up a webhook"), form=WebhookForm, creates=Subscription, icon="send", guarded=True)
def subscribe(project: Project, *, by: Actor, **given: Any) -> Subscription:
    """An address that is told from now on; its secret is shown once, on the answer to this."""
    secret = signing.new_secret()
    made = Subscription.objects.create(project=project, secret=secret, **given)
    made.shown_once = secret  # type: ignore[attr-defined]  # told once, never kept
    listening.forget()
    return made


@operation(Subscription, label=_("Change the webhook"), form=WebhookForm, icon="edit", guarded=True)
def change_webhook(subscription: Subscription, *, by: Actor, name: str, url: str, events: list[str]) -> None:
    """Another address or other events from now on."""
    subscription.name, subscription.url, subscription.events = name, url, events
    listening.forget()


@operation(Subscription, label=pgettext_lazy("webhooks", "New secret"), icon="key", guarded=True)
def rotate_secret(subscription: Subscription, *, by: Actor) -> None:
    """A new secret, shown once; for a day both sign, so that the other side changes without a gap."""
    subscription.old_secret, subscription.old_until = subscription.secret, by.at + OVERLAP
    subscription.secret = signing.new_secret()
    subscription.shown_once = subscription.secret  # type: ignore[attr-defined]  # told once, never kept


@operation(Subscription, label=pgettext_lazy("webhooks", "Try it"), icon="player-play")
def try_webhook(subscription: Subscription, *, by: Actor) -> None:
    """A delivery of the last event of this subscription; how it went stands in its log."""
    last = Event.objects.filter(
        project_id=subscription.project_id, subject_label="webhook", subject_id=subscription.pk
    ).order_by("-id").values_list("pk", flat=True)[:1]  # fmt: skip
    about = last[0] if last else 0
    known = Delivery.objects.filter(project_id=subscription.project_id, subscription=subscription, event_id=about)
    made = known.select_for_update().first() or Delivery(
        project_id=subscription.project_id, subscription=subscription, event_id=about, created_at=by.at
    )
    made.name, made.state, made.attempts, made.next_at = listening.TEST, Delivery.State.QUEUED, 0, by.at
    made.save()
    delivering.queue(made)


@operation(Subscription, label=pgettext_lazy("webhooks", "Pause"), icon="player-pause")
def pause_webhook(subscription: Subscription, *, by: Actor) -> None:
    """Nothing is posted until somebody goes on; what happens meanwhile is not made up for."""
    subscription.paused_why = ""
    listening.forget()


@operation(Subscription, label=pgettext_lazy("webhooks", "Go on"), icon="player-play")
def resume_webhook(subscription: Subscription, *, by: Actor) -> None:
    """Told again from now on."""
    subscription.faults, subscription.paused_why = 0, ""
    listening.forget()


@operation(Subscription, label=_("End the webhook"), icon="x", danger=True)
def end_webhook(subscription: Subscription, *, by: Actor) -> None:
    """Told no more; its secret is worth nothing."""
    subscription.secret = signing.new_secret()
    subscription.old_secret, subscription.old_until = "", None
    listening.forget()


@operation(Delivery, label=_("Deliver again"), icon="refresh")
def deliver_again(delivery: Delivery, *, by: Actor) -> None:
    """Once more from the beginning, with the same id: the other side knows it if it had it."""
    delivery.attempts, delivery.fault, delivery.next_at = 0, "", by.at
    delivering.queue(delivery)
