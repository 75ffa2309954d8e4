"""What to do with a message that did not go out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused

from .. import sending
from ..models import Message


def can_be_sent(message: Message) -> bool:
    """A code is asked for anew, never sent late."""
    return not message.is_code


@operation(Message, label=_("Send again"), icon="refresh", when=can_be_sent)
def retry(message: Message, *, by: Actor) -> None:
    """Once more from the beginning. What was handed over without an answer may come twice: a person decides that."""
    if message.expires_at is not None and message.expires_at <= by.at:
        raise Refused("", _("It is too late for this message."))
    message.attempts, message.fault, message.next_at, message.doubted_at = 0, "", by.at, None
    sending.queue(message)


class GiveUpForm(OperationForm):
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[
            ("told", _("Told otherwise: by phone, in person")),
            ("late", _("No longer of use")),
            ("wrong", _("The number or address is wrong")),
        ],
    )


@operation(Message, label=_("Give it up"), form=GiveUpForm, icon="x", danger=True)
def give_up(message: Message, *, by: Actor, reason: str) -> None:
    """It is not sent any more; why stands in the journal."""
    message.sealed = b""
